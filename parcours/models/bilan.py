"""How a parcours ends: the cadre's own bilan, and the exit without a move."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from collectivites.communs import metiers
from collectivites.models import Mandat
from parcours import mots
from parcours.coaching.requetes import BilanQuerySet, SortieQuerySet
from parcours.models.promotion import Inscription
from parcours.models.scelle import TexteScelle


class Voie(models.TextChoices):
    MANAGEMENT = "management", "Encadrer une équipe"
    EXPERTISE = "expertise", "Être expert ou chef de projet"
    LES_DEUX = "les_deux", "L’un ou l’autre"


class Maturite(models.TextChoices):
    """How ready one is: sealed with the rest, counted nowhere."""

    PRET = "pret", "Maintenant, si un poste convient"
    BIENTOT = "bientot", "Dans quelques mois"
    REFLEXION = "reflexion", "Encore en réflexion"
    RESTE = "reste", "À mon poste, pour l’instant"


@dataclass(frozen=True)
class Choix:
    """All that a bilan says. `competences`: codes of `parcours.coaching.competences.COMPETENCES`;
    `domaines`: codes of families of métiers; `collectivites`: codes. `texte`: in their own words."""

    competences: list[str] = field(default_factory=list)
    domaines: list[str] = field(default_factory=list)
    collectivites: list[str] = field(default_factory=list)
    voie: str = ""
    distance_km: int | None = None
    jours_teletravail: int | None = None
    disponible_des: date | None = None
    maturite: str = ""
    texte: str = ""

    @property
    def en_voie(self) -> str:
        return str(Voie(self.voie).label) if self.voie else ""

    @property
    def ou_on_en_est(self) -> str:
        return str(Maturite(self.maturite).label) if self.maturite else ""


class Bilan(TexteScelle):
    """The cadre's: what was gained, what is wished, when, and their own words; all of it sealed.

    The employer is told that it was handed over, and on which day: this alone is in clear.
    """

    Etat = mots.EtatBilan

    inscription = models.OneToOneField(Inscription, models.CASCADE, related_name="bilan")
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.BROUILLON)
    modifie_le = models.DateTimeField("modifié le", default=timezone.now)
    remis_le = models.DateTimeField("remis le", null=True, blank=True)

    objects = BilanQuerySet.as_manager()

    class Meta:
        verbose_name = "bilan"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(etat=mots.EtatBilan.BROUILLON, remis_le__isnull=True)
                | Q(etat=mots.EtatBilan.REMIS, remis_le__isnull=False),
                name="bilan_remis_a_une_date",
                violation_error_message="Un bilan remis porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"bilan {self.pk}"

    def pour(self) -> str:
        return f"cadre {self.inscription.cadre_id}"

    @property
    def choix(self) -> Choix:
        """Opened at each call: what is read in clear never stays on the instance."""
        if not self.scelle:
            return Choix()
        lu = json.loads(self.texte)
        jour = lu.pop("disponible_des", None)
        # Sealed before the closed list: short names, each of which it recognises.
        lu["domaines"] = [metiers.reconnaitre(d) or d for d in lu.get("domaines", [])]
        return Choix(**lu, disponible_des=date.fromisoformat(jour) if jour else None)

    @choix.setter
    def choix(self, choix: Choix) -> None:
        self.texte = json.dumps(asdict(choix), default=date.isoformat)


class Sortie(models.Model):
    """The parcours ends without a move, for now: said by somebody, on a day, with a next day."""

    inscription = models.OneToOneField(Inscription, models.CASCADE, related_name="sortie")
    dite_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")
    dite_le = models.DateTimeField("dite le", default=timezone.now)
    entretien_le = models.DateField("prochain échange")
    entretien_avec = models.CharField("avec", max_length=120)
    mot = models.TextField("mot à la personne")

    objects = SortieQuerySet.as_manager()

    class Meta:
        verbose_name = "sortie du parcours"
        verbose_name_plural = "sorties du parcours"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"sortie {self.pk}"
