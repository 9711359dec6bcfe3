"""The curve of the moves, as it may be drawn: ends of months so far apart that no rise is anybody's.

Each rise counts the threshold of moves at least; and for each employer, its own people and those who
came to it taken away, none or a few at least. Never the day of a move.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from pilotage.indicateurs.protection.lecture import Mouvement
from pilotage.indicateurs.protection.vue import RESTE


def prolonger(mouvements: Iterable[Mouvement], jour: date, seuil: int) -> list[tuple[date, int]]:
    """The points from the first move to `jour`, whose total may be told."""
    faits = sorted(
        (min(quand or jour, jour), origine, accueil, n)
        for origine, accueil, *_, quand, n in mouvements
    )
    employeurs = {e for _, origine, accueil, _ in faits for e in (origine, accueil)}

    def hausse(apres: date, jusqu_a: date) -> bool:
        dedans = [f for f in faits if apres < f[0] <= jusqu_a]
        restes = [sum(n for _, o, a, n in dedans if e not in (o, a)) for e in employeurs]
        reste_minimal = min(RESTE, seuil)
        return sum(n for *_, n in dedans) >= seuil and all(
            not 0 < reste < reste_minimal for reste in restes
        )

    points: list[tuple[date, int]] = []
    dernier = date.min
    for fin in _fins_de_mois(faits[0][0] if faits else jour, jour):
        if hausse(dernier, fin) and hausse(fin, jour):
            points.append((fin, sum(n for quand, *_, n in faits if quand <= fin)))
            dernier = fin
    return [*points, (jour, sum(n for *_, n in faits))]


def _fins_de_mois(debut: date, jour: date) -> Iterable[date]:
    """The ends of the months from `debut` to the day before `jour`."""
    annee, mois = debut.year, debut.month
    while True:
        annee, mois = (annee + 1, 1) if mois == 12 else (annee, mois + 1)
        fin = date(annee, mois, 1) - timedelta(days=1)
        if fin >= jour:
            return
        yield fin
