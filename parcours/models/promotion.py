"""Promotions, their programme, and how far each cadre has come in it."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.etats import dit_son_etat
from collectivites.models import Demarche
from parcours import mots
from parcours.models.agenda import Datable
from parcours.programme.requetes import (
    EtapeProgrammeQuerySet,
    InscriptionQuerySet,
    PromotionQuerySet,
    SuiviEtapeQuerySet,
)
from parcours.regles import IMMERSION_DUREE, duree_texte, periode_texte

E = mots.EtatSuivi


class Promotion(models.Model):
    """A group of retained cadres who go through the parcours together."""

    demarche = models.ForeignKey(
        Demarche, models.PROTECT, related_name="promotions", verbose_name="démarche"
    )
    nom = models.CharField("nom", max_length=80)
    date_debut = models.DateField("début")
    date_fin = models.DateField("fin")
    places = models.PositiveSmallIntegerField("places", default=30)
    ouverte_le = models.DateTimeField("ouverte le", default=timezone.now)

    #: Annotated by `avec_places_prises`.
    prises: int

    objects = PromotionQuerySet.as_manager()

    class Meta:
        verbose_name = "promotion"
        ordering = ["-date_debut", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demarche", "nom"],
                name="promotion_nom_unique",
                violation_error_message="Une promotion de la démarche porte déjà ce nom.",
            ),
            models.CheckConstraint(
                condition=Q(date_fin__gt=F("date_debut")),
                name="promotion_finit_apres_son_debut",
                violation_error_message="La promotion doit finir après son début.",
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1),
                name="promotion_a_des_places",
                violation_error_message="Une promotion compte au moins une place.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def est_commencee(self) -> bool:
        return self.date_debut <= timezone.localdate()

    @property
    def est_close(self) -> bool:
        """Past its last day: nobody enters it any more."""
        return self.date_fin < timezone.localdate()


class EtapeProgramme(Datable):
    """One step of a promotion's programme: the same for all, scheduled person by person."""

    Nature = mots.NatureEtape

    #: What the accompagnateur runs for the people entrusted to them.
    NATURES_ACCOMPAGNEES: ClassVar = mots.NATURES_ACCOMPAGNEES

    promotion = models.ForeignKey(Promotion, models.CASCADE, related_name="etapes")
    ordre = models.PositiveSmallIntegerField("ordre")
    nature = models.CharField("nature", max_length=12, choices=Nature)
    intitule = models.CharField("intitulé", max_length=120)
    date_prevue = models.DateTimeField("date commune", null=True, blank=True)
    duree_minutes = models.PositiveSmallIntegerField("durée, en minutes", default=180)
    lieu = models.CharField("lieu", max_length=160, blank=True)
    #: An immersion has no common hour: a period, within which each person has days of their own.
    periode_debut = models.DateField("immersions à partir du", null=True, blank=True)
    periode_fin = models.DateField("immersions jusqu’au", null=True, blank=True)

    objects = EtapeProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "étape du programme"
        verbose_name_plural = "étapes du programme"
        ordering = ["promotion_id", "ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["promotion", "ordre"],
                name="etape_ordre_unique",
                violation_error_message="Deux étapes ne peuvent pas porter le même rang.",
            ),
            models.CheckConstraint(
                condition=~Q(nature=mots.NatureEtape.IMMERSION)
                | Q(date_prevue__isnull=True, lieu=""),
                name="etape_immersion_sans_heure",
                violation_error_message="Une immersion n’a ni heure ni lieu communs.",
            ),
            models.CheckConstraint(
                condition=Q(periode_debut__isnull=True, periode_fin__isnull=True)
                | Q(
                    nature=mots.NatureEtape.IMMERSION,
                    periode_debut__isnull=False,
                    periode_fin__isnull=False,
                    periode_fin__gte=F("periode_debut"),
                ),
                name="etape_periode_d_immersion",
                violation_error_message="La période des immersions finit après son début.",
            ),
        ]

    def __str__(self) -> str:
        return self.intitule

    @property
    def est_immersion(self) -> bool:
        """Each person's own days, at their own host."""
        return self.nature == self.Nature.IMMERSION

    @property
    def est_personnelle(self) -> bool:
        """An interview, a coaching, a bilan: a shared calendar does not say it."""
        return self.nature in {*self.NATURES_ACCOMPAGNEES, self.Nature.BILAN}

    @property
    def duree(self) -> str:
        """« 45 min », « 7 h », « 1 h 30 »; an immersion counts in days."""
        return IMMERSION_DUREE if self.est_immersion else duree_texte(self.duree_minutes)

    @property
    def periode(self) -> str:
        """« du 4 janvier au 26 mars 2027 », or nothing while nobody said it."""
        if self.periode_debut is None or self.periode_fin is None:
            return ""
        return periode_texte(self.periode_debut, self.periode_fin)


@dit_son_etat
class Inscription(models.Model):
    """A cadre in a promotion. One live enrolment per cadre."""

    Etat = mots.EtatInscription

    promotion = models.ForeignKey(Promotion, models.PROTECT, related_name="inscriptions")
    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="inscriptions")
    etat = models.CharField("état", max_length=12, choices=Etat, default=Etat.EN_COURS)
    inscrit_le = models.DateTimeField("inscrit le", default=timezone.now)
    finie_le = models.DateTimeField("fini le", null=True, blank=True)
    motif_fin = models.TextField("motif de l’interruption, lu par la personne", blank=True)

    objects = InscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription"
        ordering = ["promotion_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["promotion", "cadre"],
                condition=~Q(etat=mots.EtatInscription.INTERROMPUE),
                name="inscription_unique",
                violation_error_message="Ce cadre est déjà inscrit à cette promotion.",
            ),
            models.UniqueConstraint(
                fields=["cadre"],
                condition=Q(etat=mots.EtatInscription.EN_COURS),
                name="inscription_une_en_cours_par_cadre",
                violation_error_message="Ce cadre suit déjà un parcours.",
            ),
            models.CheckConstraint(
                condition=Q(etat=mots.EtatInscription.EN_COURS, finie_le__isnull=True)
                | (~Q(etat=mots.EtatInscription.EN_COURS) & Q(finie_le__isnull=False)),
                name="inscription_finie_a_une_date",
                violation_error_message="Un parcours fini porte sa date de fin.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promotion} · {self.get_etat_display()}"


@dit_son_etat
class SuiviEtape(Datable):
    """Where one cadre stands on one step: when it is planned, whether it was done.

    `revision` counts the appointments given: the SEQUENCE of the calendar file, and the occasion
    of each mail. A cancelled step keeps the date it had, if any.
    """

    Etat = mots.EtatSuivi

    #: The appointment took place.
    ETATS_PASSES: ClassVar = mots.SUIVIS_PASSES

    inscription = models.ForeignKey(Inscription, models.CASCADE, related_name="suivis")
    etape = models.ForeignKey(EtapeProgramme, models.CASCADE, related_name="suivis")
    etat = models.CharField("état", max_length=12, choices=Etat, default=Etat.A_PLANIFIER)
    quand = models.DateTimeField("date et heure", null=True, blank=True)
    lieu = models.CharField("lieu", max_length=160, blank=True)
    excusee = models.BooleanField("absence excusée", default=False)
    revision = models.PositiveSmallIntegerField("révision du rendez-vous", default=0)

    objects = SuiviEtapeQuerySet.as_manager()

    class Meta:
        verbose_name = "suivi d’étape"
        verbose_name_plural = "suivis d’étape"
        ordering = ["inscription_id", "etape__ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inscription", "etape"],
                name="suivi_unique",
                violation_error_message="Cette étape est déjà suivie pour ce cadre.",
            ),
            models.CheckConstraint(
                condition=Q(etat=E.A_PLANIFIER, quand__isnull=True)
                | Q(etat=E.ANNULEE)
                | (Q(etat__in=[E.PLANIFIEE, E.FAITE, E.ABSENT]) & Q(quand__isnull=False)),
                name="suivi_planifie_a_une_date",
                violation_error_message="Une étape planifiée ou faite porte sa date.",
            ),
            models.CheckConstraint(
                condition=Q(excusee=False) | Q(etat=E.ABSENT),
                name="suivi_excuse_si_absent",
                violation_error_message="Seule une absence peut être excusée.",
            ),
        ]
        indexes = [models.Index(fields=["etat", "quand"])]

    def __str__(self) -> str:
        return f"{self.etape} · {self.get_etat_display()}"

    @property
    def fin(self) -> datetime | None:
        """When the appointment ends. Reads `etape`: select it."""
        if self.quand is None:
            return None
        return self.quand + timedelta(minutes=self.etape.duree_minutes)

    @property
    def est_a_noter(self) -> bool:
        """The appointment has begun and nobody said yet who came. Reads `etape`: select it.

        An immersion is established on its own page, after its last day.
        """
        return (
            self.etat == self.Etat.PLANIFIEE
            and self.quand is not None
            and self.quand <= timezone.now()
            and not self.etape.est_immersion
        )

    @property
    def est_a_venir(self) -> bool:
        return (
            self.etat == self.Etat.PLANIFIEE
            and self.quand is not None
            and self.quand > timezone.now()
        )
