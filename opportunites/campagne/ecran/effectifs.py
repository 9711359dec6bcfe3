"""Whom a scenario serves, by sex and by collectivité, without pointing to anybody.

Those served are named beside; how many *wished* is what a small number would give away: somebody's
own people who wish to leave. Under the threshold of the démarche it reads « n.c. », and with it the
smallest of the others when it would be found by subtraction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Effectif:
    """`sur` None: not told."""

    libelle: str
    servis: int
    sur: int | None
    objet: Any = None


def secrets(effectifs: dict[str, int], seuil: int) -> set[str]:
    """The lines of one table that are not told."""
    caches = {cle for cle, n in effectifs.items() if 0 < n < seuil}
    if len(caches) == 1 and (autres := [c for c in effectifs if c not in caches and effectifs[c]]):
        caches.add(min(autres, key=lambda c: (effectifs[c], c)))
    return caches


def effectifs(
    lignes: Iterable[tuple[str, str, Any]], servis: Counter[str], sur: Counter[str], seuil: int
) -> list[Effectif]:
    """`lignes`: (key, label, object)."""
    lignes = list(lignes)
    caches = secrets({cle: sur[cle] for cle, _, _ in lignes}, seuil)
    return [
        Effectif(libelle, servis[cle], None if cle in caches else sur[cle], objet)
        for cle, libelle, objet in lignes
    ]
