"""The figures in force on a day, each with where it comes from and how sure we are of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path

from opportunites.remuneration.baremes.chargement import Entree, charger
from opportunites.remuneration.baremes.schema import (
    EMPLOIS_DIRECTION,
    GRILLES,
    NBI_DIRECTION,
    SCHEMAS,
    Cellule,
)
from opportunites.remuneration.erreurs import refuser
from opportunites.remuneration.textes import jour

DOSSIER = Path(__file__).resolve().parent
#: One copy of the pay grids in the project: the registre reads the same file.
FICHIER_GRILLES = DOSSIER.parents[2] / "cadres" / "fiche" / "referentiels" / "grilles.csv"

#: Beside the others: those of one family of emplois.
DOSSIER_DIRECTION = DOSSIER / "direction"

#: A whole payslip is computed from this day on; TIB alone from the other one.
DEBUT_BULLETIN = date(2024, 1, 1)
DEBUT_TRAITEMENT = date(2010, 1, 1)

PRUDENCE_MEMOIRE = "valeur donnée de mémoire, à vérifier avant tout usage"


@dataclass(frozen=True)
class Valeur:
    """A figure as it stood on a day. `confiance`: V verified, D derived, M from memory."""

    code: str
    libelle: str
    valeur: Decimal
    debut: date
    fin: date | None
    source: str
    confiance: str
    verifie_le: date | None
    prudence: str = ""


@dataclass(frozen=True)
class BaremeSft:
    """Fixed part and rate for a number of children, and the bounds of the index they apply to."""

    part_fixe: Decimal
    taux: Decimal
    inm_plancher: int
    inm_plafond: int
    valeur: Valeur


class Baremes:
    """All reference files, read once. `empreinte` identifies their content, for what is frozen with it."""

    def __init__(
        self,
        dossier: Path = DOSSIER,
        grilles: Path = FICHIER_GRILLES,
        direction: Path = DOSSIER_DIRECTION,
    ) -> None:
        self.tables: Mapping[str, tuple[Entree, ...]] = {
            nom: charger(dossier / f"{nom}.csv", schema) for nom, schema in SCHEMAS.items()
        }
        self.grilles = charger(grilles, GRILLES)
        self.emplois_direction = charger(direction / "emplois_direction.csv", EMPLOIS_DIRECTION)
        self.nbi_direction = charger(direction / "nbi_direction.csv", NBI_DIRECTION)
        self._series: dict[tuple[str, tuple[Cellule, ...]], list[Entree]] = {}
        for nom, table in self.tables.items():
            for entree in table:
                self._series.setdefault((nom, entree.cle), []).append(entree)
        octets = b"".join(
            chemin.read_bytes()
            for chemin in [
                *sorted(dossier.glob("*.csv")),
                grilles,
                *sorted(direction.glob("*.csv")),
            ]
        )
        self.empreinte = hashlib.sha256(octets).hexdigest()[:16]

    def point(self, ce_jour: date) -> Valeur:
        """Annual value of the point, in euros."""
        if ce_jour < DEBUT_TRAITEMENT:
            raise refuser(
                "date",
                f"Le traitement se calcule à partir du {jour(DEBUT_TRAITEMENT)} : la valeur du "
                "point n’est pas connue avant.",
            )
        return self._valeur("point_indice", (), ce_jour, "Valeur annuelle du point")

    def plafond(self, ce_jour: date, *, prolonge: bool = False) -> Valeur:
        """Monthly plafond de la sécurité sociale. `prolonge`: the last one known, with a caution."""
        serie = self.tables["plafond_securite_sociale"]
        dernier = max(serie, key=lambda e: e.debut or date.min)
        libelle = "Plafond mensuel de la sécurité sociale"
        if prolonge and dernier.fin is not None and ce_jour > dernier.fin:
            connu = _en_valeur(dernier, "PSS", libelle, dernier.decimal("valeur"))
            return replace(
                connu,
                confiance="D",
                prudence=f"plafond de {dernier.fin.year} reconduit : celui de {ce_jour.year} "
                "n’est pas connu",
            )
        return self._valeur("plafond_securite_sociale", (), ce_jour, libelle)

    def taux(self, code: str, ce_jour: date) -> Valeur:
        """Rate of a contribution."""
        entree = self._entree("cotisations", (code,), ce_jour)
        return _en_valeur(entree, code, entree.texte("libelle"), entree.decimal("taux"))

    def parametre(self, code: str, ce_jour: date) -> Valeur:
        entree = self._entree("parametres", (code,), ce_jour)
        return _en_valeur(entree, code, entree.texte("libelle"), entree.decimal("valeur"))

    def fraction(self, code: str, ce_jour: date) -> Fraction:
        """A parameter that is a share, such as 6/7: exact."""
        return Fraction(self._entree("parametres", (code,), ce_jour).nombre("valeur"))

    def sft(self, enfants: str, ce_jour: date) -> BaremeSft:
        """`enfants`: 1, 2, 3 or « supplementaire »."""
        entree = self._entree("sft", (enfants,), ce_jour)
        return BaremeSft(
            entree.decimal("part_fixe"),
            entree.decimal("part_proportionnelle"),
            entree.entier("inm_plancher"),
            entree.entier("inm_plafond"),
            _en_valeur(entree, "SFT", "Barème du SFT", entree.decimal("part_proportionnelle")),
        )

    @cached_property
    def inm_maximal(self) -> int:
        """The last chevron of the last letter."""
        return max(e.entier("inm") for e in self.tables["hors_echelle"])

    @cached_property
    def nbi_maximale(self) -> int:
        """In points, the highest of those that a text gives a function."""
        return max(e.entier("points") for e in self.tables["nbi"] if e.cellules["points"])

    @cached_property
    def dernier_jour(self) -> date:
        """The end of the last year of which a rate is written: beyond, everything would be a guess."""
        debuts = [e.debut for e in self.tables["cotisations"] if e.debut is not None]
        return date(max(debuts).year, 12, 31)

    def _valeur(self, table: str, cle: tuple[str, ...], ce_jour: date, libelle: str) -> Valeur:
        entree = self._entree(table, cle, ce_jour)
        code = "POINT" if table == "point_indice" else "PSS"
        return _en_valeur(entree, code, libelle, entree.decimal("valeur"))

    def _entree(self, table: str, cle: tuple[str, ...], ce_jour: date) -> Entree:
        serie = self._series.get((table, cle), [])
        for entree in serie:
            if entree.vaut(ce_jour):
                return entree
        quoi = cle[0] if cle else table
        raise refuser(
            "date",
            f"Le barème « {quoi} » n’est pas connu au {jour(ce_jour)} ; {_connu(serie)}.",
        )


def _connu(serie: list[Entree]) -> str:
    datees = sorted((e for e in serie if e.debut is not None), key=lambda e: e.debut or date.min)
    if not datees:
        return "aucune valeur datée n’en est enregistrée"
    debut, fin = datees[0].debut, datees[-1].fin
    assert debut is not None
    if fin is None:
        return f"dates admises : à partir du {jour(debut)}"
    return f"dates admises : du {jour(debut)} au {jour(fin)}"


def _en_valeur(entree: Entree, code: str, libelle: str, valeur: Decimal) -> Valeur:
    assert entree.debut is not None
    return Valeur(
        code,
        libelle,
        valeur,
        entree.debut,
        entree.fin,
        entree.source,
        entree.confiance,
        entree.verifie_le,
        PRUDENCE_MEMOIRE if entree.confiance == "M" else "",
    )


@cache
def baremes() -> Baremes:
    """Those of the package."""
    return Baremes()
