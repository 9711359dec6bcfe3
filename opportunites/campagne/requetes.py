"""Who sees a campaign, a run of the simulator, propositions that hang together, what became of a wish."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from cadres.candidature.predicats import est_candidat
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Acte, Role
from opportunites.campagne.mots import SIMULATIONS_VIVANTES


class CampagneQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """Its dates and its rules are everybody's in the démarche."""
        return self.filter(demarche=acteur.demarche)

    def ouvertes(self) -> Self:
        return self.filter(close_le__isnull=True)


class SimulationQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The DGS of the démarche, and a DRH to whom one of them has delegated it: moves found bear
        names, and an HR direction of origin learns of one when its proposition is sent. Nobody who is a
        candidate: they would read of others what no cadre reads."""
        if not acteur.peut(Acte.SIMULER_MOUVEMENT) or est_candidat(acteur):
            return self.none()
        return self.filter(campagne__demarche=acteur.demarche)

    def vivantes(self) -> Self:
        return self.filter(etat__in=SIMULATIONS_VIVANTES)


class EnsembleQuerySet(SimulationQuerySet):
    """The same circle as a run."""


class IssueVoeuQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The person's alone."""
        if acteur.role != Role.CADRE:
            return self.none()
        return self.filter(cadre_id=acteur.cadre_id)
