"""The wishes for the postes that are opened, and how many postes were promised."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.models import Collectivite
from opportunites.models.opportunite import Opportunite
from opportunites.postes.requetes import EngagementQuerySet, VoeuQuerySet

#: How many postes a cadre may rank.
VOEUX_MAX = 8
#: How many postes a collectivité may pledge.
POSTES_MAX = 500


class Voeu(models.Model):
    """A poste that a cadre wants, and in which rank (1 = first). Their employer never sees it."""

    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="voeux")
    opportunite = models.ForeignKey(Opportunite, models.CASCADE, related_name="voeux")
    rang = models.PositiveSmallIntegerField("rang")
    exprime_le = models.DateTimeField("exprimé le", default=timezone.now)

    objects = VoeuQuerySet.as_manager()

    class Meta:
        verbose_name = "vœu"
        verbose_name_plural = "vœux"
        ordering = ["cadre_id", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["cadre", "opportunite"],
                name="voeu_unique",
                violation_error_message="Ce poste est déjà dans vos vœux.",
            ),
            models.UniqueConstraint(
                fields=["cadre", "rang"],
                name="voeu_rang_unique",
                violation_error_message="Deux vœux ne peuvent pas porter le même rang.",
            ),
            models.CheckConstraint(
                condition=Q(rang__gte=1, rang__lte=VOEUX_MAX),
                name="voeu_rang_borne",
                violation_error_message=f"Vous pouvez classer {VOEUX_MAX} postes au plus.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rang}"


class Engagement(models.Model):
    """How many postes a collectivité pledges to open. Its history is in the journal."""

    collectivite = models.OneToOneField(
        Collectivite, models.CASCADE, related_name="engagement_postes"
    )
    nombre = models.PositiveSmallIntegerField("postes promis")
    pris_le = models.DateTimeField("pris le", default=timezone.now)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = "engagement"
        constraints = [
            models.CheckConstraint(
                condition=Q(nombre__gte=1, nombre__lte=POSTES_MAX),
                name="engagement_borne",
                violation_error_message=f"Promettez entre 1 et {POSTES_MAX} postes.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nombre}"
