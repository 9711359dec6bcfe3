"""A poste opened to the démarche, and the wishes for it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.models import Poste
from opportunites.requetes import OpportuniteQuerySet, VoeuQuerySet

#: How many postes a cadre may rank.
VOEUX_MAX = 8


class Opportunite(models.Model):
    """A poste, vacant or about to be, that a DRH opens to the cadres of the promotions."""

    class Etat(models.TextChoices):
        BROUILLON = "brouillon", "Brouillon"
        PUBLIEE = "publiee", "Publiée"
        POURVUE = "pourvue", "Pourvue"
        RETIREE = "retiree", "Retirée"

    ETATS_VIVANTS: ClassVar = (Etat.BROUILLON, Etat.PUBLIEE)

    poste = models.ForeignKey(Poste, models.PROTECT, related_name="opportunites")
    etat = models.CharField("état", max_length=12, choices=Etat, default=Etat.BROUILLON)
    presentation = models.TextField("présentation", blank=True)
    date_prise_poste = models.DateField("prise de poste souhaitée", null=True, blank=True)
    creee_le = models.DateTimeField("créée le", default=timezone.now)
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True)
    close_le = models.DateTimeField("close le", null=True, blank=True)

    objects = OpportuniteQuerySet.as_manager()

    class Meta:
        verbose_name = "opportunité"
        ordering = ["-publiee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["poste"],
                condition=Q(etat__in=["brouillon", "publiee"]),
                name="opportunite_une_ouverte_par_poste",
                violation_error_message="Ce poste est déjà ouvert à la démarche.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["publiee", "pourvue"]) | Q(publiee_le__isnull=False),
                name="opportunite_publiee_a_une_date",
                violation_error_message="Une opportunité publiée porte sa date.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=["pourvue", "retiree"], close_le__isnull=False)
                | Q(etat__in=["brouillon", "publiee"], close_le__isnull=True),
                name="opportunite_close_a_une_date",
                violation_error_message="Une opportunité close porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return self.poste.intitule


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
