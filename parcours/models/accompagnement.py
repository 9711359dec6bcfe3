"""Coaching: who accompanies whom and since when, appointments, and what stays behind the wall."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.etats import dit_son_etat
from collectivites.models import Collectivite, Mandat, Utilisateur
from parcours import mots
from parcours.coaching.requetes import (
    AccompagnementQuerySet,
    RendezVousCoachingQuerySet,
    ScelleQuerySet,
    SyntheseQuerySet,
)
from parcours.models.agenda import Datable
from parcours.models.scelle import TexteScelle
from parcours.regles import duree_texte


class Accompagnement(models.Model):
    """A cadre entrusted to a coach, from … to …: the history behind `Cadre.accompagnateur`.

    `transmis_a`: the later accompagnement whose coach reads these notes, by the cadre's decision.
    `decide_le`: when the cadre last decided of it; before that, the notes are sealed.
    """

    Fin = mots.FinAccompagnement

    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="accompagnements")
    accompagnateur = models.ForeignKey(Mandat, models.PROTECT, related_name="accompagnements")
    debut = models.DateTimeField("depuis", default=timezone.now)
    fin = models.DateTimeField("jusqu’à", null=True, blank=True)
    motif_fin = models.CharField("fin", max_length=12, choices=Fin, blank=True)
    transmis_a = models.ForeignKey(
        "self", models.SET_NULL, related_name="recus", null=True, blank=True
    )
    decide_le = models.DateTimeField("décidé le", null=True, blank=True)

    objects = AccompagnementQuerySet.as_manager()

    class Meta:
        verbose_name = "accompagnement"
        ordering = ["-debut", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cadre"],
                condition=Q(fin__isnull=True),
                name="accompagnement_un_seul_en_cours",
                violation_error_message="Cette personne a déjà un accompagnateur.",
            ),
            models.CheckConstraint(
                condition=Q(fin__isnull=True, motif_fin="")
                | (Q(fin__isnull=False, fin__gte=F("debut")) & ~Q(motif_fin="")),
                name="accompagnement_fini_dit_pourquoi",
                violation_error_message="Un accompagnement fini porte sa date et sa raison.",
            ),
            models.CheckConstraint(
                condition=Q(transmis_a__isnull=True)
                | Q(fin__isnull=False, decide_le__isnull=False),
                name="accompagnement_transmis_par_la_personne",
                violation_error_message="Les notes ne se transmettent que par décision datée.",
            ),
        ]

    def __str__(self) -> str:
        return f"accompagnement {self.pk}"


@dit_son_etat
class RendezVousCoaching(Datable):
    """A meeting of coach and cadre. The employer sees its date, its length, and who came."""

    Etat = mots.EtatRendezVous

    #: Somebody said who came.
    NOTES: ClassVar = mots.RENDEZ_VOUS_NOTES

    accompagnement = models.ForeignKey(Accompagnement, models.CASCADE, related_name="rendez_vous")
    debut = models.DateTimeField("date et heure")
    duree_minutes = models.PositiveSmallIntegerField("durée, en minutes", default=90)
    lieu = models.CharField("lieu", max_length=160, blank=True)
    lien_visio = models.URLField("lien de visioconférence", max_length=300, blank=True)
    etat = models.CharField("état", max_length=8, choices=Etat, default=Etat.PREVU)
    #: The SEQUENCE of the calendar file, and the occasion of each mail.
    revision = models.PositiveSmallIntegerField("révision", default=1)

    objects = RendezVousCoachingQuerySet.as_manager()

    class Meta:
        verbose_name = "rendez-vous de coaching"
        verbose_name_plural = "rendez-vous de coaching"
        ordering = ["debut", "pk"]
        indexes = [models.Index(fields=["etat", "debut"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(duree_minutes__gte=15) & Q(duree_minutes__lte=480),
                name="rendez_vous_coaching_duree",
                violation_error_message="Un rendez-vous dure de 15 minutes à 8 heures.",
            ),
        ]

    def __str__(self) -> str:
        return f"rendez-vous de coaching {self.pk}"

    @property
    def fin(self) -> datetime:
        return self.debut + timedelta(minutes=self.duree_minutes)

    @property
    def duree(self) -> str:
        """« 45 min », « 1 h 30 »."""
        return duree_texte(self.duree_minutes)

    @property
    def est_a_noter(self) -> bool:
        return self.etat == self.Etat.PREVU and self.debut <= timezone.now()

    @property
    def est_a_venir(self) -> bool:
        return self.etat == self.Etat.PREVU and self.debut > timezone.now()


class Objectif(TexteScelle):
    """What coach and cadre work towards."""

    accompagnement = models.ForeignKey(Accompagnement, models.CASCADE, related_name="objectifs")
    auteur = models.ForeignKey(Utilisateur, models.PROTECT, related_name="+")
    pose_le = models.DateTimeField("posé le", default=timezone.now)
    atteint_le = models.DateTimeField("atteint le", null=True, blank=True)

    objects = ScelleQuerySet.as_manager()

    class Meta:
        verbose_name = "objectif"
        ordering = ["pose_le", "pk"]

    def __str__(self) -> str:
        return f"objectif {self.pk}"

    def pour(self) -> str:
        return f"cadre {self.accompagnement.cadre_id}"


class NoteCoaching(TexteScelle):
    """A note of the coach, or of the cadre. Both read it, nobody else ever does."""

    accompagnement = models.ForeignKey(Accompagnement, models.CASCADE, related_name="notes")
    auteur = models.ForeignKey(Utilisateur, models.PROTECT, related_name="+")
    ecrite_le = models.DateTimeField("écrite le", default=timezone.now)
    modifiee_le = models.DateTimeField("modifiée le", null=True, blank=True)

    objects = ScelleQuerySet.as_manager()

    class Meta:
        verbose_name = "note"
        ordering = ["-ecrite_le", "-pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"

    def pour(self) -> str:
        return f"cadre {self.accompagnement.cadre_id}"


class Synthese(TexteScelle):
    """Written by the two; leaves the wall when the cadre publishes it, and comes back if they say so.

    It stays sealed in the database even then. `revision` grows with each change: what is published
    is what was read, and two people writing at once do not erase each other.
    """

    accompagnement = models.OneToOneField(Accompagnement, models.CASCADE, related_name="synthese")
    revision = models.PositiveIntegerField("révision", default=0)
    modifiee_le = models.DateTimeField("modifiée le", default=timezone.now)
    modifiee_par = models.ForeignKey(Utilisateur, models.PROTECT, related_name="+")
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True)
    publiee_pour = models.ForeignKey(
        Collectivite, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = SyntheseQuerySet.as_manager()

    class Meta:
        verbose_name = "synthèse"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(publiee_le__isnull=True, publiee_pour__isnull=True)
                | (Q(publiee_le__isnull=False, publiee_pour__isnull=False) & ~Q(scelle="")),
                name="synthese_publiee_pour_quelquun",
                violation_error_message="Une synthèse publiée porte un texte, une date, un employeur.",
            ),
        ]

    def __str__(self) -> str:
        return f"synthèse {self.pk}"

    def pour(self) -> str:
        return f"cadre {self.accompagnement.cadre_id}"
