"""Half-days, one a line: « 24/03/2027 14:00-17:30 ». Pure text, both ways."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

from django.utils import timezone

Plage = tuple[datetime, datetime]
LIGNE = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})\s+(\d{1,2})[:hH](\d{2})?\s*[-–à]\s*(\d{1,2})[:hH](\d{2})?"
)
#: A session is not a year's course.
MAXIMUM = 12


class Illisible(ValueError):
    """A line that says no half-day; the message tells which."""


def lire(texte: str, *, avec: Plage) -> list[Plage]:
    """All the half-days, `avec` among them, in order. Illisible when one is none, or two overlap."""
    lignes = [ligne.strip() for ligne in texte.splitlines() if ligne.strip()]
    toutes = sorted([avec, *(_lire_une(ligne) for ligne in lignes)])
    if len(toutes) > MAXIMUM:
        raise Illisible(f"Une session compte au plus {MAXIMUM} demi-journées.")
    for (_, fin), (debut, _) in pairwise(toutes):
        if debut < fin:
            raise Illisible("Deux de ces demi-journées se chevauchent.")
    return toutes


def en_lignes(plages: list[Plage]) -> str:
    """As they are typed."""
    return "\n".join(
        f"{timezone.localtime(d):%d/%m/%Y %H:%M}-{timezone.localtime(f):%H:%M}" for d, f in plages
    )


def _lire_une(ligne: str) -> Plage:
    trouve = LIGNE.fullmatch(ligne)
    if trouve is None:
        raise Illisible(
            f"« {ligne[:60]} » ne se lit pas. Écrivez par exemple 24/03/2027 14:00-17:30."
        )
    jour, mois, annee, h1, m1, h2, m2 = (int(nombre or 0) for nombre in trouve.groups())
    try:
        debut = timezone.make_aware(datetime(annee, mois, jour, h1, m1))  # noqa: DTZ001
        fin = timezone.make_aware(datetime(annee, mois, jour, h2, m2))  # noqa: DTZ001
    except ValueError:
        raise Illisible(f"« {ligne[:60]} » : ce jour ou cette heure n’existe pas.") from None
    if fin <= debut:
        raise Illisible(f"« {ligne[:60]} » finit avant de commencer.")
    return debut, fin
