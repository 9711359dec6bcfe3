"""What a promotion is worth to its people: evaluations that no row links to anybody.

While an evaluation is open there is no row of an answer: each is put into one sealed urn, which bears
neither key nor hour and is shuffled each time. Closing turns it into counts, question by question,
and into the texts that their authors let be read; then the urn goes, and with it who answered.
"""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from random import SystemRandom
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.garanties import secret
from collectivites.models import Demarche
from parcours import mots
from parcours.apres.evaluation.requetes import EvaluationQuerySet
from parcours.models.promotion import Promotion
from parcours.models.scelle import TexteScelle
from parcours.models.session import Session

N = mots.NatureEvaluation
#: Fewest answers that an evaluation may tell, whatever threshold a démarche chose.
REPONSES_MINIMUM = 5
#: Characters of a free text.
PAROLE_MAX = 600
#: Each answer weighs as much in the urn, whatever it says: its size tells nothing.
BULLETIN_TAILLE = 8192


class Evaluation(models.Model):
    """A few questions on a session, or on a promotion: at its end, six and twelve months later.

    `effectifs`: question → answer → how many, once it is closed; `reponses` is then 0 when they were
    too few, and nothing of them is kept.
    """

    Nature = N

    demarche = models.ForeignKey(
        Demarche, models.PROTECT, related_name="evaluations", verbose_name="démarche"
    )
    nature = models.CharField("nature", max_length=10, choices=N)
    promotion = models.ForeignKey(
        Promotion, models.CASCADE, related_name="evaluations", null=True, blank=True
    )
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="evaluations", null=True, blank=True
    )
    ouverte_le = models.DateField("ouverte le")
    jusqu_au = models.DateField("dernier jour")
    depouillee_le = models.DateField("dépouillée le", null=True, blank=True)
    reponses = models.PositiveSmallIntegerField("réponses", null=True, blank=True)
    effectifs = models.JSONField("effectifs", default=dict, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "évaluation"
        ordering = ["-ouverte_le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nature=N.SESSION, session__isnull=False, promotion__isnull=True)
                | (~Q(nature=N.SESSION) & Q(session__isnull=True, promotion__isnull=False)),
                name="evaluation_de_quelque_chose",
                violation_error_message="Une évaluation porte sur une session ou sur une promotion.",
            ),
            models.UniqueConstraint(
                fields=["session"],
                name="evaluation_une_par_session",
                violation_error_message="Cette session a déjà son évaluation.",
            ),
            models.UniqueConstraint(
                fields=["promotion", "nature"],
                name="evaluation_une_par_moment",
                violation_error_message="Cette promotion a déjà cette évaluation.",
            ),
            models.CheckConstraint(
                condition=Q(jusqu_au__gte=models.F("ouverte_le")),
                name="evaluation_finit_apres_son_debut",
                violation_error_message="Une évaluation finit après son ouverture.",
            ),
            models.CheckConstraint(
                condition=Q(depouillee_le__isnull=True, reponses__isnull=True, effectifs={})
                | Q(
                    Q(reponses=0, effectifs={}) | Q(reponses__gte=REPONSES_MINIMUM),
                    depouillee_le__isnull=False,
                    depouillee_le__gt=models.F("jusqu_au"),
                    reponses__isnull=False,
                ),
                name="evaluation_ne_dit_rien_sous_cinq",
                violation_error_message="Une évaluation ne dit rien avant sa clôture, ni sous cinq réponses.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} · {self.jusqu_au:%Y-%m-%d}"

    @property
    def sujet(self) -> str:
        """What is evaluated. Reads `promotion`, or `session__prestation`: select them."""
        if self.session is not None:
            return self.session.prestation.intitule
        assert self.promotion is not None
        return self.promotion.nom

    @property
    def est_ouverte(self) -> bool:
        aujourdhui = timezone.localdate()
        return self.depouillee_le is None and self.ouverte_le <= aujourdhui <= self.jusqu_au

    @property
    def est_publiee(self) -> bool:
        return bool(self.reponses)

    @property
    def lisible_le(self) -> Any:
        """The first day on which its results may be read."""
        return self.jusqu_au + timedelta(days=1)


class Urne(TexteScelle):
    """The answers of an open evaluation, together and sealed: no row is one person's."""

    evaluation = models.OneToOneField(Evaluation, models.CASCADE, related_name="urne")

    class Meta:
        verbose_name = "urne"
        verbose_name_plural = "urnes"

    def __str__(self) -> str:
        return f"{self.evaluation_id}"

    def pour(self) -> str:
        return f"evaluation:{self.evaluation_id}"

    def lire(self) -> list[dict[str, Any]]:
        """In no order."""
        return list(json.loads(self.texte)) if self.scelle else []

    def ecrire(self, bulletins: list[dict[str, Any]]) -> None:
        """Shuffled, of a size that their number alone gives, without the hour of the seal."""
        meles = list(bulletins)
        SystemRandom().shuffle(meles)
        clair = json.dumps(meles).ljust(BULLETIN_TAILLE * len(meles))
        self.scelle = secret.sceller(clair, pour=self.pour(), sans_heure=True)


class Participation(models.Model):
    """Somebody has answered, and is not asked again. Gone once the evaluation is closed.

    Without a date; its key is drawn, so that no order is kept of who answered when.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="participations")
    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="participations")

    class Meta:
        verbose_name = "participation à une évaluation"
        verbose_name_plural = "participations aux évaluations"
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "cadre"],
                name="participation_une_par_personne",
                violation_error_message="Vous avez déjà répondu à cette évaluation.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id}"


class Parole(models.Model):
    """A free text that its author let be read: apart from what else they answered, in a drawn order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="paroles")
    texte = models.TextField("texte", max_length=PAROLE_MAX)

    class Meta:
        verbose_name = "parole"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.texte[:40]
