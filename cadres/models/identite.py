"""One person stays one person: what named them before, and files that were two."""

from __future__ import annotations

from typing import TypeAlias

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cadres import mots
from cadres.models.cadre import Cadre
from cadres.requetes import FusionQuerySet
from collectivites.models import Collectivite, Mandat


class AncienIdentifiant(models.Model):
    """A matricule or an e-mail that a former employer gave. A staff list still recognises the person
    by it; nothing is written back from it, and no mail is sent to it."""

    Nature: TypeAlias = mots.NatureIdentifiant

    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="anciens_identifiants")
    nature = models.CharField("nature", max_length=10, choices=mots.NatureIdentifiant)
    valeur = models.CharField("valeur", max_length=254)
    #: The employer that gave it.
    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="+")
    jusqu_au = models.DateField("porté jusqu’au")

    class Meta:
        verbose_name = "ancien identifiant"
        ordering = ["-jusqu_au", "nature", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cadre", "nature", "valeur"],
                name="ancien_identifiant_unique",
                violation_error_message="Cet ancien identifiant est déjà sur la fiche.",
            ),
            models.CheckConstraint(
                condition=~Q(valeur=""),
                name="ancien_identifiant_dit",
                violation_error_message="Un ancien identifiant n’est pas vide.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} {self.pk}"


class Fusion(models.Model):
    """Two files of one person made one. `copie`: what it takes to separate them again, dropped once
    that is over, or done."""

    garde = models.ForeignKey(Cadre, models.CASCADE, related_name="fusions")
    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="+")
    par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")
    le = models.DateTimeField("réunies le", default=timezone.now)
    copie = models.JSONField("copie de la fiche réunie", default=dict)
    defaite_le = models.DateTimeField("séparées le", null=True)

    objects = FusionQuerySet.as_manager()

    class Meta:
        verbose_name = "réunion de deux fiches"
        verbose_name_plural = "réunions de fiches"
        ordering = ["-le", "-pk"]

    def __str__(self) -> str:
        return f"{self.le:%Y-%m-%d}"
