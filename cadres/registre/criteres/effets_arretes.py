"""What criteria keep of a long list, as it stood at a time that the page says.

Up to SEUIL cadres the effects are counted at each reading. Beyond, they are kept a few minutes:
the pages, the tabs and the colleagues who follow read them again, and « Actualiser » counts anew.
Only numbers are kept, for one collectivité (another does not see the same list); the rows under
them are always of now.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from cadres.registre.criteres.conditions import Condition, population
from cadres.registre.criteres.effets import Effet, mesurer
from collectivites.acteurs.acteur import Acteur

SEUIL = 5_000
AGE_MAX = timedelta(minutes=5)


@dataclass(frozen=True)
class EffetsArretes:
    """`quand` is None when the effects are of this very moment."""

    effets: list[Effet]
    quand: datetime | None = None


def lire_effets(
    acteur: Acteur, qui: str, conditions: list[Condition], *, frais: bool = False
) -> EffetsArretes:
    """The effects of the conditions on a population (`conditions.POPULATIONS`): kept, or counted."""
    cle = _cle(acteur, qui, conditions)
    garde: EffetsArretes | None = None if frais else cache.get(cle)
    if garde is not None:
        return garde
    effets = mesurer(population(acteur, qui), conditions)
    if effets[-1].ensemble.total <= SEUIL:
        return EffetsArretes(effets)
    arretes = EffetsArretes(effets, timezone.now())
    cache.set(cle, arretes, AGE_MAX.total_seconds())
    return arretes


def _cle(acteur: Acteur, qui: str, conditions: list[Condition]) -> str:
    """The day is in it: « depuis au moins 3 ans » is counted from today."""
    demande = [str(timezone.localdate()), qui, [(c.genre, c.valeurs) for c in conditions]]
    empreinte = hashlib.sha256(json.dumps(demande).encode()).hexdigest()
    return f"criteres-effets:{acteur.collectivite.pk}:{empreinte}"
