"""The rules of a démarche: each version that was agreed, and the decisions that change them."""

from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite, Demarche, Mandat
from collectivites.models.demarche import SEUIL_MINIMUM
from collectivites.mots import Public, Role
from pilotage import mots


class ReglesQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The DGS of the démarche, and their DRH, who read without deciding."""
        if not acteur.est(Role.DGS, Role.DRH):
            return self.none()
        return self.filter(demarche=acteur.demarche)


class ChangementRegle(models.Model):
    """A rule that a DGS proposes to change: in force once each of the employers agreed."""

    Etat = mots.EtatChangement
    Regle = mots.Regle

    demarche = models.ForeignKey(Demarche, models.PROTECT, related_name="changements")
    regle = models.CharField("règle", max_length=20, choices=mots.Regle)
    avant = models.JSONField("valeurs d’avant")
    apres = models.JSONField("valeurs proposées")
    motif = models.TextField("raison", max_length=600)
    propose_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")
    propose_le = models.DateTimeField("proposé le", default=timezone.now)
    etat = models.CharField(max_length=12, choices=mots.EtatChangement, default="propose")
    clos_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+", null=True)
    clos_le = models.DateTimeField("clos le", null=True)
    motif_refus = models.TextField("raison du refus", max_length=600, blank=True)

    objects = ReglesQuerySet.as_manager()

    class Meta:
        verbose_name = "changement d’une règle"
        verbose_name_plural = "changements de règles"
        ordering = ["-propose_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demarche", "regle"],
                condition=Q(etat=mots.EtatChangement.PROPOSE),
                name="changement_un_seul_en_attente",
                violation_error_message="Un changement de cette règle attend déjà une réponse : "
                "rien n’a été enregistré.",
            ),
            models.CheckConstraint(
                condition=Q(etat=mots.EtatChangement.PROPOSE, clos_le__isnull=True)
                | (~Q(etat=mots.EtatChangement.PROPOSE) & Q(clos_le__isnull=False)),
                name="changement_clos_a_une_date",
                violation_error_message="Un changement clos porte sa date.",
            ),
            models.CheckConstraint(
                condition=~Q(motif=""),
                name="changement_motive",
                violation_error_message="Dites pourquoi la règle change.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_regle_display()}, {self.get_etat_display().lower()}"

    @property
    def est_en_vigueur(self) -> bool:
        return self.etat == self.Etat.EN_VIGUEUR


class AccordRegle(models.Model):
    """One employer agrees, by its DGS. One line an employer: nobody agrees twice for it."""

    changement = models.ForeignKey(ChangementRegle, models.PROTECT, related_name="accords")
    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="+")
    par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")
    quand = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "accord sur une règle"
        verbose_name_plural = "accords sur une règle"
        ordering = ["quand", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["changement", "collectivite"],
                name="accord_un_par_employeur",
                violation_error_message="Cet employeur a déjà donné son accord.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collectivite} : accord"


class VersionRegles(models.Model):
    """All the rules, as they stood from an instant on. The démarche holds a copy of the last one,
    which the database compares (`pilotage.models.gardes_des_regles`): nothing changes them in silence."""

    demarche = models.ForeignKey(Demarche, models.PROTECT, related_name="versions")
    changement = models.OneToOneField(
        ChangementRegle, models.PROTECT, related_name="version", null=True
    )
    depuis = models.DateTimeField("depuis", default=timezone.now)
    date_debut = models.DateField("début")
    date_fin = models.DateField("fin")
    objectif_mobilites = models.PositiveSmallIntegerField("mobilités visées")
    tolerance_solde = models.PositiveSmallIntegerField("tolérance de solde")
    seuil_secret = models.PositiveSmallIntegerField(
        "seuil du secret", validators=[MinValueValidator(SEUIL_MINIMUM)]
    )
    publicite_mois = models.PositiveSmallIntegerField("mois de publicité")
    rappel_jours = models.PositiveSmallIntegerField("jours entre deux rappels")
    public = models.CharField("public", max_length=10, choices=Public)
    categories = models.CharField("catégories", max_length=10, blank=True)
    filieres = models.CharField("filières", max_length=120, blank=True)

    objects = ReglesQuerySet.as_manager()

    class Meta:
        verbose_name = "version des règles"
        verbose_name_plural = "versions des règles"
        ordering = ["demarche_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seuil_secret__gte=SEUIL_MINIMUM),
                name="version_seuil_du_secret",
                violation_error_message="Le seuil du secret ne descend jamais sous 5.",
            ),
            models.CheckConstraint(
                condition=Q(date_fin__gt=F("date_debut")),
                name="version_finit_apres_son_debut",
                violation_error_message="La démarche doit finir après son début.",
            ),
        ]

    def __str__(self) -> str:
        return f"Règles du {self.depuis:%Y-%m-%d}"
