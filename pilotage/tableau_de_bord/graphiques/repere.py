"""Where things stand in the burn-up: its sizes, and from a day and a number to a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from pilotage.indicateurs.trajectoire import Trajectoire
from pilotage.tableau_de_bord.graphiques.figure import nombre


@dataclass(frozen=True)
class Gabarit:
    """Size and place of the plot. Two for the pages, one for the note."""

    largeur: float
    hauteur: float
    gauche: float
    droite: float
    haut: float
    bas: float
    etroit: bool = False


LARGE = Gabarit(700, 352, 28, 582, 12, 324)
ETROIT = Gabarit(350, 262, 26, 346, 30, 234, etroit=True)
NOTE = Gabarit(640, 208, 28, 528, 12, 180)

Marches = tuple[tuple[date, int], ...]


class Repere:
    """From a day and a number to a place in the drawing."""

    def __init__(self, courbe: Trajectoire, gabarit: Gabarit, plafond: int) -> None:
        self.g, self.plafond = gabarit, plafond
        anciennes = [a for _, a in courbe.anciennes]
        self.debut = min(courbe.debut, courbe.jour, *(a.debut for a in anciennes))
        self.fin = max(
            courbe.fin,
            courbe.jour,
            *(jour for jour, _ in courbe.engagees),
            *(a.fin for a in anciennes),
        )

    def x(self, jour: date) -> float:
        part = (jour - self.debut).days / max(1, (self.fin - self.debut).days)
        return self.g.gauche + (self.g.droite - self.g.gauche) * min(max(part, 0.0), 1.0)

    def y(self, n: float) -> float:
        return self.g.bas - (self.g.bas - self.g.haut) * n / self.plafond

    def point(self, jour: date, n: float) -> str:
        return f"{nombre(self.x(jour))} {nombre(self.y(n))}"

    def escalier(self, marches: Marches, depart: tuple[date, int], fin: date) -> str:
        """A staircase from `depart` through each (day, level), kept level until `fin`."""
        d = f"M{self.point(*depart)}"
        for jour, n in marches:
            d += f"H{nombre(self.x(jour))}V{nombre(self.y(n))}"
        return f"{d}H{nombre(self.x(fin))}"


def pas_de_grille(maximum: int) -> int:
    """Three or four lines at round numbers."""
    for pas in (1, 2, 3, 5, 6, 10, 12, 15, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000):
        if maximum / pas <= 4:
            return pas
    return ceil(maximum / 4)


def plafond(courbe: Trajectoire) -> int:
    """The number at the top of the plot."""
    haut = courbe.projection.haut if courbe.projection else 0
    avant = max((a.objectif for _, a in courbe.anciennes), default=0)
    return max(courbe.objectif, courbe.nb_avec_engagees, haut, avant, 4)
