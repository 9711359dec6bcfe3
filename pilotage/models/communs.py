"""What the models of the room share: who reads what belongs to a démarche."""

from typing import Any, Self

from django.db import models

from collectivites.acteurs.acteur import Acteur


class DeLaDemarcheQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The employers of the démarche, and they alone."""
        if not acteur.est_employeur:
            return self.none()
        return self.filter(demarche=acteur.demarche)
