"""Free hours that a coach opens, and that the people entrusted to them pick."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from collectivites.models import Mandat
from parcours.coaching.requetes import CreneauQuerySet
from parcours.models.accompagnement import RendezVousCoaching
from parcours.regles import duree_texte


class CreneauCoaching(models.Model):
    """One hour offered. Taken, it bears its appointment: one at most, and for one person."""

    accompagnateur = models.ForeignKey(Mandat, models.CASCADE, related_name="creneaux")
    debut = models.DateTimeField("date et heure")
    duree_minutes = models.PositiveSmallIntegerField("durée, en minutes", default=90)
    lieu = models.CharField("lieu", max_length=160, blank=True)
    lien_visio = models.URLField("lien de visioconférence", max_length=300, blank=True)
    rendez_vous = models.OneToOneField(
        RendezVousCoaching, models.SET_NULL, related_name="creneau", null=True, blank=True
    )

    objects = CreneauQuerySet.as_manager()

    class Meta:
        verbose_name = "créneau de coaching"
        verbose_name_plural = "créneaux de coaching"
        ordering = ["debut", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["accompagnateur", "debut"],
                name="creneau_une_fois",
                violation_error_message="Ce créneau est déjà ouvert.",
            ),
            models.CheckConstraint(
                condition=Q(duree_minutes__gte=15) & Q(duree_minutes__lte=480),
                name="creneau_coaching_duree",
                violation_error_message="Un créneau dure de 15 minutes à 8 heures.",
            ),
        ]

    def __str__(self) -> str:
        return f"créneau de coaching {self.pk}"

    @property
    def fin(self) -> datetime:
        return self.debut + timedelta(minutes=self.duree_minutes)

    @property
    def duree(self) -> str:
        """« 45 min », « 1 h 30 »."""
        return duree_texte(self.duree_minutes)

    @property
    def ou(self) -> str:
        """« 1 h, salle 2 », « 1 h, visioconférence »."""
        visio = "visioconférence" if self.lien_visio else ""
        return ", ".join(morceau for morceau in (self.duree, self.lieu, visio) if morceau)

    @property
    def est_libre(self) -> bool:
        return self.rendez_vous_id is None and self.debut > timezone.now()
