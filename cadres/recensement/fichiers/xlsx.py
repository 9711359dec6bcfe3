"""Reader of .xlsx: openpyxl, row by row; stored values and, where there are any, formulas.

openpyxl gives either: the workbook is opened twice when it holds formulas, and the rows of both
are read side by side. Nothing is evaluated.
"""

import contextlib
import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from defusedxml.ElementTree import fromstring, tostring
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
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
        self._valeurs = _ouvrir(octets, data_only=True)
        self._formules = _ouvrir(octets, data_only=False) if self._controle.formules else None
        self.date_1904 = self._valeurs.epoch == CALENDAR_MAC_1904
        self._noms = [f.title for f in self._valeurs.worksheets]
        self._active = _active(self._valeurs)
        self._courtes: dict[str, Feuille] = {}  # sheets that were read to their end at once
        if not self._noms:
            raise FichierIllisible(PAS_UN_CLASSEUR)
        if len(self._noms) > FEUILLES_MAX:
            raise FichierIllisible(TROP_DE_FEUILLES)

    def apercus(self) -> list[Feuille]:
        feuilles = [self._lire(nom, APERCU) for nom in self._noms]
        self._courtes = {f.nom: f for f in feuilles if not f.tronquee}
        if self._controle.valeurs and not any(f.lignes or f.tronquee for f in feuilles):
            raise FichierAbime  # not « empty »: openpyxl does not see what is there
        return feuilles

    def complete(self, nom: str) -> Feuille:
        return self._courtes.get(nom) or self._lire(nom, LIGNES_MAX + APERCU)

    def _lire(self, nom: str, maximum: int) -> Feuille:
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
        except Exception as e:  # of a damaged file: anything
            raise FichierAbime from e
        return feuille

    def _lignes(self, rang: int) -> Iterator[list[Cellule]]:
        """Each row as wide as its own last cell: no rectangle is allocated."""
        valeurs = _feuille(self._valeurs, rang).iter_rows(values_only=True)
        if self._formules is None:
            for ligne in valeurs:
                yield [_scalaire(v) for v in _bornee(ligne)]
            return
        formules = _feuille(self._formules, rang).iter_rows()
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


def _ouvrir(octets: bytes, *, data_only: bool) -> Workbook:
    try:
        with _sans_avertissement():
            with contextlib.suppress(Exception):
                return _charger(octets, data_only)
            return _charger(_alleger(octets), data_only)
    except Exception as e:  # of a damaged file: anything
        raise FichierAbime from e


def _charger(octets: bytes, data_only: bool) -> Workbook:
    return load_workbook(io.BytesIO(octets), read_only=True, data_only=data_only, keep_links=False)


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


def _feuille(classeur: Workbook, rang: int) -> Any:  # not an ordinary Worksheet, as its types say
    feuille: Any = classeur.worksheets[rang]
    feuille.reset_dimensions()  # often wrong, and what lies outside would not be read
    return feuille


def _bornee(ligne: tuple[Any, ...]) -> tuple[Any, ...]:
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
