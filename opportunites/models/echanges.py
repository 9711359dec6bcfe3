"""What a host asks of somebody who did not rank its poste; what a person asks about a proposition."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.etats import dit_son_etat
from collectivites.models import Mandat
from opportunites import mots
from opportunites.models.opportunite import Opportunite
from opportunites.models.proposition import Proposition
from opportunites.postes.requetes import SollicitationQuerySet
from opportunites.propositions.requetes import QuestionQuerySet


@dit_son_etat
class Sollicitation(models.Model):
    """« Ce poste vous intéresserait-il ? » A yes makes a wish; a no is silent for the employer left."""

    Etat = mots.EtatSollicitation

    opportunite = models.ForeignKey(Opportunite, models.CASCADE, related_name="sollicitations")
    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="sollicitations")
    message = models.TextField("message")
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.POSEE)
    posee_le = models.DateTimeField("posée le", default=timezone.now)
    repondue_le = models.DateTimeField("répondue le", null=True, blank=True)

    objects = SollicitationQuerySet.as_manager()

    class Meta:
        verbose_name = "question sur un poste"
        verbose_name_plural = "questions sur un poste"
        ordering = ["-posee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunite", "cadre"],
                name="sollicitation_unique",
                violation_error_message="Cette personne a déjà été interrogée sur ce poste.",
            ),
            models.CheckConstraint(
                condition=Q(etat=mots.EtatSollicitation.POSEE, repondue_le__isnull=True)
                | (~Q(etat=mots.EtatSollicitation.POSEE) & Q(repondue_le__isnull=False)),
                name="sollicitation_reponse_datee",
                violation_error_message="La réponse d’une personne interrogée porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_etat_display()}"


class Question(models.Model):
    """A question on a proposition, from the person to the host; answered on the page."""

    proposition = models.ForeignKey(Proposition, models.CASCADE, related_name="questions")
    texte = models.TextField("question")
    posee_le = models.DateTimeField("posée le", default=timezone.now)
    reponse = models.TextField("réponse", blank=True)
    repondue_le = models.DateTimeField("répondue le", null=True, blank=True)
    repondue_par = models.ForeignKey(
        Mandat, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question sur une proposition"
        verbose_name_plural = "questions sur une proposition"
        ordering = ["posee_le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(texte=""),
                name="question_ecrite",
                violation_error_message="Écrivez d’abord votre question.",
            ),
            models.CheckConstraint(
                condition=Q(reponse="", repondue_le__isnull=True, repondue_par__isnull=True)
                | (~Q(reponse="") & Q(repondue_le__isnull=False, repondue_par__isnull=False)),
                name="question_reponse_complete",
                violation_error_message="Une réponse porte ses mots, sa date et son auteur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posee_le:%Y-%m-%d}"
