"""A filter of the open postes that a cadre keeps, to be told of the new ones that answer it."""

from django.db import models
from django.utils import timezone

from cadres.models import Cadre
from opportunites.postes.requetes import AlerteQuerySet


class Alerte(models.Model):
    """At most one mail a day, while somebody wants it. No row: nothing is sent."""

    cadre = models.OneToOneField(Cadre, models.CASCADE, related_name="alerte")
    parametres = models.CharField("filtres", max_length=500, blank=True)
    depuis = models.DateTimeField("postes publiés après", default=timezone.now)

    objects = AlerteQuerySet.as_manager()

    class Meta:
        verbose_name = "alerte"

    def __str__(self) -> str:
        return f"{self.pk}"
