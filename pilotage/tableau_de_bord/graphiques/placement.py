"""Finding a free place for the words of a drawing: none over another, none that a line crosses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import cos, hypot, radians, sin

#: What a character takes, at most, and a line of text over its baseline and under it.
CARACTERE, MONTEE, DESCENTE = 6.9, 11.0, 4.0
#: The same of a label that is written larger (`g-g`).
GRAND = 17 / 14
#: Between two places that are tried.
PAS_X, PAS_Y = 14.0, 9.0


@dataclass(frozen=True)
class Boite:
    gauche: float
    haut: float
    droite: float
    bas: float

    def touche(self, autre: Boite) -> bool:
        return (
            self.gauche < autre.droite
            and autre.gauche < self.droite
            and self.haut < autre.bas
            and autre.haut < self.bas
        )


def largeur_de(mots: str, classe: str) -> float:
    return CARACTERE * len(mots) * _taille(classe)


def _taille(classe: str) -> float:
    return GRAND if "g-g" in classe.split() else 1.0


def boite(x: float, y: float, mots: str, classe: str = "") -> Boite:
    """Where a straight label stands: its class says its size and its anchor, the left if none."""
    largeur, taille = largeur_de(mots, classe), _taille(classe)
    ancres = {"g-fin": largeur, "g-mil": largeur / 2}
    gauche = x - next((ancres[c] for c in classe.split() if c in ancres), 0)
    return Boite(gauche, y - MONTEE * taille, gauche + largeur, y + DESCENTE * taille)


def le_long(x: float, y: float, mots: str, angle: float) -> list[Boite]:
    """A sloping label, as small boxes along it, from its middle."""
    demi, pas = CARACTERE * len(mots) / 2, 10
    ux, uy = cos(radians(angle)), sin(radians(angle))
    places = [-demi + pas * rang for rang in range(int(2 * demi / pas) + 1)]
    return [Boite(x + p * ux - 5, y + p * uy - 11, x + p * ux + 5, y + p * uy + 3) for p in places]


@dataclass
class Plan:
    """What is taken already: boxes of words, and segments that no word may lie on."""

    gauche: float
    haut: float
    droite: float
    bas: float
    prises: list[Boite] = field(default_factory=list)
    segments: list[tuple[float, float, float, float]] = field(default_factory=list)

    def prendre(self, boites: Iterable[Boite]) -> None:
        self.prises += boites

    def est_libre(self, boites: Iterable[Boite]) -> bool:
        return not any(
            b.gauche < self.gauche
            or b.droite > self.droite
            or b.haut < self.haut
            or b.bas > self.bas
            or any(b.touche(prise) for prise in self.prises)
            or any(_traverse(segment, b) for segment in self.segments)
            for b in boites
        )

    def placer(
        self, x: float, y: float, lignes: list[tuple[str, str]], interligne: float
    ) -> tuple[float, float]:
        """The free place that is nearest to (x, y) for lines read from their left, (class, words); (x, y)
        itself when everything is taken. It is taken from then on."""

        def boites(gauche: float, haut: float) -> list[Boite]:
            return [
                boite(gauche, haut + rang * interligne, mots, classe)
                for rang, (classe, mots) in enumerate(lignes)
            ]

        voulues = sorted(self._places(), key=lambda p: hypot(p[0] - x, p[1] - y))
        trouvee = next((p for p in [(x, y), *voulues] if self.est_libre(boites(*p))), (x, y))
        self.prendre(boites(*trouvee))
        return trouvee

    def _places(self) -> Iterator[tuple[float, float]]:
        x = self.gauche + 4
        while x < self.droite:
            y = self.haut + MONTEE
            while y < self.bas:
                yield x, y
                y += PAS_Y
            x += PAS_X


def _traverse(segment: tuple[float, float, float, float], b: Boite) -> bool:
    """Whether a segment enters a box: cut by its four sides in turn (Liang and Barsky)."""
    x0, y0, x1, y1 = segment
    debut, fin = 0.0, 1.0
    for delta, avant, apres in (
        (x1 - x0, x0 - b.gauche, b.droite - x0),
        (y1 - y0, y0 - b.haut, b.bas - y0),
    ):
        if delta == 0:
            if avant < 0 or apres < 0:
                return False
            continue
        entree, sortie = sorted((-avant / delta, apres / delta))
        debut, fin = max(debut, entree), min(fin, sortie)
    return debut < fin
