"""A cadre's notes to self: sealed for them, read by nobody else, the operator included."""

from django.db import models
from django.utils import timezone

from cadres.models import Cadre
from parcours.coaching.requetes import CarnetQuerySet
from parcours.models.scelle import TexteScelle


class Carnet(TexteScelle):
    """One a person. It hangs on nobody's accompagnement: it outlives a change of coach."""

    cadre = models.OneToOneField(Cadre, models.CASCADE, related_name="carnet")
    #: Two tabs: whoever was overtaken is told, and loses nothing.
    revision = models.PositiveIntegerField("révision", default=1)
    modifie_le = models.DateTimeField("modifié le", default=timezone.now)

    objects = CarnetQuerySet.as_manager()

    class Meta:
        verbose_name = "carnet personnel"
        verbose_name_plural = "carnets personnels"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"carnet {self.pk}"

    def pour(self) -> str:
        return f"cadre {self.cadre_id}"
