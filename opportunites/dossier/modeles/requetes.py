"""Who sees a Word model, and the letters made from it: the HR direction whose it is, nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models

from collectivites.acteurs.acteur import Acteur


class ModeleQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The models of one's own HR direction."""
        if not acteur.est_rh:
            return self.none()
        return self.filter(collectivite=acteur.collectivite)

    def sans_contenu(self) -> Self:
        """For lists: the file itself stays where it is."""
        return self.defer("contenu")


class FourneeQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """What one's own HR direction made."""
        if not acteur.est_rh:
            return self.none()
        return self.filter(modele__collectivite=acteur.collectivite)

    def faites_avant(self, limite: datetime) -> Self:
        return self.filter(demandee_le__lte=limite)


class LettreQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """As the letters that they are part of."""
        if not acteur.est_rh:
            return self.none()
        return self.filter(fournee__modele__collectivite=acteur.collectivite)
