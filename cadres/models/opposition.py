"""Whom an employer may not list again: what is left of somebody who asked to be forgotten for good."""

from django.db import models
from django.db.models import Q

from collectivites.models import Collectivite


class Opposition(models.Model):
    """Keyed hashes of who the person was (`cadres.donnees_personnelles.oppositions`): no name, no date, no link.

    Only the same collectivité's own lists are compared with them.
    """

    collectivite = models.ForeignKey(Collectivite, models.CASCADE, related_name="oppositions")
    nom = models.CharField("empreinte du nom et du prénom", max_length=64)
    matricule = models.CharField("empreinte du matricule", max_length=64, blank=True)
    courriel = models.CharField("empreinte du courriel", max_length=64, blank=True)

    class Meta:
        verbose_name = "opposition"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collectivite", "nom", "matricule", "courriel"],
                name="opposition_une_fois_par_personne",
                violation_error_message="Cette opposition est déjà enregistrée.",
            ),
            models.CheckConstraint(
                condition=~Q(nom=""),
                name="opposition_porte_une_empreinte",
                violation_error_message="Une opposition porte l’empreinte du nom.",
            ),
        ]

    def __str__(self) -> str:
        return f"Opposition {self.pk}"
