"""The reference files of the law, as they are typed: each line bears its legal source and how sure
we are of it (V: read again in the text; M: from memory, to be checked before any legal use)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_DOSSIER = Path(__file__).resolve().parent / "referentiels"


def lire(nom: str) -> list[dict[str, str]]:
    with (_DOSSIER / f"{nom}.csv").open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


@cache
def voies_admises() -> tuple[tuple[str, str], ...]:
    """Code and name of each statutory route: what a move may choose. A route is a line of the file."""
    return tuple((ligne["code"], ligne["libelle"]) for ligne in lire("voies_mobilite"))
