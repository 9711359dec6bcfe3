"""Who sees a folder to sign, and what came back of it: whoever reads the file of the move."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role


def _du_dossier(acteur: Acteur, prefixe: str) -> Q | None:
    """On a path to the move (`prefixe`); None for whoever reads none."""
    if acteur.role == Role.CADRE:
        return Q(**{f"{prefixe}cadre_id": acteur.cadre_id})
    if not acteur.est_employeur:
        return None
    return Q(**{f"{prefixe}collectivite_accueil": acteur.collectivite}) | Q(
        **{f"{prefixe}collectivite_origine": acteur.collectivite}
    )


class DossierASignerQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """As the move: its two employers, and the person."""
        condition = _du_dossier(acteur, "mobilite__")
        return self.none() if condition is None else self.filter(condition)


class RetourSigneQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """As the folder that it answers."""
        condition = _du_dossier(acteur, "dossier__mobilite__")
        return self.none() if condition is None else self.filter(condition)
