"""The gates of the démarche: who passed them, and what two of their conditions are made of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from collectivites.models import Collectivite, Demarche, Mandat
from pilotage import mots
from pilotage.models.communs import DeLaCollectiviteQuerySet, DeLaDemarcheQuerySet


class PassageJalon(models.Model):
    """A DGS passed a gate. `rang`: of the promotion that it lets open; 1 for the other gates.

    The database refuses one while an employer has no standing agreement of its élus, and a promotion
    or a proposition without its passage (`pilotage.cadrage.jalons.gardes`).
    """

    Jalon = mots.Jalon

    demarche = models.ForeignKey(Demarche, models.CASCADE, related_name="passages")
    jalon = models.CharField("jalon", max_length=12, choices=Jalon)
    rang = models.PositiveSmallIntegerField("rang", default=1)
    par = models.ForeignKey(Mandat, models.PROTECT, related_name="+", null=True, blank=True)
    le = models.DateTimeField("franchi le", default=timezone.now)

    objects = DeLaDemarcheQuerySet.as_manager()

    class Meta:
        verbose_name = "jalon franchi"
        verbose_name_plural = "jalons franchis"
        ordering = ["le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demarche", "jalon", "rang"],
                name="jalon_franchi_une_fois",
                violation_error_message="Ce jalon est déjà franchi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_jalon_display()} ({self.rang})"


class EngagementDGS(models.Model):
    """A DGS commits their collectivité to the démarche. Their successor does it anew."""

    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="engagements_dgs")
    mandat = models.OneToOneField(Mandat, models.PROTECT, related_name="engagement_dgs")
    le = models.DateTimeField("engagé le", default=timezone.now)

    objects = DeLaCollectiviteQuerySet.as_manager()

    class Meta:
        verbose_name = "engagement d’un DGS"
        verbose_name_plural = "engagements des DGS"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.mandat)


class RenonciationCriteres(models.Model):
    """A DGS says that their collectivité writes no criteria, and why."""

    collectivite = models.OneToOneField(
        Collectivite, models.PROTECT, related_name="renonciation_criteres"
    )
    par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")
    motif = models.CharField("pourquoi", max_length=300)
    le = models.DateTimeField("dit le", default=timezone.now)

    objects = DeLaCollectiviteQuerySet.as_manager()

    class Meta:
        verbose_name = "renonciation aux critères"
        verbose_name_plural = "renonciations aux critères"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(motif=""),
                name="renonciation_criteres_motivee",
                violation_error_message="Dites pourquoi vous n’écrivez pas de critères.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.collectivite)
