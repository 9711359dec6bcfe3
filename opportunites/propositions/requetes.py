"""Who sees a proposition, and the réserves on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.ecart import employeurs_a_part
from collectivites.mots import Role
from opportunites.communs.requetes import de_l_accueil
from opportunites.mots import AccordDgs, EtatProposition


class PropositionQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The cadre once it is sent; the host, as long as the yes holds; the present employer once
        it is sent.

        One that the host withdrew before sending it was never said: it stays the host's. Until it
        is sent, it tells a wish: whoever also serves the present employer does not see it, but for
        the DGS of whom the person said that they may.
        """
        parties = Q(envoyee_le__isnull=False)
        if acteur.role == Role.CADRE:
            return self.filter(parties, cadre_id=acteur.cadre_id)
        if not acteur.est_employeur:
            return self.none()
        dicibles = parties | ~Q(collectivite_origine__in=employeurs_a_part(acteur))
        if acteur.role == Role.DGS:
            dicibles |= Q(accord_dgs=AccordDgs.OUI)
        return self.filter(
            (de_l_accueil(acteur, "opportunite__poste__collectivite") & dicibles)
            | (parties & Q(collectivite_origine=acteur.collectivite))
        )

    def soumises_a(self, acteur: Acteur) -> Self:
        """Those that the person is asked about before they are sent: may a DGS learn of it?"""
        if acteur.role != Role.CADRE:
            return self.none()
        return self.filter(cadre_id=acteur.cadre_id, accord_demande_le__isnull=False)

    def en_retard(self, maintenant: datetime) -> Self:
        """Sent, and unanswered although the time for it is over."""
        return self.filter(etat=EtatProposition.ENVOYEE, repondre_avant__lte=maintenant)


class ReserveQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The two employers of the proposition. Not the cadre: it is an affair of services."""
        if not acteur.est_employeur:
            return self.none()
        return self.filter(
            de_l_accueil(
                acteur, "proposition__opportunite__poste__collectivite", "proposition__cadre__"
            )
            | Q(proposition__collectivite_origine=acteur.collectivite)
        )


class QuestionQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The person and the host, but for whoever also serves the employer that would be left."""
        if acteur.role == Role.CADRE:
            return self.filter(proposition__cadre_id=acteur.cadre_id)
        if not acteur.est_employeur:
            return self.none()
        return self.filter(
            de_l_accueil(
                acteur, "proposition__opportunite__poste__collectivite", "proposition__cadre__"
            )
        ).exclude(proposition__collectivite_origine__in=employeurs_a_part(acteur))


class RaisonQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The person's alone."""
        if acteur.role != Role.CADRE:
            return self.none()
        return self.filter(proposition__cadre_id=acteur.cadre_id)
