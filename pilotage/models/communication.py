"""The plan de communication, and the words that the four agreed to use."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from collectivites.models import Collectivite, Demarche, Mandat
from pilotage import mots
from pilotage.models.communs import AvecPiece, DeLaDemarcheQuerySet


class ActionCommunication(AvecPiece):
    """One thing said to one public, on one day."""

    Public = mots.PublicVise
    Etat = mots.EtatCommunication
    #: What the démarche shows outside.
    PUBLICS_EXTERNES = mots.PUBLICS_EXTERNES

    demarche = models.ForeignKey(Demarche, models.CASCADE, related_name="actions_communication")
    intitule = models.CharField("intitulé", max_length=160)
    public = models.CharField("public", max_length=12, choices=Public)
    message = models.TextField("message", max_length=1000, blank=True)
    canal = models.CharField("canal", max_length=120)
    collectivite = models.ForeignKey(
        Collectivite,
        models.PROTECT,
        related_name="actions_communication",
        null=True,
        blank=True,
        help_text="La collectivité qui la porte ; vide : toutes ensemble.",
    )
    responsable = models.ForeignKey(
        Mandat, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="responsable"
    )
    jour = models.DateField("date")
    etat = models.CharField("état", max_length=8, choices=Etat, default=Etat.PREVUE)

    objects = DeLaDemarcheQuerySet.as_manager()

    class Meta:
        verbose_name = "action de communication"
        verbose_name_plural = "actions de communication"
        ordering = ["jour", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(public__in=mots.PublicVise.values)
                & Q(etat__in=mots.EtatCommunication.values),
                name="action_communication_public_et_etat_connus",
                violation_error_message="Ce public, ou cet état, n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return self.intitule

    @property
    def est_externe(self) -> bool:
        return self.public in self.PUBLICS_EXTERNES


class ElementsDeLangage(models.Model):
    """One version of the shared words. Never rewritten: the last one is the one in force."""

    demarche = models.ForeignKey(Demarche, models.CASCADE, related_name="elements_de_langage")
    version = models.PositiveSmallIntegerField("version")
    texte = models.TextField("texte", max_length=900)
    redige_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")
    redige_le = models.DateTimeField("rédigé le", default=timezone.now)

    objects = DeLaDemarcheQuerySet.as_manager()

    class Meta:
        verbose_name = "version des éléments de langage"
        verbose_name_plural = "éléments de langage"
        ordering = ["-version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demarche", "version"],
                name="elements_de_langage_version_unique",
                violation_error_message=(
                    "Une autre version vient d’être enregistrée : rechargez la page, votre texte "
                    "n’a pas été pris."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.version}"


class ApprobationElementsQuerySet(DeLaDemarcheQuerySet):
    chemin = "elements__demarche"


class ApprobationElements(models.Model):
    """A DGS approves one version, for one employer."""

    elements = models.ForeignKey(ElementsDeLangage, models.CASCADE, related_name="approbations")
    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="+")
    par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")
    le = models.DateTimeField("approuvé le", default=timezone.now)

    objects = ApprobationElementsQuerySet.as_manager()

    class Meta:
        verbose_name = "approbation"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["elements", "collectivite"],
                name="elements_approuves_une_fois",
                violation_error_message="Votre collectivité a déjà approuvé cette version.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.elements} : {self.collectivite}"
