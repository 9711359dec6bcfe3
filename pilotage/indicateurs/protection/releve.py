"""The true counts of one day, as the engine takes them: who reached which step, who went where.

Aggregates by employer of origin and by sex. They never leave the house: what does is a `Publication`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

#: The steps that follow one another. « Parcours achevé » is left out: one may receive a proposition
#: before the end of a parcours, so that it is no step of the same staircase.
ETAPES = (
    "recenses",
    "volontaires",
    "retenus",
    "en_parcours",
    "proposes",
    "acceptees",
    "effectives",
)
#: Those that are told employer by employer; of the others the total alone.
PAR_EMPLOYEUR = ("recenses", "volontaires", "en_parcours")

Tableau = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Releve:
    """`etapes[k][o]`: people of employer `o` who reached step `k`; `femmes`, `hommes`: the same by sex.

    `mouvements[o][h]`: effective moves from `o` to `h`, within one employer on the diagonal.
    `mouvements_femmes`, `mouvements_hommes`: the same by sex. `engagees`: open files.
    """

    employeurs: tuple[str, ...]
    etapes: Tableau
    femmes: Tableau
    hommes: Tableau
    mouvements: Tableau
    mouvements_femmes: Tableau
    mouvements_hommes: Tableau
    engagees: int

    @property
    def effectives(self) -> int:
        return sum(map(sum, self.mouvements))

    def en_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def de_json(cls, donnees: dict[str, Any]) -> Releve:
        return cls(
            employeurs=tuple(donnees["employeurs"]),
            etapes=_tableau(donnees["etapes"]),
            femmes=_tableau(donnees["femmes"]),
            hommes=_tableau(donnees["hommes"]),
            mouvements=_tableau(donnees["mouvements"]),
            mouvements_femmes=_tableau(donnees["mouvements_femmes"]),
            mouvements_hommes=_tableau(donnees["mouvements_hommes"]),
            engagees=donnees["engagees"],
        )


def _tableau(lignes: Sequence[Sequence[int]]) -> Tableau:
    return tuple(tuple(ligne) for ligne in lignes)


def aligner(releve: Releve, employeurs: tuple[str, ...]) -> Releve:
    """The same counts in the order of these employers; zero for one that was not there yet."""
    if releve.employeurs == employeurs:
        return releve
    places = [releve.employeurs.index(e) if e in releve.employeurs else None for e in employeurs]

    def ligne(valeurs: Sequence[int]) -> tuple[int, ...]:
        return tuple(0 if place is None else valeurs[place] for place in places)

    def carre(tableau: Tableau) -> Tableau:
        rien = (0,) * len(releve.employeurs)
        return tuple(ligne(rien if place is None else tableau[place]) for place in places)

    return Releve(
        employeurs=employeurs,
        etapes=tuple(map(ligne, releve.etapes)),
        femmes=tuple(map(ligne, releve.femmes)),
        hommes=tuple(map(ligne, releve.hommes)),
        mouvements=carre(releve.mouvements),
        mouvements_femmes=carre(releve.mouvements_femmes),
        mouvements_hommes=carre(releve.mouvements_hommes),
        engagees=releve.engagees,
    )
