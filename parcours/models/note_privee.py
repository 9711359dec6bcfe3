"""A coach's own notes: sealed, read by nobody else, destroyed with the accompagnement."""

from django.db import models
from django.utils import timezone

from parcours.coaching.requetes import NotePriveeQuerySet
from parcours.models.accompagnement import Accompagnement
from parcours.models.scelle import TexteScelle


class NotePrivee(TexteScelle):
    """What a coach writes for themselves. It speaks of a person, whose right of access it is under
    (RGPD, art. 15): the person is told that there are some, and asks for a copy."""

    accompagnement = models.ForeignKey(Accompagnement, models.CASCADE, related_name="notes_privees")
    ecrite_le = models.DateTimeField("écrite le", default=timezone.now)
    modifiee_le = models.DateTimeField("modifiée le", null=True, blank=True)

    objects = NotePriveeQuerySet.as_manager()

    class Meta:
        verbose_name = "note personnelle de l’accompagnateur"
        verbose_name_plural = "notes personnelles des accompagnateurs"
        ordering = ["-ecrite_le", "-pk"]

    def __str__(self) -> str:
        return f"note personnelle {self.pk}"

    def pour(self) -> str:
        return f"cadre {self.accompagnement.cadre_id}"
