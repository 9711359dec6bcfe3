"""The emplois fonctionnels de direction: which grid and which NBI go with an employer and its population.

A groupement is taken as a commune of the same population (décret 87-1101, art. 1). A band « de 80 000 à
150 000 habitants » excludes its lower bound, which the band below ends with. An emploi without a line here has
no known grid: its index is typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from opportunites.remuneration.baremes.chargement import Entree
from opportunites.remuneration.baremes.grilles import Echelon
from opportunites.remuneration.baremes.lecture import Baremes

COMMUNE, DEPARTEMENT, REGION = "COMMUNE", "DEPARTEMENT", "REGION"
EMPLOIS = {
    "DGS": "Direction générale des services",
    "DGA": "Direction générale adjointe",
    "DGST": "Direction des services techniques",
}


@dataclass(frozen=True)
class Direction:
    """An emploi at one employer. `population` None: nobody has told it, so no band is known."""

    emploi: str
    employeur: str
    population: int | None

    @property
    def intitule(self) -> str:
        return EMPLOIS.get(self.emploi, self.emploi)


@dataclass(frozen=True)
class PointsDeNbi:
    points: int
    source: str
    prudence: str


def emplois_de(employeur: str) -> tuple[str, ...]:
    """Only communes and groupements have an emploi fonctionnel of technical direction."""
    return tuple(code for code in EMPLOIS if code != "DGST" or employeur == COMMUNE)


def echelons(baremes: Baremes, direction: Direction, ce_jour: date) -> list[Echelon]:
    """Empty where no grid is known. A letter has a line for each of its chevrons."""
    return [
        echelon
        for entree in _lignes(baremes.emplois_direction, direction, ce_jour)
        for echelon in _echelons(baremes, direction, entree, ce_jour)
    ]


def nbi(baremes: Baremes, direction: Direction, ce_jour: date) -> PointsDeNbi | None:
    """None where no text is known to give one."""
    for entree in _lignes(baremes.nbi_direction, direction, ce_jour):
        return PointsDeNbi(entree.entier("points"), entree.source, _note(entree))
    return None


def _lignes(table: tuple[Entree, ...], direction: Direction, ce_jour: date) -> Iterator[Entree]:
    if direction.population is None:
        return
    for entree in table:
        jusqu_a = entree.cellules["jusqu_a"]
        if (
            entree.texte("emploi") == direction.emploi
            and entree.texte("employeur") == direction.employeur
            and entree.vaut(ce_jour)
            and entree.entier("plus_de") < direction.population
            and (not isinstance(jusqu_a, int) or direction.population <= jusqu_a)
        ):
            yield entree


def _echelons(
    baremes: Baremes, direction: Direction, entree: Entree, ce_jour: date
) -> Iterator[Echelon]:
    brut = entree.texte("indice_brut")
    if entree.cellules["inm"] is not None:
        yield _echelon(direction, entree, 0, brut, entree.entier("inm"))
        return
    for ligne in baremes.tables["hors_echelle"]:
        if ligne.texte("groupe") == brut and ligne.vaut(ce_jour):
            chevron = ligne.entier("chevron")
            yield _echelon(direction, entree, chevron, f"{brut}{chevron}", ligne.entier("inm"))


def _echelon(direction: Direction, entree: Entree, chevron: int, brut: str, inm: int) -> Echelon:
    assert entree.debut is not None
    return Echelon(
        "",
        direction.intitule,
        entree.texte("echelon"),
        chevron,
        brut,
        inm,
        entree.debut,
        entree.source,
        entree.confiance,
        "",
        entree.texte("note"),
    )


def _note(entree: Entree) -> str:
    return entree.texte("note") if entree.confiance == "M" else ""
