"""Spreadsheets out: xlsx, csv and ods in which no text can ever become a formula.

A text that begins with = + - @ or a tab is written as text: typed as a string in xlsx (with the
quote prefix) and ods, led by an apostrophe in csv, which has no types.
"""

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from cadres.recensement.fichiers.xlsx_ecrit import DANGER, ecrire_classeur

TYPES_MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_INTERDITS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MORCEAU = 1 << 16
_EN_MEMOIRE = 4 * 1024 * 1024  # bytes, beyond which the file is prepared on disk
_TEXTE_MAX = 32_767  # characters, the limit of a cell


def ecrire_tableur(
    entetes: Sequence[str],
    lignes: Iterable[Sequence[object]],
    format: str,  # noqa: A002
    *,
    cachees: Collection[str] = (),
    titre: str = "Export",
) -> Iterator[bytes]:
    """The bytes of a spreadsheet, in pieces. None is an empty cell, a boolean is Oui or Non.

    All the rows are read before the first piece: see `entier`.

    `cachees`: headings of the columns that a spreadsheet program does not show (csv shows them all).
    `titre`: what a screen reader announces of an xlsx when it opens, and the name of its sheet.
    """
    ecrivains = {"csv": _csv, "ods": _ods}
    if format == "xlsx":
        return _xlsx(entetes, lignes, frozenset(cachees), titre)
    if format not in ecrivains:
        raise ValueError(f"format inconnu : {format}")
    return ecrivains[format](entetes, lignes, frozenset(cachees))


def entier(morceaux: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, once the whole file is made (on disk, when it is large): a page that fails says so
    instead of sending half a file, and nothing is read of the database once it has answered."""
    premier = next(morceaux, b"")
    return chain([premier], morceaux)


def est_dangereux(texte: str) -> bool:
    return texte.startswith(DANGER)


def _valeur(brute: object) -> str | int | float | Decimal | date | datetime | None:
    if type(brute) is str and len(brute) <= _TEXTE_MAX and brute.isprintable():
        return brute  # nearly all cells
    if isinstance(brute, datetime):
        return brute.replace(tzinfo=None)
    if brute is None or (
        isinstance(brute, int | float | Decimal | date) and not isinstance(brute, bool)
    ):
        return brute
    if isinstance(brute, bool):
        return "Oui" if brute else "Non"
    return _INTERDITS.sub("", str(brute))[:_TEXTE_MAX]


def _csv(
    entetes: Sequence[str], lignes: Iterable[Sequence[object]], _cachees: frozenset[str]
) -> Iterator[bytes]:
    with tempfile.SpooledTemporaryFile(max_size=_EN_MEMOIRE) as fichier:
        texte = io.TextIOWrapper(fichier, encoding="utf-8", newline="", write_through=True)
        texte.write("\ufeff")  # Excel then reads UTF-8
        ecrivain = csv.writer(texte, delimiter=";", lineterminator="\r\n")
        ecrivain.writerow([_texte_csv(e) for e in entetes])
        ecrivain.writerows([_texte_csv(v) for v in ligne] for ligne in lignes)
        texte.detach()
        yield from _morceaux(fichier)


def _texte_csv(brute: object) -> str:
    valeur = _valeur(brute)
    if valeur is None:
        return ""
    if isinstance(valeur, datetime):
        return f"{valeur:%d/%m/%Y %H:%M}"
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    if isinstance(valeur, float | Decimal):
        return str(valeur).replace(".", ",")
    if isinstance(valeur, str) and est_dangereux(valeur):
        return "'" + valeur
    return str(valeur)


def nommer(classeur: Workbook, titre: str) -> None:
    """Its title and its language, which a screen reader takes from the properties of the file."""
    classeur.properties.title = titre
    classeur.properties.language = "fr-FR"
    classeur.properties.creator = "Quatuor"


def _xlsx(
    entetes: Sequence[str],
    lignes: Iterable[Sequence[object]],
    cachees: frozenset[str],
    titre: str,
) -> Iterator[bytes]:
    with tempfile.SpooledTemporaryFile(max_size=_EN_MEMOIRE) as fichier:
        ecrire_classeur(
            fichier,
            titre,
            [str(_valeur(entete)) for entete in entetes],
            ([_valeur(v) for v in ligne] for ligne in lignes),
            (rang for rang, entete in enumerate(entetes) if entete in cachees),
        )
        yield from _morceaux(fichier)


_ODS_DEBUT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2">'
    '<office:automatic-styles><number:date-style style:name="J"><number:day number:style="long"/>'
    '<number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/></number:date-style>'
    '<style:style style:name="date" style:family="table-cell" style:data-style-name="J"/>'
    '<style:style style:name="entete" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
    '<office:body><office:spreadsheet><table:table table:name="Export">'
)
_ODS_FILTRE = (
    '</table:table><table:database-ranges><table:database-range table:name="Export"'
    ' table:target-range-address="Export.A1:Export.{derniere}" table:display-filter-buttons="true"/>'
    "</table:database-ranges></office:spreadsheet></office:body></office:document-content>"
)
_ODS_COLONNE = "<table:table-column/>"
_ODS_COLONNE_CACHEE = '<table:table-column table:visibility="collapse"/>'
_ODS_MANIFESTE = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.2"'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPES_MIME["ods"]}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def _ods(
    entetes: Sequence[str], lignes: Iterable[Sequence[object]], cachees: frozenset[str]
) -> Iterator[bytes]:
    with tempfile.SpooledTemporaryFile(max_size=_EN_MEMOIRE) as fichier:
        with zipfile.ZipFile(fichier, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", TYPES_MIME["ods"], zipfile.ZIP_STORED)
            archive.writestr("META-INF/manifest.xml", _ODS_MANIFESTE)
            with archive.open("content.xml", "w") as contenu:
                contenu.write(_ODS_DEBUT.encode())
                colonnes = (_ODS_COLONNE_CACHEE if e in cachees else _ODS_COLONNE for e in entetes)
                contenu.write("".join(colonnes).encode())
                contenu.write(_ligne_ods(entetes, ' table:style-name="entete"'))
                nombre = 1
                for nombre, ligne in enumerate(lignes, start=2):  # noqa: B007
                    contenu.write(_ligne_ods(ligne))
                derniere = f"{get_column_letter(max(1, len(entetes)))}{nombre}"
                contenu.write(_ODS_FILTRE.format(derniere=derniere).encode())
        yield from _morceaux(fichier)


def _ligne_ods(ligne: Sequence[object], style: str = "") -> bytes:
    cellules = "".join(_cellule_ods(_valeur(v), style) for v in ligne)
    return f"<table:table-row>{cellules}</table:table-row>".encode()


def _cellule_ods(valeur: object, style: str) -> str:
    if valeur is None or valeur == "":
        return "<table:table-cell/>"
    if isinstance(valeur, datetime):
        valeur = f"{valeur:%d/%m/%Y %H:%M}"
    if isinstance(valeur, date):
        return (
            f'<table:table-cell table:style-name="date" office:value-type="date"'
            f' office:date-value="{valeur.isoformat()}"><text:p>{valeur:%d/%m/%Y}</text:p></table:table-cell>'
        )
    if isinstance(valeur, int | float | Decimal):
        return (
            f'<table:table-cell office:value-type="float" office:value="{valeur}">'
            f"<text:p>{valeur}</text:p></table:table-cell>"
        )
    paragraphes = "".join(f"<text:p>{escape(p)}</text:p>" for p in str(valeur).split("\n"))
    return f'<table:table-cell{style} office:value-type="string">{paragraphes}</table:table-cell>'


def _morceaux(fichier: IO[bytes]) -> Iterator[bytes]:
    fichier.seek(0)
    while morceau := fichier.read(_MORCEAU):
        yield morceau
