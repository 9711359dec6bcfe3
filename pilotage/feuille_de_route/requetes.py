"""What an acteur sees of the feuille de route and of the communication plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur


class DeLaDemarcheQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The employers of the démarche, and they alone."""
        if not acteur.est_employeur:
            return self.none()
        return self.filter(demarche=acteur.demarche)
