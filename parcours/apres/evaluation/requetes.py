"""Who is asked, and what an acteur sees of the evaluations."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cadres.models import Cadre
from cadres.requetes import avec_le_oui, presents
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from parcours.mots import EtatInscription, EtatPlace


class EvaluationQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """Employers: those of the démarche. A cadre: those that they are asked."""
        siennes = self.filter(demarche=acteur.demarche)
        if acteur.est_employeur:
            return siennes
        if acteur.role != Role.CADRE:
            return self.none()
        return siennes.filter(Exists(_invitations(acteur.cadre_id)))

    def publiees(self, acteur: Acteur) -> Self:
        """Closed, with enough answers: published to all who take part in the démarche."""
        return self.filter(demarche=acteur.demarche, reponses__gt=0)

    def ouvertes(self) -> Self:
        aujourdhui = timezone.localdate()
        return self.filter(
            depouillee_le__isnull=True, ouverte_le__lte=aujourdhui, jusqu_au__gte=aujourdhui
        )

    def a_depouiller(self) -> Self:
        """Past their last day."""
        return self.filter(depouillee_le__isnull=True, jusqu_au__lt=timezone.localdate())

    def sans_reponse_de(self, cadre_id: int | None) -> Self:
        from parcours.models import Participation  # whose module reads this one

        deja = Participation.objects.filter(evaluation=OuterRef("pk"), cadre=cadre_id)
        return self.filter(~Exists(deja))


def _invitations(cadre_id: int | None) -> models.QuerySet[Any]:
    """The enrolments of that person by which an evaluation is theirs to answer."""
    return (
        Cadre.objects.filter(presents(), avec_le_oui(), pk=cadre_id or 0)
        .filter(
            Q(places__session=OuterRef("session"), places__etat=EtatPlace.PRESENT)
            | Q(
                inscriptions__promotion=OuterRef("promotion"),
                inscriptions__etat__in=(EtatInscription.EN_COURS, EtatInscription.ACHEVEE),
            )
        )
        .order_by()
    )


def invites(evaluation: Any) -> models.QuerySet[Cadre]:
    """Those who are asked, in no order; each once."""
    if evaluation.session_id is not None:
        siennes = Q(places__session=evaluation.session_id, places__etat=EtatPlace.PRESENT)
    else:
        siennes = Q(
            inscriptions__promotion=evaluation.promotion_id,
            inscriptions__etat__in=(EtatInscription.EN_COURS, EtatInscription.ACHEVEE),
        )
    trouves: models.QuerySet[Cadre] = Cadre.objects.filter(
        presents(), avec_le_oui(), siennes
    ).distinct()
    return trouves
