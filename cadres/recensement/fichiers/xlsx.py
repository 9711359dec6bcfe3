"""Reader of .xlsx: openpyxl, row by row; stored values and, where there are any, formulas.

openpyxl gives either: the workbook is opened twice when it holds formulas, and the rows of both
are read side by side. Nothing is evaluated. The values of a plain workbook are read by calamine
(`xlsx_dense`), openpyxl opening it without its texts.
"""

import contextlib
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from defusedxml.ElementTree import fromstring, tostring
from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.constants import ARC_CORE, ARC_STYLE, COREPROPS_NS

from cadres.recensement.erreurs import (
    PAS_UN_CLASSEUR,
    TROP_DE_FEUILLES,
    FichierAbime,
    FichierIllisible,
)
from cadres.recensement.fichiers.archive import lire_debut
from cadres.recensement.fichiers.cellules import (
    APERCU,
    COLONNES_MAX,
    FEUILLES_MAX,
    LIGNES_MAX,
    TEXTE_MAX,
    Cellule,
    Feuille,
    Formule,
    Scalaire,
    nombre,
)
from cadres.recensement.fichiers.controle_xlsx import controler
from cadres.recensement.fichiers.xlsx_dense import ClasseurDense, Differe, convient

_MACROS = ("vbaproject.bin", "xl/macrosheets/")
_STRICT = "Ce classeur est au format « Open XML strict ». Enregistrez-le au format .xlsx ordinaire (« Classeur Excel »)."


def contient_macros(archive: zipfile.ZipFile) -> bool:
    noms = [n.lower() for n in archive.namelist()]
    if any(marque in nom for nom in noms for marque in _MACROS):
        return True
    return b"macroEnabled" in lire_debut(archive, "[Content_Types].xml")


class SourceXlsx:
    """A workbook whose sheets are read on demand."""

    def __init__(self, octets: bytes, archive: zipfile.ZipFile) -> None:
        self._controle = controler(archive)
        if b"purl.oclc.org/ooxml" in lire_debut(archive, "xl/workbook.xml"):
            raise FichierIllisible(_STRICT)
        self._octets = octets
        self._valeurs = _ouvrir(octets, data_only=True, textes=not self._controle.simple)
        self._dense = self._ouvrir_dense(archive) if self._controle.simple else None
        self._formules = _ouvrir(octets, data_only=False) if self._controle.formules else None
        self.date_1904 = self._valeurs.epoch == CALENDAR_MAC_1904
        self._noms = [f.title for f in self._valeurs.worksheets]
        self._active = _active(self._valeurs)
        self._courtes: dict[str, Feuille] = {}  # sheets that were read to their end at once
        if not self._noms:
            raise FichierIllisible(PAS_UN_CLASSEUR)
        if len(self._noms) > FEUILLES_MAX:
            raise FichierIllisible(TROP_DE_FEUILLES)

    def _ouvrir_dense(self, archive: zipfile.ZipFile) -> ClasseurDense | None:
        with contextlib.suppress(Differe):
            classeur: Any = self._valeurs
            if convient(archive, self._controle, classeur):
                return ClasseurDense(self._octets, [f.title for f in classeur._sheets])
        self._valeurs = _ouvrir(self._octets, data_only=True)
        return None

    def apercus(self) -> list[Feuille]:
        feuilles = [self._lire(nom, APERCU) for nom in self._noms]
        self._courtes = {f.nom: f for f in feuilles if not f.tronquee}
        if self._controle.valeurs and not any(f.lignes or f.tronquee for f in feuilles):
            raise FichierAbime  # not « empty »: openpyxl does not see what is there
        return feuilles

    def complete(self, nom: str) -> Feuille:
        return self._courtes.get(nom) or self._lire(nom, LIGNES_MAX + APERCU)

    def _lire(self, nom: str, maximum: int) -> Feuille:
        try:
            return self._parcourir(nom, maximum)
        except Differe:
            self._dense, self._valeurs = None, _ouvrir(self._octets, data_only=True)
            return self._parcourir(nom, maximum)

    def _parcourir(self, nom: str, maximum: int) -> Feuille:
        rang = self._noms.index(nom)
        source: Any = self._valeurs.worksheets[rang]  # not an ordinary Worksheet
        feuille = Feuille(nom, source.sheet_state != "visible", nom == self._active)
        partie = self._controle.parties.get(source._worksheet_path.lstrip("/"))
        if partie is not None:
            feuille.masquees, feuille.fusionnees = partie.masquees, partie.fusionnees
            feuille.nb_lignes = partie.pleines
        try:
            with _sans_avertissement():
                for numero, ligne in enumerate(self._lignes(rang), start=1):
                    if ligne and not feuille.ajouter(numero, enumerate(ligne), maximum):
                        break
        except Differe:
            raise
        except Exception as e:  # of a damaged file: anything
            raise FichierAbime from e
        return feuille

    def _lignes(self, rang: int) -> Iterator[list[Cellule]]:
        """Each row as wide as its own last cell: no rectangle is allocated."""
        if self._dense is not None:
            for dense in self._dense.lignes(self._noms[rang]):
                yield [_scalaire(v) for v in _bornee(dense)]
            return
        valeurs = self._valeurs.worksheets[rang].iter_rows(values_only=True)
        if self._formules is None:
            for ligne in valeurs:
                yield [_scalaire(v) for v in _bornee(ligne)]
            return
        formules = self._formules.worksheets[rang].iter_rows()
        for ligne, cellules in zip(valeurs, formules, strict=True):
            yield [
                _scalaire(v) if c.data_type != "f" else Formule(_texte(c.value), _scalaire(v))
                for v, c in zip(_bornee(ligne), cellules, strict=False)
            ]


def _active(classeur: Workbook) -> str:
    """The sheet on which the workbook opens, "" when it is a chart, or none."""
    try:
        return str(getattr(classeur.active, "title", ""))
    except IndexError:
        return ""


def _sans_avertissement() -> warnings.catch_warnings:
    """openpyxl warns of what it leaves out: styles, extensions, images. None is a staff list's."""
    return warnings.catch_warnings(action="ignore", category=UserWarning)


class _Onglet(ReadOnlyWorksheet):
    def _get_size(self) -> None:
        """Nothing: what a sheet announces is not believed, and without it openpyxl reads it all."""


class _Lecteur(ExcelReader):
    """openpyxl's own, which does not read a sheet to measure it, nor texts that it will not give."""

    def __init__(self, octets: bytes, *, data_only: bool, textes: bool) -> None:
        super().__init__(io.BytesIO(octets), read_only=True, data_only=data_only, keep_links=False)
        self._textes = textes

    def read_strings(self) -> None:
        if self._textes:
            super().read_strings()

    def read_worksheets(self) -> None:
        classeur: Any = self.wb
        feuille: Any
        for feuille, lien in self.parser.find_sheets():
            if lien.target not in self.valid_files:
                continue
            if "chartsheet" in lien.Type:
                self.read_chartsheet(feuille, lien)
                continue
            onglet = _Onglet(classeur, feuille.name, lien.target, self.shared_strings)
            onglet.sheet_state = feuille.state
            classeur._sheets.append(onglet)


def _ouvrir(octets: bytes, *, data_only: bool, textes: bool = True) -> Workbook:
    try:
        with _sans_avertissement():
            with contextlib.suppress(Exception):
                return _charger(octets, data_only, textes)
            return _charger(_alleger(octets), data_only, textes)
    except Exception as e:  # of a damaged file: anything
        raise FichierAbime from e


def _charger(octets: bytes, data_only: bool, textes: bool) -> Workbook:
    lecteur = _Lecteur(octets, data_only=data_only, textes=textes)
    lecteur.read()
    return lecteur.wb


def _alleger(octets: bytes) -> bytes:
    """The same workbook, without what openpyxl is strict about and a staff list has no use for.

    It refuses whole workbooks, which other programs write and Excel opens, for an empty fill or an
    unknown property. Number formats are kept: they tell dates. Later entries of a zip hide earlier ones.
    """
    tampon = io.BytesIO(octets)
    with zipfile.ZipFile(tampon, "a") as archive:
        styles = fromstring(archive.read(ARC_STYLE))
        for partie in list(styles):
            if not partie.tag.endswith(("}numFmts", "}cellXfs")):
                styles.remove(partie)
        for style in styles.iterfind("{*}cellXfs/{*}xf"):
            numero = style.get("numFmtId", "0")
            style.clear()
            style.set("numFmtId", numero)
        archive.writestr(ARC_STYLE, tostring(styles))
        archive.writestr(ARC_CORE, f'<coreProperties xmlns="{COREPROPS_NS}"/>')
    return tampon.getvalue()


def _bornee(ligne: Sequence[Any]) -> Sequence[Any]:
    """Without the cells on the right that are only styled, one value of theirs kept if there is any."""
    if len(ligne) <= COLONNES_MAX:
        return ligne
    loin = next((v for v in ligne[COLONNES_MAX:] if v is not None), None)
    return (*ligne[:COLONNES_MAX], loin)


def _texte(formule: object) -> str:
    texte = getattr(formule, "text", formule)  # an array formula has its own class
    return (texte if isinstance(texte, str) else "=")[:TEXTE_MAX]


def _scalaire(valeur: object) -> Scalaire:
    if isinstance(valeur, str):
        return valeur[:TEXTE_MAX] or None
    if valeur is None or isinstance(valeur, bool):
        return valeur
    if isinstance(valeur, int | float):
        return nombre(valeur)
    if isinstance(valeur, datetime):
        return valeur if valeur.hour or valeur.minute else valeur.date()
    if isinstance(valeur, time):
        return f"{valeur:%H:%M}"
    return str(valeur)  # timedelta
