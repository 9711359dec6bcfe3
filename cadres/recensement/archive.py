"""Zip containers (xlsx, ods): guards against bombs, and XML read as a stream without DTD."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from cadres.recensement.erreurs import FichierIllisible

DECOMPRESSE_MAX = 200 * 1024 * 1024  # bytes, all parts together
PARTIES_MAX = 3_000
RAPPORT_MAX = 250  # of a part that weighs more than RAPPORT_A_PARTIR_DE once decompressed
RAPPORT_A_PARTIR_DE = 30 * 1024 * 1024
ELEMENTS_MAX = 12_000_000  # XML elements in one part: 20,000 rows of 200 cells, three each
_MORCEAU = 1 << 16

_ABIME = "Ce fichier est abîmé : il ne s'ouvre pas. Ouvrez-le dans votre tableur, enregistrez-le à nouveau, puis redéposez-le."
_BOMBE = "Ce fichier est beaucoup trop gros une fois décompressé. Enregistrez seulement la liste des agents dans un nouveau classeur."

Debut = Callable[[str, dict[str, str]], None]
Fin = Callable[[str], None]
Texte = Callable[[str], None]


# What a damaged archive makes zipfile, zlib, expat or the handlers raise.
_PANNES = (
    *(expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError),
    *(LookupError, ValueError, NotImplementedError, OverflowError, struct.error),
)


class Assez(Exception):
    """Raised by a handler to stop reading: nothing further is needed."""


def ouvrir(octets: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(octets))
        parties = archive.infolist()
    except _PANNES as e:
        raise FichierIllisible(_ABIME) from e
    total = sum(p.file_size for p in parties)
    suspecte = any(
        p.file_size > RAPPORT_A_PARTIR_DE and p.file_size > RAPPORT_MAX * max(p.compress_size, 1)
        for p in parties
    )
    if total > DECOMPRESSE_MAX or len(parties) > PARTIES_MAX or suspecte:
        raise FichierIllisible(_BOMBE)
    if any(p.flag_bits & 0x1 for p in parties):
        raise FichierIllisible(MOT_DE_PASSE)
    return archive


MOT_DE_PASSE = "Ce fichier est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe, puis déposez-la."


def _interdit(*_: object) -> int:
    """A document type or an entity has no place in a spreadsheet: billion laughs, XXE."""
    raise FichierIllisible(_ABIME)


def lire_xml(archive: zipfile.ZipFile, partie: str, debut: Debut, fin: Fin, texte: Texte) -> None:
    """Stream one XML part through the handlers, which receive names without their prefix."""
    analyseur = expat.ParserCreate()
    analyseur.buffer_text = True
    analyseur.buffer_size = _MORCEAU
    noms: dict[str, str] = {}
    elements = 0

    def ouvre(nom: str, attributs: dict[str, str]) -> None:
        nonlocal elements
        elements += 1
        if elements > ELEMENTS_MAX:
            raise FichierIllisible(_BOMBE)
        court = noms.get(nom)
        if court is None:
            court = noms[nom] = nom.rpartition(":")[2]
        debut(court, attributs)

    def ferme(nom: str) -> None:
        fin(noms[nom])

    analyseur.StartElementHandler = ouvre
    analyseur.EndElementHandler = ferme
    analyseur.CharacterDataHandler = texte
    analyseur.StartDoctypeDeclHandler = _interdit
    analyseur.EntityDeclHandler = _interdit
    analyseur.ExternalEntityRefHandler = _interdit
    try:
        with archive.open(partie) as flux:
            while morceau := flux.read(_MORCEAU):
                analyseur.Parse(morceau, False)
            analyseur.Parse(b"", True)
    except Assez:
        return
    except _PANNES as e:
        raise FichierIllisible(_ABIME) from e


def lire_debut(archive: zipfile.ZipFile, partie: str, maximum: int = 1 << 20) -> bytes:
    """The first bytes of a part, b"" when there is no such part."""
    try:
        with archive.open(partie) as flux:
            return flux.read(maximum)
    except KeyError:
        return b""
    except _PANNES as e:
        raise FichierIllisible(_ABIME) from e
