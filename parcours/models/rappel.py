"""What each person chose to receive, and the secret address of their calendar."""

from django.db import models
from django.utils import timezone

from collectivites.models import Utilisateur
from collectivites.travaux.horloge import HEURES_DECENTES
from parcours import mots


class PreferencesRappel(models.Model):
    """Without a row: everything is sent, on Monday at eight, and meetings come as meetings."""

    Jour = mots.JourRecapitulatif

    utilisateur = models.OneToOneField(
        Utilisateur, models.CASCADE, related_name="preferences_rappel"
    )
    resume = models.BooleanField(
        "Ce qui vous attend",
        default=True,
        help_text="Ce que l’on attend de vous, et vos rendez-vous de la semaine.",
    )
    jour = models.PositiveSmallIntegerField(
        "Quel jour", choices=mots.JourRecapitulatif, default=mots.JourRecapitulatif.LUNDI
    )
    #: Paris time. The hours at which people may be written to (`horloge.HEURES_DECENTES`).
    heure = models.PositiveSmallIntegerField(
        "À quelle heure", choices=[(h, f"{h} h") for h in HEURES_DECENTES], default=8
    )
    j7 = models.BooleanField("Une semaine avant chaque rendez-vous", default=True)
    j1 = models.BooleanField("La veille de chaque rendez-vous", default=True)
    invitations = models.BooleanField(
        "Vos rendez-vous en invitations, à accepter dans votre agenda",
        default=True,
        help_text="Sinon, le courriel porte un fichier, que vous ouvrez si vous le voulez.",
    )

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
