"""What the élus of each employer were told, and what they agreed to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from collectivites.models import Collectivite, Mandat
from pilotage import mots
from pilotage.models.communs import AvecPiece, DeLaCollectiviteQuerySet


class InformationElus(AvecPiece):
    """Some élus were informed: who, when, how, by which document."""

    Moyen = mots.MoyenInformation

    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="informations_elus")
    qui = models.CharField("qui a été informé", max_length=200)
    le = models.DateField("quand")
    moyen = models.CharField("comment", max_length=12, choices=Moyen)
    document = models.CharField("par quel document", max_length=200)
    saisie_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")
    saisie_le = models.DateTimeField("saisie le", default=timezone.now)

    objects = DeLaCollectiviteQuerySet.as_manager()

    class Meta:
        verbose_name = "information des élus"
        verbose_name_plural = "informations des élus"
        ordering = ["-le", "pk"]

    def __str__(self) -> str:
        return f"{self.qui}, {self.le}"


class AccordElusQuerySet(DeLaCollectiviteQuerySet):
    def en_vigueur(self) -> AccordElusQuerySet:
        return self.filter(retire_le__isnull=True)


class AccordElus(AvecPiece):
    """The agreement in principle of an employer's élus: the body, its date, its number, its text."""

    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="accords_elus")
    instance = models.CharField("instance", max_length=160)
    le = models.DateField("date de l’accord")
    numero = models.CharField("numéro", max_length=60)
    par = models.ForeignKey(Mandat, models.PROTECT, related_name="+", null=True, blank=True)
    enregistre_le = models.DateTimeField("enregistré le", default=timezone.now)
    retire_le = models.DateTimeField("retiré le", null=True, blank=True)
    retire_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+", null=True, blank=True)
    motif_retrait = models.CharField("pourquoi", max_length=300, blank=True)

    objects = AccordElusQuerySet.as_manager()

    class Meta:
        verbose_name = "accord des élus"
        verbose_name_plural = "accords des élus"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collectivite"],
                condition=Q(retire_le__isnull=True),
                name="accord_elus_un_par_collectivite",
                violation_error_message="L’accord des élus de cette collectivité est déjà enregistré.",
            ),
            models.CheckConstraint(
                condition=~Q(instance="") & ~Q(numero="") & ~Q(piece=""),
                name="accord_elus_complet",
                violation_error_message="L’accord des élus porte son instance, son numéro et son document.",
            ),
            models.CheckConstraint(
                condition=Q(retire_le__isnull=True) | ~Q(motif_retrait=""),
                name="accord_elus_retire_avec_son_motif",
                violation_error_message="Dites pourquoi l’accord est retiré.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instance}, {self.numero}"
