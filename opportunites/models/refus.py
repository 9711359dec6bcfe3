"""Why people refuse: sealed for each of them; counted apart, by batches that point to nobody."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import models
from django.utils import timezone

from collectivites.models import Demarche
from opportunites import mots
from opportunites.models.proposition import Proposition
from opportunites.propositions.requetes import RaisonQuerySet
from parcours.models.scelle import TexteScelle

#: Fewest refusals that a batch may tell, whatever threshold a démarche chose.
LOT_MINIMUM = 5


class RaisonDuRefus(TexteScelle):
    """The coded reason and the words of a refusal, sealed for the person who refused."""

    proposition = models.OneToOneField(Proposition, models.CASCADE, related_name="raison_du_refus")

    objects = RaisonQuerySet.as_manager()

    class Meta:
        verbose_name = "raison d’un refus"
        verbose_name_plural = "raisons des refus"

    def __str__(self) -> str:
        return f"{self.pk}"

    def pour(self) -> str:
        return f"refus:{self.proposition.cadre_id}"

    def sceller(self, motif: str, commentaire: str) -> None:
        self.texte = json.dumps({"motif": motif, "commentaire": commentaire})

    @property
    def code(self) -> str:
        return str(json.loads(self.texte)["motif"]) if self.scelle else ""

    @property
    def motif(self) -> str:
        """In the words of the form."""
        return str(mots.MotifRefus(self.code).label) if self.scelle else ""

    @property
    def commentaire(self) -> str:
        return str(json.loads(self.texte)["commentaire"]) if self.scelle else ""


class CompteDesRefus(TexteScelle):
    """The reasons told in a quarter, counted; sealed until they are enough to be published.

    It names no proposition and no person, and bears no hour: only the quarter. While it waits it is
    sealed: the count of one or two refusals, read in a copy of the database, would tell whose.
    """

    demarche = models.ForeignKey(Demarche, models.CASCADE, related_name="comptes_des_refus")
    trimestre = models.DateField("premier jour du trimestre")

    class Meta:
        verbose_name = "compte des refus"
        verbose_name_plural = "comptes des refus"
        constraints = [
            models.UniqueConstraint(
                fields=["demarche", "trimestre"],
                name="compte_des_refus_unique",
                violation_error_message="Ce trimestre a déjà son compte des refus.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trimestre:%Y-%m}"

    def pour(self) -> str:
        return f"refus:demarche:{self.demarche_id}:{self.trimestre:%Y-%m}"

    def lire(self) -> dict[str, int]:
        return dict(json.loads(self.texte)) if self.scelle else {}

    def ecrire(self, effectifs: Mapping[str, int]) -> None:
        self.texte = json.dumps(
            {motif: effectifs.get(motif, 0) for motif in mots.MotifRefus.values}
        )


class LotDeRefus(models.Model):
    """Reasons published together: of whole quarters that are over, and of enough people."""

    demarche = models.ForeignKey(Demarche, models.CASCADE, related_name="lots_de_refus")
    du = models.DateField("premier jour")
    au = models.DateField("dernier jour")
    effectifs = models.JSONField("effectifs par raison", default=dict)
    total = models.PositiveIntegerField("refus")
    publie_le = models.DateTimeField("publié le", default=timezone.now)

    class Meta:
        verbose_name = "lot de refus"
        verbose_name_plural = "lots de refus"
        ordering = ["demarche_id", "au"]
        constraints = [
            models.UniqueConstraint(
                fields=["demarche", "du"],
                name="lot_de_refus_unique",
                violation_error_message="Un lot de refus commence déjà ce jour-là.",
            ),
            models.CheckConstraint(
                condition=models.Q(total__gte=LOT_MINIMUM),
                name="lot_de_refus_assez_grand",
                violation_error_message="Un lot de refus en compte cinq au moins.",
            ),
            models.CheckConstraint(
                condition=models.Q(au__gt=models.F("du")),
                name="lot_de_refus_finit_apres_son_debut",
                violation_error_message="Un lot de refus finit après son début.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.du:%Y-%m} → {self.au:%Y-%m}"
