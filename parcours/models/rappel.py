"""What each person chose to receive, and the secret address of their calendar."""

from django.db import models
from django.utils import timezone

from collectivites.models import Utilisateur


class PreferencesRappel(models.Model):
    """Without a row: everything is sent."""

    utilisateur = models.OneToOneField(
        Utilisateur, models.CASCADE, related_name="preferences_rappel"
    )
    j7 = models.BooleanField("Une semaine avant chaque rendez-vous", default=True)
    j1 = models.BooleanField("La veille de chaque rendez-vous", default=True)
    resume = models.BooleanField("Le lundi, ce qui vous attend dans la semaine", default=True)

    class Meta:
        verbose_name = "préférences de rappel"
        verbose_name_plural = "préférences de rappel"

    def __str__(self) -> str:
        return f"{self.utilisateur_id}"


class AbonnementAgenda(models.Model):
    """The private calendar of a person. Only the fingerprint (SHA-256) of its address is kept."""

    utilisateur = models.OneToOneField(
        Utilisateur, models.CASCADE, related_name="abonnement_agenda"
    )
    empreinte = models.CharField("empreinte de l’adresse", max_length=64, unique=True)
    cree_le = models.DateTimeField("créé le", default=timezone.now)

    class Meta:
        verbose_name = "abonnement d’agenda"
        verbose_name_plural = "abonnements d’agenda"

    def __str__(self) -> str:
        return f"{self.utilisateur_id}"
