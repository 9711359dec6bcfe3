"""The true counts of one day, as the engine takes them: who reached which step, who went where.

Aggregates by employer of origin and by sex. They never leave the house: what does is a `Publication`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
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
#: Those that are told promotion by promotion: from the one at which one enters it.
PAR_PROMOTION = ("en_parcours", "proposes", "acceptees", "effectives")

Tableau = tuple[tuple[int, ...], ...]
#: The steps and the moves of one part of the people.
Classe = tuple[Tableau, Tableau]


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
    #: keys of the promotions, and what each person's last one counts: `etapes_promotions[p][k][o]`.
    promotions: tuple[str, ...] = ()
    etapes_promotions: tuple[Tableau, ...] = ()
    mouvements_promotions: tuple[Tableau, ...] = ()

    @property
    def effectives(self) -> int:
        return sum(map(sum, self.mouvements))

    def par_promotion(self) -> tuple[Classe, ...]:
        """Each promotion; then those who are in none."""
        reste = (
            _moins(self.etapes, self.etapes_promotions),
            _moins(self.mouvements, self.mouvements_promotions),
        )
        return (*zip(self.etapes_promotions, self.mouvements_promotions, strict=True), reste)

    @property
    def a_des_gens_sans_promotion(self) -> bool:
        """Whether somebody came past the entry of a parcours without a promotion."""
        etapes, mouvements = self.par_promotion()[-1]
        entree = ETAPES.index(PAR_PROMOTION[0])
        return any(map(any, etapes[entree:])) or any(map(any, mouvements))

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
            promotions=tuple(donnees.get("promotions", ())),
            etapes_promotions=tuple(map(_tableau, donnees.get("etapes_promotions", ()))),
            mouvements_promotions=tuple(map(_tableau, donnees.get("mouvements_promotions", ()))),
        )


def _tableau(lignes: Sequence[Sequence[int]]) -> Tableau:
    return tuple(tuple(ligne) for ligne in lignes)


def _moins(tout: Tableau, parts: Sequence[Tableau]) -> Tableau:
    return tuple(
        tuple(n - sum(part[i][j] for part in parts) for j, n in enumerate(ligne))
        for i, ligne in enumerate(tout)
    )


def aligner(
    releve: Releve, employeurs: tuple[str, ...], promotions: tuple[str, ...] | None = None
) -> Releve:
    """The same counts in the order of these employers and promotions; zero for one that was not there
    yet."""
    return _aligner_les_promotions(
        _aligner_les_employeurs(releve, employeurs),
        releve.promotions if promotions is None else promotions,
    )


def _aligner_les_promotions(releve: Releve, promotions: tuple[str, ...]) -> Releve:
    if releve.promotions == promotions:
        return releve
    places = {cle: rang for rang, cle in enumerate(releve.promotions)}
    largeur = len(releve.employeurs)

    def lignes(tableaux: Sequence[Tableau], hauteur: int) -> tuple[Tableau, ...]:
        rien: Tableau = ((0,) * largeur,) * hauteur
        return tuple(tableaux[places[cle]] if cle in places else rien for cle in promotions)

    return replace(
        releve,
        promotions=promotions,
        etapes_promotions=lignes(releve.etapes_promotions, len(ETAPES)),
        mouvements_promotions=lignes(releve.mouvements_promotions, largeur),
    )


def _aligner_les_employeurs(releve: Releve, employeurs: tuple[str, ...]) -> Releve:
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
        promotions=releve.promotions,
        etapes_promotions=tuple(tuple(map(ligne, t)) for t in releve.etapes_promotions),
        mouvements_promotions=tuple(map(carre, releve.mouvements_promotions)),
    )
