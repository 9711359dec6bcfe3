"""SQL's third truth value: a CHECK that answers NULL lets the row in.

`Q(etat="confirmee", place__gte=1)` accepts a confirmed row without a place: NULL >= 1 is NULL, and
a CHECK refuses only what is false. `place__isnull=False` beside it closes the hole.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from django.db.models import CheckConstraint, F, Q

Feuille = tuple[str, str, str]


def laisse_passer(contrainte: CheckConstraint, champ: str) -> bool:
    """Whether the condition may be NULL, whatever else the row says, when `champ` is NULL."""
    libres = sorted({f for f, vide in _feuilles(contrainte.condition, champ) if not vide})
    return any(
        _valeur(contrainte.condition, champ, dict(zip(libres, choix, strict=True))) is None
        for choix in product((True, False), repeat=len(libres))
    )


def _lire(enfant: tuple[str, Any], champ: str) -> tuple[Feuille, bool, bool | None]:
    """(the leaf, whether `champ` decides it, its value when `champ` is NULL)."""
    chemin, valeur = enfant
    nom, _, test = chemin.partition("__")
    feuille = (nom, test or "exact", repr(valeur))
    if nom == champ:
        return feuille, True, valeur if test == "isnull" else None
    if isinstance(valeur, F) and valeur.name == champ:
        return feuille, True, None
    return feuille, False, None


def _feuilles(condition: Q, champ: str) -> Iterator[tuple[Feuille, bool]]:
    for enfant in condition.children:
        if isinstance(enfant, Q):
            yield from _feuilles(enfant, champ)
        else:
            feuille, decide, _ = _lire(enfant, champ)
            yield feuille, decide


def _valeur(condition: Any, champ: str, choix: dict[Feuille, bool]) -> bool | None:
    if not isinstance(condition, Q):
        feuille, decide, valeur = _lire(condition, champ)
        return valeur if decide else choix[feuille]
    valeurs = [_valeur(enfant, champ, choix) for enfant in condition.children]
    if condition.connector == Q.OR:
        ensemble = True if True in valeurs else None if None in valeurs else False
    else:
        ensemble = False if False in valeurs else None if None in valeurs else True
    if condition.negated:
        # Django writes NOT (x = 1 AND x IS NOT NULL): never NULL.
        return True if ensemble is None else not ensemble
    return ensemble
