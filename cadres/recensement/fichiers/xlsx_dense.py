"""The plain .xlsx, read by calamine: values without formulas, for a fraction of openpyxl's time.

Both must say the same of a file, cell by cell, or openpyxl reads it: `convient` tells before, from
what `controle_xlsx` saw and from the number formats; `lignes` raises `Differe` on a value of which
the two make something else. calamine copies a shared text into each of its cells and allocates the
whole rectangle of a sheet, hence the bounds.
"""

import contextlib
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.xml.constants import ARC_SHARED_STRINGS
from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from cadres.recensement.fichiers.controle_xlsx import Controle, Partie

RECTANGLE_MAX = 1_000_000  # cells that calamine allocates for a sheet, 32 bytes each
DENSITE = 3  # cells of the rectangle for one that is written
CARACTERES_MAX = 100_000_000  # of the texts that it copies, if each were the longest
_EXACT_MAX = 1e15  # beyond, a number is kept as the file writes it (`cellules.nombre`)
_ANNEE_MIN = 1901  # 1900 has a 29th of February in spreadsheets
_PERSONNELS = 164  # first number of the formats that a workbook declares
_FORMATS_PARTAGES = frozenset((*range(23), *range(37, 46), 47, 48, 49))
_SANS_LETTRE = re.compile(r"[^A-Za-z\[\]]+|General|GENERAL")
_DATE = re.compile(r"(?:\[\$-[0-9A-Fa-f]+\])?(?:\\[^A-Za-z]|[dmyhsDMYHS/\-. :])+(?:;@)?")
_ENCODAGE = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)


class Differe(Exception):
    """This value, or this file, is for openpyxl."""


def convient(archive: zipfile.ZipFile, controle: Controle, classeur: Workbook) -> bool:
    """Whether calamine is known to read this workbook as openpyxl does."""
    parties = [p for p in controle.parties if controle.parties[p].cellules]
    noms = archive.namelist()
    return (
        controle.simple
        and not controle.formules
        and classeur.epoch != CALENDAR_MAC_1904
        and len(set(noms)) == len(noms)
        and all(_dense(controle, controle.parties[p]) for p in parties)
        and _formats_connus(classeur)
        and controle.styles_sans_jour.isdisjoint(map(str, _dates(classeur)))
        and all(_xml_ordinaire(archive, p) for p in (*parties, ARC_SHARED_STRINGS) if p in noms)
    )


def _dense(controle: Controle, partie: Partie) -> bool:
    rectangle = partie.derniere * partie.colonnes
    return (
        rectangle <= min(RECTANGLE_MAX, DENSITE * partie.cellules + 10_000)
        and partie.cellules * controle.texte_le_plus_long <= CARACTERES_MAX
    )


def _formats_connus(classeur: Any) -> bool:  # private names of openpyxl, as its types say
    """Only number formats of which both tell in the same way whether they are dates."""
    return all(
        n in _FORMATS_PARTAGES
        for n in {s.numFmtId for s in classeur._cell_styles}
        if n < _PERSONNELS
    ) and all(_SANS_LETTRE.fullmatch(f) or _DATE.fullmatch(f) for f in classeur._number_formats)


def _dates(classeur: Any) -> set[int]:
    """Cell styles that make a date of a number."""
    return {*classeur._date_formats, *classeur._timedelta_formats}


def _xml_ordinaire(archive: zipfile.ZipFile, partie: str) -> bool:
    """UTF-8, without a comment or a CDATA section."""
    octets = archive.read(partie).removeprefix(b"\xef\xbb\xbf")
    return b"<!" not in octets and b"\0" not in octets and not _ENCODAGE.search(octets[:200])


class ClasseurDense:
    def __init__(self, octets: bytes, noms: list[str]) -> None:
        """`noms`: every sheet, charts included, as openpyxl names them. Raises `Differe`."""
        with _pannes():
            self._classeur: CalamineWorkbook = load_workbook(io.BytesIO(octets))
        if self._classeur.sheet_names != noms or len(set(noms)) != len(noms):
            raise Differe

    def lignes(self, nom: str) -> Iterator[list[Any]]:
        """Each row from row 1 and column A on. Raises `Differe`."""
        with _pannes():
            feuille = self._classeur.get_sheet_by_name(nom)
        if feuille.start is None:
            return
        gauche = feuille.start[1]
        marge = [None] * gauche
        for ligne in feuille.iter_rows():
            yield [*marge, *(_valeur(v) for v in ligne)]


@contextlib.contextmanager
def _pannes() -> Iterator[None]:
    """What calamine refuses, or stumbles on (a panic is no ordinary exception), openpyxl judges."""
    try:
        yield
    except (CalamineError, ValueError, OverflowError) as e:
        raise Differe from e
    except BaseException as e:
        if type(e).__name__ == "PanicException":
            raise Differe from e
        raise


def _valeur(valeur: Any) -> Any:
    if isinstance(valeur, str):
        if "\r" in valeur:  # the ends of lines of XML are another matter in calamine
            raise Differe
        return valeur
    if isinstance(valeur, bool):
        return valeur
    if isinstance(valeur, int | float):
        if not abs(valeur) < _EXACT_MAX:  # NaN too
            raise Differe
        return valeur
    if isinstance(valeur, datetime):
        if valeur.time() != datetime.min.time() or valeur.year < _ANNEE_MIN:
            raise Differe
        return valeur
    if isinstance(valeur, date) and valeur.year >= _ANNEE_MIN:
        return datetime(valeur.year, valeur.month, valeur.day)  # noqa: DTZ001
    raise Differe
