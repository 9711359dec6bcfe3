"""A cadre's place in the démarche, from being listed to being retained, or not."""

from typing import TypeAlias

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cadres import mots
from cadres.models.cadre import Cadre
from cadres.requetes import CandidatureQuerySet
from collectivites.communs.etats import dit_son_etat


@dit_son_etat
class Candidature(models.Model):
    """One per cadre. Its state says what the person was told, answered, and what was decided."""

    Etat: TypeAlias = mots.EtatCandidature
    Avancee: TypeAlias = mots.Avancee
    Origine: TypeAlias = mots.Origine
    ETATS_PARTAGES = mots.ETATS_PARTAGES

    cadre = models.OneToOneField(Cadre, models.CASCADE, related_name="candidature")
    etat = models.CharField(
        "état", max_length=15, choices=mots.EtatCandidature, default=mots.EtatCandidature.RECENSE
    )
    avancee = models.CharField(
        "avancée", max_length=12, choices=mots.Avancee, default=mots.Avancee.AUCUNE, blank=True
    )
    origine = models.CharField(
        "origine", max_length=12, choices=mots.Origine, default=mots.Origine.RECENSEMENT
    )
    recense_le = models.DateTimeField("recensé le", default=timezone.now)
    informe_le = models.DateTimeField("informé le", null=True, blank=True)
    rappels = models.PositiveSmallIntegerField("rappels envoyés", default=0)
    #: The person asked, from a mail, not to be reminded of the question; an answer ends it.
    sans_rappel_depuis = models.DateTimeField("sans rappel depuis", null=True, blank=True)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True)
    decide_le = models.DateTimeField("décidé le", null=True, blank=True)
    motif_decision = models.TextField("motif de la décision, lu par la personne", blank=True)
    retire_le = models.DateTimeField("retiré le", null=True, blank=True)
    #: The person wants no trace to be kept: done by the next purge, unless they think again.
    effacement_demande_le = models.DateTimeField("effacement demandé le", null=True, blank=True)
    #: …nor to be listed again: the purge then leaves a keyed hash (`cadres.donnees_personnelles.oppositions`).
    ne_plus_recenser = models.BooleanField("ne plus être recensé", default=False)

    objects = CandidatureQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["etat", "cadre"]),
            models.Index(
                fields=["informe_le"], condition=Q(etat="informe"), name="candidature_en_attente"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat__in=["accord", "desaccord", "retenu", "non_retenu"])
                | Q(repondu_le__isnull=False),
                name="candidature_reponse_datee",
                violation_error_message="Une réponse porte sa date.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["retenu", "non_retenu"]) | Q(decide_le__isnull=False),
                name="candidature_decision_datee",
                violation_error_message="Une décision porte sa date.",
            ),
            models.CheckConstraint(
                condition=~Q(etat="informe") | Q(informe_le__isnull=False),
                name="candidature_information_datee",
                violation_error_message="L’information de la personne porte sa date.",
            ),
            models.CheckConstraint(
                condition=~Q(etat="retire") | Q(retire_le__isnull=False),
                name="candidature_retrait_date",
                violation_error_message="Un retrait porte sa date.",
            ),
            models.CheckConstraint(
                condition=Q(avancee="") | Q(etat__in=["retenu", "retire"]),
                name="candidature_avance_si_retenue",
                violation_error_message="Seul un cadre retenu avance dans le parcours.",
            ),
            models.CheckConstraint(
                condition=Q(effacement_demande_le__isnull=True)
                | ~Q(etat__in=["recense", "informe", "accord", "retenu"]),
                name="candidature_effacement_hors_demarche",
                violation_error_message="On quitte la démarche avant d’être effacé.",
            ),
            models.CheckConstraint(
                condition=Q(ne_plus_recenser=False) | Q(effacement_demande_le__isnull=False),
                name="candidature_opposition_avec_effacement",
                violation_error_message="L’opposition accompagne une demande d’effacement.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_etat_display()

    @property
    def oui_tient(self) -> bool:
        """The person said yes, and it holds. In a query: `cadres.requetes.avec_le_oui`."""
        return self.etat in mots.ETATS_PARTAGES
