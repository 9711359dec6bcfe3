"""A cadre's place in the démarche, from being listed to being retained, or not."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cadres.models.cadre import Cadre
from cadres.requetes import CandidatureQuerySet


class Candidature(models.Model):
    """One per cadre. Its state says what the person was told, answered, and what was decided."""

    class Etat(models.TextChoices):
        RECENSE = "recense", "Recensé, pas encore informé"
        INFORME = "informe", "Informé, réponse attendue"
        ACCORD = "accord", "Oui donné"
        DESACCORD = "desaccord", "Non donné"
        SANS_REPONSE = "sans_reponse", "Sans réponse"
        RETENU = "retenu", "Retenu"
        NON_RETENU = "non_retenu", "Non retenu"
        RETIRE = "retire", "Retiré à sa demande"

    class Avancee(models.TextChoices):
        """How far a retained cadre has come. Written by the actions of the later acts."""

        AUCUNE = "", "—"
        EN_PARCOURS = "en_parcours", "En parcours"
        ACHEVE = "acheve", "Parcours achevé"
        ENGAGEE = "engagee", "Mobilité engagée"
        EFFECTIVE = "effective", "Mobilité effective"

    class Origine(models.TextChoices):
        RECENSEMENT = "recensement", "Recensé par sa DRH"
        VOLONTARIAT = "volontariat", "Volontaire"

    #: After their yes, and as long as it holds, other collectivités see who the person is.
    ETATS_PARTAGES: ClassVar = (Etat.ACCORD, Etat.RETENU)

    cadre = models.OneToOneField(Cadre, models.CASCADE, related_name="candidature")
    etat = models.CharField("état", max_length=15, choices=Etat, default=Etat.RECENSE)
    avancee = models.CharField(
        "avancée", max_length=12, choices=Avancee, default=Avancee.AUCUNE, blank=True
    )
    origine = models.CharField(
        "origine", max_length=12, choices=Origine, default=Origine.RECENSEMENT
    )
    recense_le = models.DateTimeField("recensé le", default=timezone.now)
    informe_le = models.DateTimeField("informé le", null=True, blank=True)
    rappels = models.PositiveSmallIntegerField("rappels envoyés", default=0)
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
