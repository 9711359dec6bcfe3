"""The process in which `xls` has an old workbook read: bytes in, cells out as JSON.

Run as a program, not imported: it first asks the system not to let it grow past what is allowed.
xlrd gives the result of a formula as if it were a value: the places of formulas are found apart.
"""

import contextlib
import io
import json
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import olefile
import xlrd

_DEBUT, _FIN, _FEUILLE, _PROTEGE = 0x809, 0x0A, 0x85, 0x2F
_FENETRE, _RANGEE, _FUSIONS = 0x3D, 0x208, 0xE5
_CACHEE = 0x20  # of a row: « its height is zero »
_FUSION_MIN = 3  # columns, as in `cellules`
_FORMULES = frozenset({0x06, 0x206, 0x406})
_FEUILLE_DE_CALCUL, _FEUILLE_DE_MACROS = 0, 1
_GENRES = {xlrd.XL_CELL_DATE: "date", xlrd.XL_CELL_BOOLEAN: "booleen"}

Places = set[tuple[int, int]]


@dataclass(slots=True)
class Feuillet:
    """What the records of a worksheet say, and xlrd does not."""

    formules: Places = field(default_factory=set)
    masquees: set[int] = field(default_factory=set)  # rows, from 0
    fusionnees: set[int] = field(default_factory=set)


class Refus(Exception):
    """Its text says which message the person reads."""


def lire(octets: bytes, lignes_max: int, feuilles_max: int) -> dict[str, Any]:
    flux = _flux(octets)
    feuillets, active = _feuillets(flux)
    if len(feuillets) > feuilles_max:
        raise Refus("feuilles")
    classeur = xlrd.open_workbook(
        file_contents=octets, logfile=io.StringIO(), on_demand=True, ragged_rows=True
    )
    feuilles = []
    for rang, feuillet in enumerate(feuillets):
        feuille = classeur.sheet_by_index(rang)
        lignes = list(_lignes(feuille, feuillet.formules, lignes_max))
        numeros = {numero for numero, _ in lignes}
        marques = [
            sorted(numeros & {r + 1 for r in rangs})
            for rangs in (feuillet.masquees, feuillet.fusionnees)
        ]
        feuilles.append((feuille.name, feuille.visibility != 0, rang == active, *marques, lignes))
        classeur.unload_sheet(rang)
    return {"date_1904": classeur.datemode == 1, "feuilles": feuilles}


def _flux(octets: bytes) -> bytes:
    """The records of the workbook, once known that it may be read."""
    with olefile.OleFileIO(io.BytesIO(octets)) as conteneur:
        noms = {partie for chemin in conteneur.listdir(storages=True) for partie in chemin}
        if "EncryptedPackage" in noms:
            raise Refus("mot de passe")
        if "Workbook" not in noms:
            raise Refus("ancien" if "Book" in noms else "autre")
        if any(nom.startswith("_VBA_PROJECT") for nom in noms):
            raise Refus("macros")
        return conteneur.openstream("Workbook").read()


def _enregistrements(flux: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    while position + 4 <= len(flux):
        genre, taille = struct.unpack_from("<HH", flux, position)
        position += 4 + taille
        yield genre, flux[position - taille : position]


def _feuillets(flux: bytes) -> tuple[list[Feuillet], int]:
    """Each worksheet, and which of them the workbook opens on (-1: a chart)."""
    debuts: list[int] = []
    rangs: list[int] = []  # -1 for what is not a worksheet
    active = 0
    for rang, (genre, donnees) in enumerate(_enregistrements(flux, 0)):
        if rang == 0 and (genre != _DEBUT or donnees[:2] != b"\x00\x06"):
            raise Refus("ancien")
        if genre == _PROTEGE:
            raise Refus("mot de passe")
        if genre == _FENETRE and len(donnees) >= 12:
            active = struct.unpack_from("<H", donnees, 10)[0]
        if genre == _FEUILLE:
            debut, _, sorte = struct.unpack_from("<IBB", donnees)
            if sorte == _FEUILLE_DE_MACROS:
                raise Refus("macros")
            calcul = sorte == _FEUILLE_DE_CALCUL
            rangs.append(len(debuts) if calcul else -1)
            if calcul:
                debuts.append(debut)
        if genre == _FIN:
            break
    feuillets = [_feuillet(flux, debut) for debut in debuts]
    return feuillets, rangs[active] if active < len(rangs) else -1


def _feuillet(flux: bytes, debut: int) -> Feuillet:
    feuillet = Feuillet()
    profondeur = 0  # a chart inside the sheet has its own records
    for genre, donnees in _enregistrements(flux, debut):
        profondeur += (genre == _DEBUT) - (genre == _FIN)
        if profondeur <= 0:
            break
        if profondeur != 1:
            continue
        if genre in _FORMULES:
            feuillet.formules.add(struct.unpack_from("<HH", donnees))
        elif genre == _RANGEE and len(donnees) >= 13 and donnees[12] & _CACHEE:
            feuillet.masquees.add(struct.unpack_from("<H", donnees)[0])
        elif genre == _FUSIONS:
            feuillet.fusionnees |= set(_fusions(donnees))
    return feuillet


def _fusions(donnees: bytes) -> Iterator[int]:
    """The rows that a merged cell fills over several columns."""
    for rang in range(min(struct.unpack_from("<H", donnees)[0], (len(donnees) - 2) // 8)):
        haut, bas, gauche, droite = struct.unpack_from("<HHHH", donnees, 2 + 8 * rang)
        if haut == bas and droite - gauche + 1 >= _FUSION_MIN:
            yield haut


def _lignes(feuille: xlrd.sheet.Sheet, formules: Places, maximum: int) -> Iterator[Any]:
    """(row number, [(column, kind, value, whether a formula)]) of the rows that hold something."""
    gardees = 0
    for rang in range(feuille.nrows):
        cellules = [
            (colonne, *_valeur(cellule), (rang, colonne) in formules)
            for colonne, cellule in enumerate(feuille.row(rang))
            if cellule.value != "" or (rang, colonne) in formules
        ]
        if cellules:
            yield rang + 1, cellules
            gardees += 1
            if gardees > maximum:
                return


def _valeur(cellule: xlrd.sheet.Cell) -> tuple[str, str | float]:
    if cellule.ctype == xlrd.XL_CELL_ERROR:
        return "texte", xlrd.error_text_from_code.get(cellule.value, "#N/A")
    return _GENRES.get(cellule.ctype, ""), cellule.value


def _borner(memoire: int) -> None:
    with contextlib.suppress(ImportError, ValueError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memoire, memoire))


def main() -> None:
    lignes_max, feuilles_max, memoire_max = map(int, sys.argv[1:])
    _borner(memoire_max)
    try:
        lu = json.dumps(lire(sys.stdin.buffer.read(), lignes_max, feuilles_max))
    except Refus as refus:
        lu = json.dumps({"refus": str(refus)})
    except Exception:  # noqa: BLE001 (xlrd on a damaged file: anything)
        lu = json.dumps({"refus": "abime"})
    sys.stdout.write(lu)


if __name__ == "__main__":
    main()
