"""The feuille de route: what must be done, by whom, before when, and the proof that it was."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from collectivites.models import Collectivite, Delegation, Demarche, Mandat
from pilotage import mots
from pilotage.models.communs import AvecPiece, DeLaDemarcheQuerySet


class EtapeRoute(models.Model):
    """A step. Of one employer (`collectivite`), of some (`concernees`), or of all (neither)."""

    Phase = mots.Phase

    demarche = models.ForeignKey(Demarche, models.CASCADE, related_name="etapes_route")
    phase = models.CharField("acte", max_length=15, choices=Phase)
    intitule = models.CharField("intitulé", max_length=160)
    #: Its place in its act, as people laid it. Two may share one: their dates order them.
    ordre = models.PositiveSmallIntegerField("rang", default=0)
    collectivite = models.ForeignKey(
        Collectivite,
        models.PROTECT,
        related_name="etapes_route",
        null=True,
        blank=True,
        help_text="La collectivité qui la porte seule ; vide : plusieurs ensemble.",
    )
    concernees = models.ManyToManyField(
        Collectivite, related_name="+", blank=True, verbose_name="collectivités concernées"
    )
    responsable = models.ForeignKey(
        Mandat, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="responsable"
    )
    debut = models.DateField("à partir du", null=True, blank=True)
    echeance = models.DateField("échéance")
    apres = models.ManyToManyField(
        "self", symmetrical=False, related_name="suivantes", blank=True, verbose_name="vient après"
    )
    pour_les_elus = models.BooleanField("à dire aux élus", default=False)
    #: The day of the last closing that was awaited. Written with it, under the lock of the step.
    faite_le = models.DateField("faite le", null=True, blank=True)

    objects = DeLaDemarcheQuerySet.as_manager()

    class Meta:
        verbose_name = "étape de la feuille de route"
        verbose_name_plural = "étapes de la feuille de route"
        ordering = ["echeance", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(debut__isnull=True) | Q(debut__lte=F("echeance")),
                name="etape_route_commence_avant_sa_fin",
                violation_error_message="L’étape commence avant son échéance.",
            ),
        ]

    def __str__(self) -> str:
        return self.intitule


class ClotureEtapeQuerySet(DeLaDemarcheQuerySet):
    chemin = "etape__demarche"

    def en_vigueur(self) -> ClotureEtapeQuerySet:
        return self.filter(annulee_le__isnull=True)


class ClotureEtape(AvecPiece):
    """One employer says that its part of a step is done, and shows why. Undone, it stays written."""

    etape = models.ForeignKey(EtapeRoute, models.CASCADE, related_name="clotures")
    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="+")
    faite_le = models.DateField("faite le")
    preuve = models.CharField("ce qui le prouve", max_length=300)
    par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="+", null=True, blank=True
    )
    le = models.DateTimeField("dite le", default=timezone.now)
    annulee_le = models.DateTimeField("annulée le", null=True, blank=True)
    annulee_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+", null=True, blank=True)
    motif_annulation = models.CharField("pourquoi", max_length=300, blank=True)

    objects = ClotureEtapeQuerySet.as_manager()

    class Meta:
        verbose_name = "clôture d’étape"
        verbose_name_plural = "clôtures d’étape"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["etape", "collectivite"],
                condition=Q(annulee_le__isnull=True),
                name="cloture_etape_une_par_collectivite",
                violation_error_message="Votre collectivité a déjà marqué cette étape comme faite.",
            ),
            models.CheckConstraint(
                condition=~Q(preuve=""),
                name="cloture_etape_a_sa_preuve",
                violation_error_message="Dites en une ligne ce qui prouve que l’étape est faite.",
            ),
            models.CheckConstraint(
                condition=Q(annulee_le__isnull=True, annulee_par__isnull=True, motif_annulation="")
                | Q(annulee_le__isnull=False, annulee_par__isnull=False) & ~Q(motif_annulation=""),
                name="cloture_etape_annulee_avec_son_motif",
                violation_error_message="Dites pourquoi l’étape est rouverte.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collectivite} : {self.etape}"
