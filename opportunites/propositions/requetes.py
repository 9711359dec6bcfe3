"""Who sees a proposition, and the réserves on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from opportunites.communs.requetes import de_l_accueil
from opportunites.mots import EtatProposition


class PropositionQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The cadre once it is sent; the host, as long as the yes holds; the present employer once
        it is sent.

        One that the host withdrew before sending it was never said: it stays the host's.
        """
        parties = Q(envoyee_le__isnull=False)
        if acteur.role == Role.CADRE:
            return self.filter(parties, cadre_id=acteur.cadre_id)
        if not acteur.est_employeur:
            return self.none()
        return self.filter(
            de_l_accueil(acteur, "opportunite__poste__collectivite")
            | (parties & Q(collectivite_origine=acteur.collectivite))
        )

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
