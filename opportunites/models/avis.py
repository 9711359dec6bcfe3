"""Between a wish and a proposition: what the host says of its candidates, and first meetings."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.etats import dit_son_etat
from opportunites import mots
from opportunites.models.opportunite import Opportunite
from opportunites.postes.requetes import AvisQuerySet, DemandeQuerySet
from parcours.models.agenda import Datable


class Avis(models.Model):
    """Whether the host would take somebody who ranked its poste. No row: no opinion yet.

    `rang` orders those it would take (1 = first); the person reads the reason, and it alone.
    """

    Sens = mots.SensAvis

    opportunite = models.ForeignKey(Opportunite, models.CASCADE, related_name="avis")
    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="avis_recus")
    sens = models.CharField("avis", max_length=12, choices=Sens)
    rang = models.PositiveSmallIntegerField("rang", null=True, blank=True)
    motif = models.TextField("raison, lue par la personne")
    donne_le = models.DateTimeField("donné le", default=timezone.now)

    objects = AvisQuerySet.as_manager()

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ["opportunite_id", "rang", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunite", "cadre"],
                name="avis_unique",
                violation_error_message="Un avis est déjà donné sur cette personne.",
            ),
            models.UniqueConstraint(
                fields=["opportunite", "rang"],
                name="avis_rang_unique",
                violation_error_message="Deux personnes ne peuvent pas porter le même rang.",
            ),
            models.CheckConstraint(
                condition=Q(sens=mots.SensAvis.FAVORABLE, rang__isnull=False, rang__gte=1)
                | Q(sens=mots.SensAvis.DEFAVORABLE, rang__isnull=True),
                name="avis_rang_si_favorable",
                violation_error_message="Seul un avis favorable porte un rang.",
            ),
            models.CheckConstraint(
                condition=~Q(motif=""),
                name="avis_motive",
                violation_error_message="Un avis porte sa raison.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_sens_display()


@dit_son_etat
class Demande(Datable):
    """A cadre asks the host of a poste for a conversation, or for an immersion, and is answered.

    Like a vœu, it is never shown to the present employer: an immersion, once accepted, becomes the
    three-party agreement that the person asks for themselves.
    """

    class Nature(models.TextChoices):
        ENTRETIEN = "entretien", "Conversation exploratoire"
        IMMERSION = "immersion", "Immersion"

    Etat = mots.EtatDemande

    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="demandes")
    opportunite = models.ForeignKey(Opportunite, models.CASCADE, related_name="demandes")
    nature = models.CharField("demande", max_length=10, choices=Nature)
    message = models.TextField("message", blank=True)
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.DEPOSEE)
    reponse = models.TextField("réponse", blank=True)
    deposee_le = models.DateTimeField("déposée le", default=timezone.now)
    echeance = models.DateField("réponse attendue avant le")
    repondue_le = models.DateTimeField("répondue le", null=True, blank=True)
    rendez_vous_le = models.DateTimeField("rendez-vous le", null=True, blank=True)
    rendez_vous_lieu = models.CharField("lieu ou téléphone", max_length=200, blank=True)

    objects = DemandeQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de rencontre"
        verbose_name_plural = "demandes de rencontre"
        ordering = ["-deposee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cadre", "opportunite", "nature"],
                condition=Q(etat=mots.EtatDemande.DEPOSEE),
                name="demande_une_en_attente",
                violation_error_message="Vous avez déjà fait cette demande : l’employeur va répondre.",
            ),
            models.CheckConstraint(
                condition=Q(etat=mots.EtatDemande.DEPOSEE, repondue_le__isnull=True)
                | (~Q(etat=mots.EtatDemande.DEPOSEE) & Q(repondue_le__isnull=False)),
                name="demande_reponse_datee",
                violation_error_message="Une réponse porte sa date.",
            ),
            models.CheckConstraint(
                condition=Q(rendez_vous_le__isnull=True)
                | Q(etat__in=[mots.EtatDemande.ACCEPTEE, mots.EtatDemande.RETIREE]),
                name="demande_rendez_vous_si_acceptee",
                violation_error_message="Seule une demande acceptée porte un rendez-vous.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=[mots.EtatDemande.ACCEPTEE, mots.EtatDemande.DECLINEE])
                | ~Q(reponse=""),
                name="demande_reponse_motivee",
                violation_error_message="Répondez en quelques mots : la personne les lira.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} · {self.get_etat_display()}"

    @property
    def est_immersion(self) -> bool:
        """Its days are asked for afterwards, by the person, of both employers."""
        return self.nature == self.Nature.IMMERSION
