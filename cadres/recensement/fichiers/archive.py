"""Zip containers (xlsx, ods): guards against bombs, and XML read as a stream without DTD."""

import io
import zipfile
import zlib
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import parse

from cadres.recensement.erreurs import BOMBE, MOT_DE_PASSE, FichierAbime, FichierIllisible

DECOMPRESSE_MAX = 200 * 1024 * 1024  # bytes, all parts together; zipfile stops at what it declares
PARTIES_MAX = 3_000
RAPPORT_MAX = 250  # of a part that weighs more than RAPPORT_A_PARTIR_DE once decompressed
RAPPORT_A_PARTIR_DE = 30 * 1024 * 1024

# What a damaged archive makes zipfile, zlib, the XML parser or the handlers raise.
_PANNES = (
    *(SAXException, DefusedXmlException, zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(RuntimeError, LookupError, ValueError, NotImplementedError, OverflowError, TypeError),
)


def ouvrir(octets: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(octets))
        parties = archive.infolist()
    except _PANNES as e:
        raise FichierAbime from e
    total = sum(p.file_size for p in parties)
    suspecte = any(
        p.file_size > RAPPORT_A_PARTIR_DE and p.file_size > RAPPORT_MAX * max(p.compress_size, 1)
        for p in parties
    )
    if total > DECOMPRESSE_MAX or len(parties) > PARTIES_MAX or suspecte:
        raise FichierIllisible(BOMBE)
    if any(p.flag_bits & 0x1 for p in parties):
        raise FichierIllisible(MOT_DE_PASSE)
    return archive


def lire_xml(archive: zipfile.ZipFile, partie: str, lecteur: ContentHandler) -> None:
    """Stream one XML part through a SAX handler. No document type: billion laughs, XXE."""
    try:
        with archive.open(partie) as flux:
            parse(flux, lecteur, forbid_dtd=True)
    except _PANNES as e:
        raise FichierAbime from e


def lire_debut(archive: zipfile.ZipFile, partie: str, maximum: int = 1 << 20) -> bytes:
    """The first bytes of a part, b"" when there is no such part."""
    try:
        with archive.open(partie) as flux:
            return flux.read(maximum)
    except KeyError:
        return b""
    except _PANNES as e:
        raise FichierAbime from e
