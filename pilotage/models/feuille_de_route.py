"""The feuille de route: what must be done, by whom, before when, and the proof that it was."""

from django.db import models
from django.db.models import Q

from collectivites.models import Collectivite, Demarche, Utilisateur
from pilotage import mots
from pilotage.models.communs import DeLaDemarcheQuerySet


class EtapeRoute(models.Model):
    """A step of the feuille de route. One of the communication plan when `externe` is set."""

    Phase = mots.Phase

    demarche = models.ForeignKey(Demarche, models.CASCADE, related_name="etapes_route")
    phase = models.CharField("acte", max_length=15, choices=Phase)
    intitule = models.CharField("intitulé", max_length=160)
    collectivite = models.ForeignKey(
        Collectivite,
        models.PROTECT,
        related_name="etapes_route",
        null=True,
        blank=True,
        help_text="Qui la porte ; vide : les quatre ensemble.",
    )
    externe = models.BooleanField("communication externe", default=False)
    echeance = models.DateField("échéance")
    faite_le = models.DateField("faite le", null=True, blank=True)
    faite_par = models.ForeignKey(
        Utilisateur, models.PROTECT, related_name="+", null=True, blank=True
    )
    preuve = models.CharField("preuve", max_length=300, blank=True)

    objects = DeLaDemarcheQuerySet.as_manager()

    class Meta:
        verbose_name = "étape de la feuille de route"
        verbose_name_plural = "étapes de la feuille de route"
        ordering = ["echeance", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(faite_le__isnull=True) | ~Q(preuve=""),
                name="etape_route_faite_a_sa_preuve",
                violation_error_message="Dites en une ligne ce qui prouve que l’étape est faite.",
            ),
        ]

    def __str__(self) -> str:
        return self.intitule
