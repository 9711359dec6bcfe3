"""Who stays in touch once the promotion is over, because they said so: nobody else has a row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cadres.models import Cadre
from collectivites.communs.etats import dit_son_etat
from parcours import mots
from parcours.apres.reseau.requetes import DemandeMentorQuerySet, PresenceReseauQuerySet
from parcours.models.promotion import Promotion

E = mots.EtatDemandeMentor
#: Characters.
RECIT_MAX, MOT_MAX = 800, 600


class PresenceReseau(models.Model):
    """One person in the network of their promotion. It is their yes: taken back, the row goes."""

    promotion = models.ForeignKey(Promotion, models.CASCADE, related_name="presences_reseau")
    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="presences_reseau")
    ou = models.CharField("où vous êtes aujourd’hui", max_length=160, blank=True)
    recit = models.TextField("ce que vous pouvez en dire", max_length=RECIT_MAX, blank=True)
    repond = models.BooleanField("répond aux suivants", default=False)
    mentor = models.BooleanField("peut être mentor", default=False)
    depuis = models.DateField("depuis le")

    objects = PresenceReseauQuerySet.as_manager()

    class Meta:
        verbose_name = "présence dans le réseau"
        verbose_name_plural = "présences dans le réseau"
        ordering = ["promotion_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["promotion", "cadre"],
                name="presence_une_par_promotion",
                violation_error_message="Vous êtes déjà dans le réseau de cette promotion.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promotion}"


@dit_son_etat
class DemandeMentor(models.Model):
    """A cadre of a following promotion asks one of the network to be their mentor."""

    Etat = E
    VIVANTES: ClassVar = mots.MENTORS_VIVANTS

    presence = models.ForeignKey(PresenceReseau, models.CASCADE, related_name="demandes")
    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="demandes_de_mentor")
    mot = models.TextField("votre mot", max_length=MOT_MAX)
    etat = models.CharField("état", max_length=10, choices=E, default=E.DEMANDEE)
    demandee_le = models.DateField("demandée le")
    repondue_le = models.DateField("répondue le", null=True, blank=True)

    objects = DemandeMentorQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de mentor"
        verbose_name_plural = "demandes de mentor"
        ordering = ["demandee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["presence", "cadre"],
                name="mentor_demande_une_fois",
                violation_error_message="Vous avez déjà demandé à cette personne.",
            ),
            models.UniqueConstraint(
                fields=["cadre"],
                condition=Q(etat__in=mots.MENTORS_VIVANTS),
                name="mentor_un_a_la_fois",
                violation_error_message="Vous avez déjà un mentor, ou une demande en attente.",
            ),
            models.CheckConstraint(
                condition=Q(etat=E.DEMANDEE, repondue_le__isnull=True)
                | (~Q(etat=E.DEMANDEE) & Q(repondue_le__isnull=False)),
                name="mentor_repond_a_une_date",
                violation_error_message="Une demande de mentor répondue porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.presence_id} · {self.get_etat_display()}"
