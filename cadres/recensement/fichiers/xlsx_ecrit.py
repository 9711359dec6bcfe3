"""An xlsx written row by row (ECMA-376): what is in memory does not grow with the list.

openpyxl keeps a table of every text that it met, and costs ten times as much. The sheet is written as it
is read; texts stand in their cells (`inlineStr`), typed as such whatever they begin with.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter

#: With which a text could be taken for a formula.
DANGER = ("=", "+", "-", "@", "\t", "\r")
#: Styles of a cell, by their place in `cellXfs`.
ORDINAIRE, GRAS, JOUR, JOUR_ET_HEURE, TEXTE_FORCE = range(5)
#: The first day of the calendar of spreadsheets that counts well; they believe in 29 February 1900.
_PREMIER_JOUR = date(1900, 3, 1)
_ORIGINE = date(1899, 12, 30)
_ENTETE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PRINCIPAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LIENS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAQUET = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'{_ENTETE}<Types xmlns="{_PAQUET}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType='
    '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RACINE = (
    f'{_ENTETE}<Relationships xmlns="{_PAQUET}/relationships">'
    f'<Relationship Id="rId1" Type="{_LIENS}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PAQUET}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)
_DU_CLASSEUR = (
    f'{_ENTETE}<Relationships xmlns="{_PAQUET}/relationships">'
    f'<Relationship Id="rId1" Type="{_LIENS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_LIENS}/styles" Target="styles.xml"/></Relationships>'
)
_STYLES = (
    f'{_ENTETE}<styleSheet xmlns="{_PRINCIPAL}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="DD/MM/YYYY"/>'
    '<numFmt numFmtId="165" formatCode="DD/MM/YYYY\\ HH:MM"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_ECHAPPER = {"\r": "&#13;"}
_ESPACES = ' xml:space="preserve"'

Valeur = str | int | float | Decimal | date | datetime | None


def ecrire_classeur(
    fichier: IO[bytes],
    titre: str,
    entetes: Sequence[str],
    lignes: Iterable[Sequence[Valeur]],
    cachees: Iterable[int],
) -> None:
    """One sheet called `titre`: headings in bold, frozen, repeated on paper, with their filters.

    `lignes`: cleaned values; a text that could be taken for a formula is marked as a text. `cachees`: ranks of
    the columns that are not shown, from 0.
    """
    lettres = [get_column_letter(i) for i in range(1, max(1, len(entetes)) + 1)]
    with zipfile.ZipFile(fichier, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RACINE)
        archive.writestr("docProps/core.xml", _proprietes(titre))
        archive.writestr("xl/_rels/workbook.xml.rels", _DU_CLASSEUR)
        archive.writestr("xl/styles.xml", _STYLES)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as feuille:
            feuille.write(_debut(entetes, frozenset(cachees)).encode())
            feuille.write(_ligne(1, lettres, entetes, GRAS).encode())
            nombre = 1
            for nombre, ligne in enumerate(lignes, start=2):
                feuille.write(_ligne(nombre, lettres, ligne, ORDINAIRE).encode())
            plage = f"A1:{lettres[-1]}{nombre}"
            feuille.write(f'</sheetData><autoFilter ref="{plage}"/></worksheet>'.encode())
        archive.writestr("xl/workbook.xml", _classeur(titre, lettres[-1], nombre))


def _proprietes(titre: str) -> str:
    """What a screen reader announces of the file: its title, its language."""
    le = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return (
        f'{_ENTETE}<cp:coreProperties xmlns:cp="{_PAQUET}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(titre)}</dc:title><dc:creator>Quatuor</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{le}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{le}</dcterms:modified>'
        "<dc:language>fr-FR</dc:language></cp:coreProperties>"
    )


def _classeur(titre: str, derniere: str, lignes: int) -> str:
    feuille = escape("'" + titre.replace("'", "''") + "'")
    return (
        f'{_ENTETE}<workbook xmlns="{_PRINCIPAL}" xmlns:r="{_LIENS}">'
        f'<sheets><sheet name={quoteattr(titre)} sheetId="1" r:id="rId1"/></sheets><definedNames>'
        '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
        f"{feuille}!$A$1:${derniere}${lignes}</definedName>"
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{feuille}!$1:$1</definedName>'
        "</definedNames></workbook>"
    )


def _debut(entetes: Sequence[str], cachees: frozenset[int]) -> str:
    cachee = {True: ' hidden="1"', False: ""}
    colonnes = "".join(
        f'<col min="{i}" max="{i}" width="{min(40, max(12, len(entete) + 4))}" customWidth="1"'
        f"{cachee[i - 1 in cachees]}/>"
        for i, entete in enumerate(entetes, start=1)
    )
    return (
        f'{_ENTETE}<worksheet xmlns="{_PRINCIPAL}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft"/></sheetView></sheetViews>'
        + (f"<cols>{colonnes}</cols>" if colonnes else "")
        + "<sheetData>"
    )


def _ligne(numero: int, lettres: Sequence[str], valeurs: Sequence[Valeur], style: int) -> str:
    cellules = []
    for rang, valeur in enumerate(valeurs):
        if valeur is None or valeur == "":
            continue
        lettre = lettres[rang] if rang < len(lettres) else get_column_letter(rang + 1)
        cellules.append(_cellule(f"{lettre}{numero}", valeur, style))
    return f'<row r="{numero}">{"".join(cellules)}</row>'


def _cellule(place: str, valeur: Valeur, style: int) -> str:
    if isinstance(valeur, str):
        if not style and valeur.startswith(DANGER):
            style = TEXTE_FORCE
        marque = f' s="{style}"' if style else ""
        espaces = "" if valeur.isprintable() and valeur.strip() == valeur else _ESPACES
        texte = escape(valeur, _ECHAPPER) if espaces else escape(valeur)
        return f'<c r="{place}"{marque} t="inlineStr"><is><t{espaces}>{texte}</t></is></c>'
    if isinstance(valeur, date):
        jour = valeur.date() if isinstance(valeur, datetime) else valeur
        if jour < _PREMIER_JOUR:  # those of before are counted otherwise by each program
            return _cellule(place, f"{jour:%d/%m/}{jour.year:04}", style)
        nombre: float = (jour - _ORIGINE).days
        if not isinstance(valeur, datetime):
            return f'<c r="{place}" s="{JOUR}"><v>{nombre}</v></c>'
        secondes = valeur.hour * 3600 + valeur.minute * 60 + valeur.second
        return f'<c r="{place}" s="{JOUR_ET_HEURE}"><v>{nombre + secondes / 86_400}</v></c>'
    if isinstance(valeur, float | Decimal) and not isfinite(valeur):
        return ""
    return f'<c r="{place}"><v>{valeur}</v></c>'
