"""Is this file a plain Word document? Looked at before any library opens it.

A docx is a zip of XML: what would run, fetch something elsewhere, or weigh more than it says is refused,
in a sentence that says what to do. Nothing here knows the fields (`grammaire`).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from collectivites.refus import ActionImpossible

MO = 1024 * 1024
TAILLE_MAX = 2 * MO
PARTIES_MAX = 300
#: Bytes once decompressed: of the whole, of an XML part, of a part in which fields are looked for.
TOTAL_MAX, XML_MAX, TEXTE_MAX = 20 * MO, 2 * MO, MO

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTES = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_OLE = b"\xd0\xcf\x11\xe0"
_PANNES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)

ABIME = "Ce document Word est abîmé : ouvrez-le dans Word, enregistrez-le de nouveau, puis redéposez-le."
TROP_LOURD = (
    "Ce document dépasse 2\u00a0Mo : réduisez ses images (dans Word, « Compresser les images »), puis "
    "redéposez-le."
)
BOMBE = (
    "Ce document pèse beaucoup plus qu’il ne le dit une fois ouvert : il n’est pas lu. Recopiez son texte "
    "dans un document neuf."
)
#: part of a relationship type, or of a part's name → what it is, in the sentence that refuses it
_ACTIFS = {
    "vbaproject": "une macro",
    "vbadata": "une macro",
    "keymapcustomizations": "une macro",
    "attachedtoolbars": "une macro",
    "activex": "un contrôle ActiveX",
    "control": "un contrôle ActiveX",
    "oleobject": "un objet incorporé",
    "package": "un objet incorporé",
    "embeddings": "un objet incorporé",
    "afchunk": "un autre document inséré",
    "subdocument": "un autre document inséré",
    "attachedtemplate": "un modèle attaché",
    "frame": "un cadre qui ouvre un autre document",
    "mailmerge": "une source de publipostage",
}
#: Field codes of Word that only count or date. The others may fetch, or run.
_CODES_ADMIS = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME", "FORMTEXT"}
)


#: Attributes of the old drawings that may lead elsewhere, and what elsewhere looks like.
_ADRESSES = frozenset({"src", "href", "althref"})
_AILLEURS = re.compile(r"\s*([a-z][a-z0-9+.-]+:|[\\/]{2})", re.IGNORECASE)


class ModeleRefuse(ActionImpossible):
    """What keeps a document from being a model, in words that the person can act upon."""


def controler(octets: bytes) -> None:
    """Raises ModeleRefuse; says nothing of a plain document."""
    _entete(octets)
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            parties = dict(_parties(archive))
    except _PANNES as panne:
        raise ModeleRefuse(ABIME) from panne
    if not {"[Content_Types].xml", "word/document.xml"} <= parties.keys():
        raise ModeleRefuse("Ce fichier n’est pas un document Word (.docx).")
    for nom, contenu in parties.items():
        _nom(nom)
        if nom.lower().endswith((".xml", ".rels")):
            _xml(nom, contenu)


def _entete(octets: bytes) -> None:
    if len(octets) > TAILLE_MAX:
        raise ModeleRefuse(TROP_LOURD)
    if octets.startswith(_OLE):
        raise ModeleRefuse(
            "Ce fichier est un ancien document Word (.doc), ou il a un mot de passe : enregistrez-le en "
            ".docx, sans mot de passe."
        )
    if not octets.startswith(b"PK\x03\x04"):
        raise ModeleRefuse("Ce fichier n’est pas un document Word (.docx).")


def _parties(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Each part is read to what it really weighs, whatever it announces."""
    infos = archive.infolist()
    if len(infos) > PARTIES_MAX or len({info.filename for info in infos}) != len(infos):
        raise ModeleRefuse(BOMBE)
    if any(info.flag_bits & 0x1 for info in infos):
        raise ModeleRefuse("Ce document a un mot de passe : retirez-le, puis redéposez-le.")
    reste = TOTAL_MAX
    for info in infos:
        maximum = TEXTE_MAX if _TEXTES.fullmatch(info.filename) else XML_MAX
        if not info.filename.lower().endswith((".xml", ".rels")):
            maximum = TOTAL_MAX
        with archive.open(info) as flux:
            contenu = flux.read(min(maximum, reste) + 1)
        if len(contenu) > min(maximum, reste):
            raise ModeleRefuse(BOMBE)
        reste -= len(contenu)
        yield info.filename, contenu


def _nom(nom: str) -> None:
    if nom.startswith("/") or ".." in nom.split("/"):
        raise ModeleRefuse(ABIME)
    for marque, quoi in _ACTIFS.items():
        if marque in nom.lower() and marque not in {"frame", "control", "package"}:
            raise ModeleRefuse(_contient(quoi))


def _contient(quoi: str) -> str:
    return f"Ce document contient {quoi} : retirez-le dans Word, enregistrez en .docx, puis redéposez-le."


def _xml(nom: str, contenu: bytes) -> None:
    racine = lire_xml(contenu)
    if nom == "[Content_Types].xml":
        _types(racine)
    elif nom.endswith(".rels"):
        for relation in racine:
            _relation(relation)
    elif nom.startswith("word/"):
        _codes(racine)
        _elements(nom, racine)


def lire_xml(contenu: bytes) -> etree._Element:
    """A part without document type, hence without entities (XXE, billion laughs), in UTF-8."""
    lecteur = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        racine = etree.fromstring(contenu, lecteur)
    except (etree.XMLSyntaxError, ValueError) as panne:
        raise ModeleRefuse(ABIME) from panne
    infos = racine.getroottree().docinfo
    if infos.doctype or (infos.encoding or "UTF-8").upper() not in {"UTF-8", "US-ASCII"}:
        raise ModeleRefuse(ABIME)
    return racine


def _types(racine: etree._Element) -> None:
    genres = [str(element.get("ContentType", "")).lower() for element in racine]
    if any("macroenabled" in genre for genre in genres):
        raise ModeleRefuse(
            "Ce document peut porter des macros (.docm) : enregistrez-le au format .docx, puis "
            "redéposez-le."
        )
    if any("template.main" in genre for genre in genres):
        raise ModeleRefuse(
            "Ce fichier est un modèle de Word (.dotx) : ouvrez-le et enregistrez-le au format .docx."
        )
    for marque in ("vbaproject", "oleobject", "activex"):
        if any(marque in genre for genre in genres):
            raise ModeleRefuse(_contient(_ACTIFS[marque]))


def _relation(relation: etree._Element) -> None:
    genre = str(relation.get("Type", "")).rsplit("/", 1)[-1].lower()
    if genre in _ACTIFS:
        raise ModeleRefuse(_contient(_ACTIFS[genre]))
    if str(relation.get("TargetMode", "")).lower() == "external":
        raise ModeleRefuse(_renvoie(str(relation.get("Target", ""))))


def _elements(nom: str, racine: etree._Element) -> None:
    """What needs no relationship to open something else, and the remarks of the service."""
    if nom == "word/comments.xml" and len(racine):
        raise ModeleRefuse(_contient("des commentaires"))
    if racine.find(f"{_W}mailMerge") is not None:
        raise ModeleRefuse(_contient(_ACTIFS["mailmerge"]))
    for element in racine.iter():
        for attribut, valeur in element.attrib.items():
            local = str(attribut).rsplit("}", 1)[-1].lower()
            if local in _ADRESSES and _AILLEURS.match(str(valeur)):
                raise ModeleRefuse(_renvoie(str(valeur)))


def _renvoie(cible: str) -> str:
    return (
        f"Ce document renvoie à « {cible[:80]} » : retirez ce lien (clic droit, « Supprimer le lien "
        "hypertexte »), ou incorporez l’image, puis redéposez-le."
    )


def _codes(racine: etree._Element) -> None:
    """Word's own fields: INCLUDETEXT, LINK or DDE would fetch something when the letter is opened."""
    textes = [str(e.get(f"{_W}instr", "")) for e in racine.iter(f"{_W}fldSimple")]
    for paragraphe in racine.iter(f"{_W}p"):
        textes += _instructions(paragraphe)
    for texte in textes:
        code = texte.strip().split(" ", 1)[0].upper()
        if code == "MERGEFIELD":
            raise ModeleRefuse(
                f"Ce document a un champ de publipostage de Word (« {texte.strip()[:60]} ») : tapez à sa "
                "place un champ de la liste, entre deux accolades."
            )
        if code and code not in _CODES_ADMIS:
            raise ModeleRefuse(
                f"Ce document a un champ de Word « {code[:30]} », qui n’est pas admis : remplacez-le par "
                "son texte (Ctrl+Maj+F9), puis redéposez-le."
            )


def _instructions(paragraphe: etree._Element) -> Iterator[str]:
    """The code of each complex field: its pieces are joined up to the next mark."""
    morceaux: list[str] = []
    for element in paragraphe.iter(f"{_W}instrText", f"{_W}fldChar"):
        if element.tag == f"{_W}instrText":
            morceaux.append(element.text or "")
        elif morceaux:
            yield "".join(morceaux)
            morceaux = []
    if morceaux:
        yield "".join(morceaux)
