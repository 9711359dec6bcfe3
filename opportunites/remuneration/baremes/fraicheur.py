"""Which figures somebody should read again in their source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from opportunites.remuneration.baremes.chargement import Entree
from opportunites.remuneration.baremes.direction.grille import (
    COMMUNE,
    DEPARTEMENT,
    EMPLOIS,
    REGION,
)
from opportunites.remuneration.baremes.lecture import Baremes
from opportunites.remuneration.textes import INSECABLE, jour

MOIS_DE_VALIDITE = 12
_EMPLOYEURS = {COMMUNE: "commune", DEPARTEMENT: "département", REGION: "région"}


@dataclass(frozen=True)
class ChiffreARevoir:
    """A line in force, or to come, not verified for more than twelve months; or never."""

    fichier: str
    ligne: int
    designation: str
    verifie_le: date | None
    source: str
    confiance: str

    @property
    def constat(self) -> str:
        if self.verifie_le is None:
            return "jamais vérifié"
        return f"vérifié le{INSECABLE}{jour(self.verifie_le)}"


def limite(aujourd_hui: date) -> date:
    """Verified on that day or after: still fresh. 29 February has no anniversary: 28 February."""
    annee = aujourd_hui.year - MOIS_DE_VALIDITE // 12
    try:
        return aujourd_hui.replace(year=annee)
    except ValueError:
        return aujourd_hui.replace(year=annee, day=28)


def est_a_revoir(verifie_le: date | None, aujourd_hui: date) -> bool:
    return verifie_le is None or verifie_le < limite(aujourd_hui)


def chiffres_a_revoir(baremes: Baremes, aujourd_hui: date) -> list[ChiffreARevoir]:
    """The oldest first; a value whose day is past is history, which needs no reading again."""
    trouves = [
        ChiffreARevoir(
            entree.fichier,
            entree.ligne,
            _designation(entree),
            entree.verifie_le,
            entree.source,
            entree.confiance,
        )
        for entree in _toutes(baremes)
        if (entree.fin is None or entree.fin >= aujourd_hui)
        and est_a_revoir(entree.verifie_le, aujourd_hui)
    ]
    return sorted(trouves, key=lambda c: (c.verifie_le or date.min, c.fichier, c.ligne))


def _toutes(baremes: Baremes) -> Iterator[Entree]:
    for table in baremes.tables.values():
        yield from table
    yield from baremes.grilles
    yield from baremes.emplois_direction
    yield from baremes.nbi_direction


def _designation(entree: Entree) -> str:
    for colonne in ("libelle", "fonction"):
        if colonne in entree.cellules:
            return entree.texte(colonne)
    if "emploi" in entree.cellules:
        return _emploi_de_direction(entree)
    return " ".join(str(partie) for partie in entree.cle) or entree.fichier.removesuffix(".csv")


def _emploi_de_direction(entree: Entree) -> str:
    """« Direction générale des services, commune de plus de 40 000 habitants, échelon 3 »."""
    emploi, employeur = entree.texte("emploi"), entree.texte("employeur")
    nom = f"{EMPLOIS.get(emploi, emploi)}, {_EMPLOYEURS.get(employeur, employeur.lower())}"
    if plus_de := entree.texte("plus_de"):
        nom += f" de plus de {int(plus_de):,} habitants".replace(",", INSECABLE)
    return f"{nom}, échelon {entree.texte('echelon')}" if "echelon" in entree.cellules else nom
