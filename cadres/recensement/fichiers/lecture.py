"""Reading an uploaded staff list: format by content, guards, choice of the sheet.

Nothing here is evaluated, followed or written to disk. Raises `FichierIllisible` and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cadres.recensement.champs.texte import typographie
from cadres.recensement.entetes.entete import Entete
from cadres.recensement.erreurs import MACROS, VIDE, FichierIllisible
from cadres.recensement.fichiers import ods, xlsx
from cadres.recensement.fichiers.archive import ouvrir
from cadres.recensement.fichiers.cellules import (
    COLONNES_MAX,
    LIGNES_MAX,
    TAILLE_MAX,
    Ligne,
    Source,
)
from cadres.recensement.fichiers.csv_texte import NOMS_ENCODAGES, SourceCsv
from cadres.recensement.fichiers.feuilles import choisir, trop_de_lignes
from cadres.recensement.fichiers.xls import SIGNATURE, SourceXls
from cadres.recensement.modeles import FeuillePossible

_FORMATS = "Déposez un fichier .xlsx, .xls, .ods ou .csv."
_ETRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"BM", "une image"),
    (b"II*\x00", "une image"),
    (b"MM\x00*", "une image"),
    (b"RIFF", "une image ou un son"),
    (b"%PDF", "un document PDF"),
    (b"{\\rtf", "un document de texte"),
    (b"MZ", "un programme"),
    (b"\x7fELF", "un programme"),
    (b"\x1f\x8b", "une archive"),
    (b"7z\xbc\xaf", "une archive"),
    (b"Rar!", "une archive"),
    (b"SQLite format 3", "une base de données"),
)


@dataclass(frozen=True, slots=True)
class Classeur:
    """A staff list read: the rows of the chosen sheet, header found, nothing interpreted yet."""

    nom_fichier: str
    format: str
    feuille: str
    lignes: tuple[Ligne, ...]  # rows that hold something, title block included
    entete: Entete
    date_1904: bool
    messages: tuple[str, ...]
    #: Every sheet that may be read as a staff list, with its number of rows: the caller offers them.
    feuilles: tuple[FeuillePossible, ...] = ()
    #: Rows below the header that a filter, or a hand, hides; and those that are one merged cell.
    masquees: frozenset[int] = frozenset()
    fusionnees: frozenset[int] = frozenset()

    @property
    def donnees(self) -> tuple[Ligne, ...]:
        """Rows below the header."""
        return self.lignes[self.entete.rang + 1 :]


def lire(
    chemin_ou_octets: str | Path | bytes,
    nom_fichier: str = "",
    correspondance: Mapping[str, str] | None = None,
    feuille: str | None = None,
) -> Classeur:
    """Read a staff list. `correspondance` (remembered) helps to recognise the header row.

    `feuille`: the sheet to read; without it, the active one when it fits, else the richest.
    """
    octets, nom = _octets(chemin_ou_octets, nom_fichier)
    format_lu, source = _ouvrir(octets, nom)
    messages: list[str] = []
    lue, entete, feuilles = choisir(source, correspondance or {}, feuille, messages)
    if isinstance(source, SourceCsv):
        encodage = NOMS_ENCODAGES.get(source.encodage, source.encodage.upper())
        separateur = {"\t": "tabulation"}.get(source.separateur, f"« {source.separateur} »")
        messages.append(f"Fichier lu en {encodage}, séparateur {separateur}.")
    if len(lue.lignes) - entete.rang - 1 > LIGNES_MAX or lue.tronquee:
        raise FichierIllisible(trop_de_lignes())
    if lue.trop_large:
        raise FichierIllisible(f"Ce fichier a trop de colonnes : {COLONNES_MAX} au plus.")
    return Classeur(
        nom_fichier=nom,
        format=format_lu,
        feuille=lue.nom,
        lignes=tuple(lue.lignes),
        entete=entete,
        date_1904=source.date_1904,
        messages=tuple(typographie(m) for m in messages),
        feuilles=feuilles,
        masquees=frozenset(n for n in lue.masquees if n > entete.ligne),
        fusionnees=frozenset(lue.fusionnees),
    )


def lire_un_tableau(octets: bytes, nom_fichier: str, lignes_max: int) -> list[Ligne]:
    """The rows of the sheet that a workbook opens on, whatever its columns: a list that is no staff
    list, read with the same guards."""
    _, source = _ouvrir(*_octets(octets, nom_fichier))
    visibles = [f for f in source.apercus() if f.lignes and not f.masquee]
    if not visibles:
        raise FichierIllisible(VIDE)
    choisie = source.complete(next((f for f in visibles if f.active), visibles[0]).nom)
    if len(choisie.lignes) > lignes_max or choisie.tronquee:
        raise FichierIllisible(f"Ce tableau a trop de lignes : {lignes_max} au plus.")
    return choisie.lignes


def _octets(chemin_ou_octets: str | Path | bytes, nom: str) -> tuple[bytes, str]:
    if isinstance(chemin_ou_octets, bytes):
        octets = chemin_ou_octets
    else:
        chemin = Path(chemin_ou_octets)
        nom = nom or chemin.name
        try:
            if chemin.stat().st_size > TAILLE_MAX:
                raise FichierIllisible(_TROP_GROS)
            octets = chemin.read_bytes()
        except OSError as e:
            raise FichierIllisible(f"Le fichier « {nom} » ne peut pas être ouvert.") from e
    if len(octets) > TAILLE_MAX:
        raise FichierIllisible(_TROP_GROS)
    if not octets.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise FichierIllisible(VIDE)
    return octets, nom


_TROP_GROS = (
    f"Ce fichier est trop gros : {TAILLE_MAX // 1024 // 1024} Mo au plus. "
    "Enregistrez seulement la liste des agents dans un nouveau classeur."
)


def _ouvrir(octets: bytes, nom: str) -> tuple[str, Source]:
    """The format is told by the content; the extension only words the message."""
    if octets.startswith(b"PK"):
        return _ouvrir_zip(octets)
    if octets.startswith(SIGNATURE):
        return "xls", SourceXls(octets)
    for marque, genre in _ETRANGERS:
        if octets.startswith(marque) and (len(marque) > 2 or 0 in octets[:64]):
            raise FichierIllisible(f"Ce fichier est {genre}, pas un tableur. {_FORMATS}")
    extension = Path(nom).suffix.lower()
    if extension in {".xlsx", ".xlsm", ".ods", ".xlsb"} or (
        extension == ".xls" and 0 in octets[:512]
    ):
        raise FichierIllisible(
            "Ce fichier n'est pas un classeur, malgré son nom, ou il est abîmé. "
            "Ouvrez-le dans votre tableur, enregistrez-le à nouveau, puis redéposez-le."
        )
    return "csv", SourceCsv(octets, Path(nom).stem or "Tableau")


def _ouvrir_zip(octets: bytes) -> tuple[str, Source]:
    archive = ouvrir(octets)
    noms = set(archive.namelist())
    if "xl/workbook.bin" in noms:
        raise FichierIllisible(
            "Le format .xlsb n'est pas accepté. Enregistrez le classeur au format .xlsx."
        )
    if "[Content_Types].xml" in noms:
        if xlsx.contient_macros(archive):
            raise FichierIllisible(MACROS)
        if "word/document.xml" in noms or "ppt/presentation.xml" in noms:
            raise FichierIllisible(f"Ce fichier est un document, pas un tableur. {_FORMATS}")
        return "xlsx", xlsx.SourceXlsx(octets, archive)
    if "content.xml" in noms:
        if ods.contient_macros(archive):
            raise FichierIllisible(MACROS)
        return "ods", ods.SourceOds(archive)
    raise FichierIllisible(f"Ce fichier est une archive, pas un tableur. {_FORMATS}")
