"""Reading an uploaded staff list: format by content, guards, choice of the sheet.

Nothing here is evaluated, followed or written to disk. Raises `FichierIllisible` and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cadres.recensement.champs.texte import typographie
from cadres.recensement.colonnes import Entete, trouver_entete
from cadres.recensement.erreurs import MACROS, VIDE, FichierIllisible
from cadres.recensement.fichiers import ods, xlsx
from cadres.recensement.fichiers.archive import ouvrir
from cadres.recensement.fichiers.cellules import (
    COLONNES_MAX,
    LIGNES_MAX,
    TAILLE_MAX,
    Feuille,
    Ligne,
    Source,
)
from cadres.recensement.fichiers.csv_texte import NOMS_ENCODAGES, SourceCsv
from cadres.recensement.fichiers.xls import SIGNATURE, SourceXls

_FORMATS = "Déposez un fichier .xlsx, .xls, .ods ou .csv."
_SANS_ENTETE = (
    "Aucune ligne d'en-tête n'a été reconnue : ce fichier ne ressemble pas à une liste d'agents. "
    "Il faut au moins une colonne « Nom » et une colonne « Prénom »."
)
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

    @property
    def donnees(self) -> tuple[Ligne, ...]:
        """Rows below the header."""
        return self.lignes[self.entete.rang + 1 :]


def lire(
    chemin_ou_octets: str | Path | bytes,
    nom_fichier: str = "",
    correspondance: Mapping[str, str] | None = None,
) -> Classeur:
    """Read a staff list. `correspondance` (remembered) helps to recognise the header row."""
    octets, nom = _octets(chemin_ou_octets, nom_fichier)
    format_lu, source = _ouvrir(octets, nom)
    messages: list[str] = []
    feuille, entete = _choisir(source, correspondance or {}, messages)
    if isinstance(source, SourceCsv):
        encodage = NOMS_ENCODAGES.get(source.encodage, source.encodage.upper())
        separateur = {"\t": "tabulation"}.get(source.separateur, f"« {source.separateur} »")
        messages.append(f"Fichier lu en {encodage}, séparateur {separateur}.")
    if len(feuille.lignes) - entete.rang - 1 > LIGNES_MAX or feuille.tronquee:
        raise FichierIllisible(_trop_de_lignes())
    if feuille.trop_large:
        raise FichierIllisible(f"Ce fichier a trop de colonnes : {COLONNES_MAX} au plus.")
    return Classeur(
        nom_fichier=nom,
        format=format_lu,
        feuille=feuille.nom,
        lignes=tuple(feuille.lignes),
        entete=entete,
        date_1904=source.date_1904,
        messages=tuple(typographie(m) for m in messages),
    )


def _trop_de_lignes() -> str:
    maximum = f"{LIGNES_MAX:,}".replace(",", "\u00a0")
    return f"Ce fichier a trop de lignes : {maximum} au plus. Déposez-le en plusieurs fois."


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


def _choisir(
    source: Source, correspondance: Mapping[str, str], messages: list[str]
) -> tuple[Feuille, Entete]:
    """The sheet whose header names most fields; a visible one before a hidden one."""
    apercus = source.apercus()
    if not any(f.lignes for f in apercus):
        trop = any(f.tronquee for f in apercus)
        raise FichierIllisible(_trop_de_lignes() if trop else VIDE)
    notes = [(trouver_entete(f.lignes, correspondance)[1], not f.masquee) for f in apercus]
    rang = max(range(len(apercus)), key=lambda i: (notes[i][0] > 0 and notes[i][1], notes[i], -i))
    if not notes[rang][0]:
        raise FichierIllisible(_SANS_ENTETE)
    choisie = source.complete(apercus[rang].nom)
    entete, _ = trouver_entete(choisie.lignes, correspondance)
    if entete is None:
        raise FichierIllisible(_SANS_ENTETE)
    autres = [f.nom for i, f in enumerate(apercus) if i != rang and f.lignes]
    if autres:
        liste = ", ".join(f"« {n[:40]} »" for n in autres[:5]) + ("…" if len(autres) > 5 else "")
        messages.append(
            f"Feuille lue : « {choisie.nom[:40]} ». Non lue{'s' * (len(autres) > 1)} : {liste}."
        )
    if choisie.masquee:
        messages.append("La feuille lue est masquée dans le classeur.")
    if len(choisie.lignes) - entete.rang <= 1:
        raise FichierIllisible("Ce fichier a une ligne d'en-tête, mais aucune ligne d'agent.")
    return choisie, entete
