"""Cells and rows as the readers hand them over, and the limits that keep memory bounded."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

TAILLE_MAX = 20 * 1024 * 1024  # bytes, of the uploaded file
LIGNES_MAX = 20_000  # data rows that are not empty
COLONNES_MAX = 200
FEUILLES_MAX = 100
APERCU = 60  # non-empty rows of a sheet read to find its header row
FUSION_MIN = 3  # columns that a merged cell spans to be the title of a block
TEXTE_MAX = 32_767  # characters in a cell, Excel's own limit

Scalaire = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Formule:
    """A formula, never evaluated; `valeur` is the result that the spreadsheet had stored."""

    texte: str
    valeur: Scalaire


Cellule = Scalaire | Formule
Ligne = tuple[int, list[Cellule]]
"""The spreadsheet's own row number (from 1), and the cells from column A on."""


@dataclass(slots=True)
class Feuille:
    """One sheet: only rows that hold something."""

    nom: str
    masquee: bool = False
    active: bool = False  # the workbook opens on it
    lignes: list[Ligne] = field(default_factory=list)
    #: Numbers of the rows that a filter, or a hand, hides; of those that are one wide merged cell.
    masquees: set[int] = field(default_factory=set)
    fusionnees: set[int] = field(default_factory=set)
    nb_lignes: int = 0  # rows that hold something, whether read or not; 0 when not counted
    tronquee: bool = False
    trop_large: bool = False

    def ajouter(self, numero: int, cellules: Iterable[tuple[int, Cellule]], maximum: int) -> bool:
        """Keep a row given as (column, value) pairs; False once `maximum` rows are passed."""
        retenues = [(i, v) for i, v in cellules if v is not None and v != ""]
        if not retenues:
            return True
        if len(self.lignes) >= maximum:
            self.tronquee = True
            return False
        derniere = retenues[-1][0]
        if derniere >= COLONNES_MAX:
            self.trop_large = True
            retenues = [(i, v) for i, v in retenues if i < COLONNES_MAX]
            derniere = retenues[-1][0] if retenues else -1
        ligne: list[Cellule] = [None] * (derniere + 1)
        for i, valeur in retenues:
            ligne[i] = valeur
        if ligne:
            self.lignes.append((numero, ligne))
        return True

    @property
    def compte(self) -> int:
        """Rows that hold something."""
        return max(self.nb_lignes, len(self.lignes))


class Source(Protocol):
    """A workbook opened: what each sheet begins with, then one sheet whole."""

    date_1904: bool

    def apercus(self) -> list[Feuille]: ...

    def complete(self, nom: str) -> Feuille: ...


def texte_brut(cellule: Cellule) -> str:
    """A cell as text for people, dates in French form; formulas as they are written."""
    if cellule is None:
        return ""
    if isinstance(cellule, Formule):
        return cellule.texte
    if isinstance(cellule, bool):
        return "Oui" if cellule else "Non"
    if isinstance(cellule, date):
        return f"{cellule.day:02}/{cellule.month:02}/{cellule.year:04}"
    return str(cellule)


def depuis_serie(nombre: float, date_1904: bool) -> date | datetime | None:
    """A spreadsheet's serial number of days as a date; None when it cannot be one."""
    origine = datetime(1904, 1, 1) if date_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
    if not 0 <= nombre < 2_958_466:  # NaN and negative as well; 31/12/9999
        return None
    try:
        moment = origine + timedelta(days=round(nombre * 86_400) / 86_400)
    except OverflowError:
        return None
    return moment if moment.hour or moment.minute else moment.date()


def nombre(brut: str | float) -> int | float | str:
    """A number as the file writes it; as text when it is none, or too long to be exact."""
    try:
        valeur = float(brut)
    except (ValueError, OverflowError):
        return str(brut)
    if valeur != valeur or abs(valeur) > 1e15:
        return str(brut)
    return int(valeur) if valeur.is_integer() else valeur
