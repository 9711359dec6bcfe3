"""A signed PDF held against the one that was sent: same bytes first, else same pages and same annexes.

Reads, and judges nothing of cryptography: who signed is what the file says. Neither base nor Django.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509 import Certificate, NameOID
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from collectivites.refus import ActionImpossible
from opportunites.mots import ConstatRetour

PAGES_MAX = 200
REFERENCE = re.compile(r"S-\d+-[0-9A-F]{6}")
_EXTRAIT = 80
#: Differences that are told; more say that the file is another one.
ECARTS_MAX = 12
_PANNES = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)

ILLISIBLE = "Ce PDF ne se lit pas : il est abîmé. Enregistrez-le de nouveau depuis votre parapheur."
SANS_SIGNATURE = (
    "Ce fichier est celui qui a été envoyé, tel quel : il ne porte aucune signature. Remettez celui que "
    "votre parapheur a rendu."
)


@dataclass(frozen=True)
class Signature:
    """As the file says it: `le` is an ISO day, or empty."""

    nom: str
    le: str


@dataclass
class Comparaison:
    constat: ConstatRetour
    ecarts: list[str] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)


@dataclass(frozen=True)
class _Lu:
    pages: list[Counter[str]]
    annexes: dict[str, str]
    signatures: list[Signature]

    @property
    def texte(self) -> str:
        return "\n".join(ligne for page in self.pages for ligne in page)


def empreinte(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()


def comparer(envoye: bytes, rendu: bytes, reference: str) -> Comparaison:
    """Raises ActionImpossible for what is no answer to that folder; the rest is told, not judged."""
    if rendu == envoye:
        raise ActionImpossible(SANS_SIGNATURE)
    avant, apres = _lire(envoye), _lire(rendu)
    if not apres.texte.strip():
        return Comparaison(
            ConstatRetour.NUMERISE,
            ["Aucune page n’a de texte : le contenu ne se compare pas à celui du dossier envoyé."],
            apres.signatures,
        )
    _exiger_le_meme_dossier(apres.texte, reference)
    manques, ajouts = _pages(avant.pages, apres.pages)
    for liste, autre in (_annexes(avant.annexes, apres.annexes),):
        manques += liste
        ajouts += autre
    prefixe = rendu.startswith(envoye)
    if manques:
        constat = ConstatRetour.MODIFIE
    elif prefixe and not ajouts:
        constat = ConstatRetour.INTACT
    else:
        constat = ConstatRetour.COMPLETE
        if not prefixe:
            ajouts.append(
                "Le fichier a été réécrit : ses octets ne commencent pas par ceux envoyés."
            )
    ecarts = [*manques, *ajouts]
    if len(ecarts) > ECARTS_MAX:
        ecarts = [*ecarts[:ECARTS_MAX], f"Et {len(ecarts) - ECARTS_MAX} autres différences."]
    return Comparaison(constat, ecarts, apres.signatures)


def _exiger_le_meme_dossier(texte: str, reference: str) -> None:
    if reference in texte:
        return
    autre = REFERENCE.search(texte)
    qui = f"le dossier n° {autre[0]}" if autre else "un autre document"
    raise ActionImpossible(
        f"Ce PDF est {qui} : il ne porte nulle part la référence {reference}. Rien n’est enregistré, et ce "
        "qui est déjà au dossier y reste."
    )


# --- Pages and annexes ------------------------------------------------------------------------------


def _pages(avant: list[Counter[str]], apres: list[Counter[str]]) -> tuple[list[str], list[str]]:
    """(what is missing, what is added), page by page. A page that a parapheur puts before or after is an
    addition."""
    manques: list[str] = []
    ajouts: list[str] = []
    libres = dict(enumerate(apres, 1))
    for rang, page in enumerate(avant, 1):
        trouvee = next((n for n, autre in libres.items() if not page - autre), None)
        if trouvee is not None:
            ajouts += [
                f"Page {trouvee}, ajouté : {_cite(ligne)}" for ligne in (libres.pop(trouvee) - page)
            ]
        elif (proche := _la_plus_proche(page, libres)) is not None:
            autre = libres.pop(proche)
            manques += [
                f"Page {rang}, absent ou changé : {_cite(ligne)}" for ligne in (page - autre)
            ]
            ajouts += [f"Page {proche}, ajouté : {_cite(ligne)}" for ligne in (autre - page)]
        else:
            manques.append(f"La page {rang} du dossier envoyé est absente.")
    ajouts += [f"La page {n} n’est pas dans le dossier envoyé." for n in libres]
    return manques, ajouts


def _la_plus_proche(page: Counter[str], libres: dict[int, Counter[str]]) -> int | None:
    """A page that shares at least half of its lines."""
    communes = {n: (page & autre).total() for n, autre in libres.items()}
    meilleure = max(communes, key=lambda n: communes[n], default=None)
    if meilleure is None or communes[meilleure] * 2 < page.total():
        return None
    return meilleure


def _annexes(avant: dict[str, str], apres: dict[str, str]) -> tuple[list[str], list[str]]:
    manques = [f"L’annexe « {nom} » est absente." for nom in avant if nom not in apres]
    manques += [
        f"L’annexe « {nom} » a changé : son empreinte n’est plus la même."
        for nom, somme in avant.items()
        if nom in apres and apres[nom] != somme
    ]
    return manques, [f"Une annexe est ajoutée : « {nom} »." for nom in apres if nom not in avant]


def _cite(ligne: str) -> str:
    return f"« {ligne[:_EXTRAIT]}{'…' if len(ligne) > _EXTRAIT else ''} »"


# --- Reading ----------------------------------------------------------------------------------------


def _lire(octets: bytes) -> _Lu:
    if not octets.lstrip()[:5].startswith(b"%PDF-"):
        raise ActionImpossible("Ce fichier n’est pas un PDF.")
    try:
        lecteur = PdfReader(io.BytesIO(octets))
        if lecteur.is_encrypted:
            raise ActionImpossible("Ce PDF est chiffré : remettez-le sans mot de passe.")
        if len(lecteur.pages) > PAGES_MAX:
            raise ActionImpossible(f"Ce PDF a plus de {PAGES_MAX} pages : ce n’est pas ce dossier.")
        pages = [_lignes(page.extract_text()) for page in lecteur.pages]
        annexes = {
            nom: empreinte(b"".join(contenus)) for nom, contenus in lecteur.attachments.items()
        }
        return _Lu(pages, annexes, list(_signatures(lecteur)))
    except _PANNES as panne:
        raise ActionImpossible(ILLISIBLE) from panne


def _lignes(texte: str) -> Counter[str]:
    lignes = (" ".join(ligne.split()) for ligne in texte.splitlines())
    return Counter(ligne for ligne in lignes if ligne)


def _signatures(lecteur: PdfReader) -> Iterator[Signature]:
    racine: Any = lecteur.trailer["/Root"]
    formulaire = racine.get("/AcroForm")
    if formulaire is None:
        return
    a_lire = list(formulaire.get_object().get("/Fields", []))
    vus = 0
    while a_lire and vus < 1000:
        champ = a_lire.pop(0).get_object()
        vus += 1
        a_lire += champ.get("/Kids", [])
        valeur = champ.get("/V")
        if champ.get("/FT") == "/Sig" and valeur is not None:
            yield _signature(valeur.get_object())


def _signature(valeur: DictionaryObject) -> Signature:
    nom = str(valeur.get("/Name", "")).strip() or _nom_du_certificat(valeur.get("/Contents"))
    return Signature(nom[:120], _jour(str(valeur.get("/M", ""))))


def _jour(texte: str) -> str:
    """« D:20270412093000+02'00' » → « 2027-04-12 »; empty for what is no day."""
    lu = re.match(r"D:(\d{4})(\d{2})(\d{2})", texte)
    try:
        return date(*map(int, lu.groups())).isoformat() if lu else ""
    except ValueError:
        return ""


def _nom_du_certificat(contenu: Any) -> str:
    """The name in the certificate of whoever signed: the one that issued none of the others."""
    octets = getattr(contenu, "original_bytes", b"")
    try:
        certificats = pkcs7.load_der_pkcs7_certificates(_sans_bourrage(octets))
    except ValueError:
        return ""
    emetteurs = {c.issuer for c in certificats if c.issuer != c.subject}
    siens = [c for c in certificats if c.subject not in emetteurs]
    return _nom_commun(siens[0]) if siens else ""


def _nom_commun(certificat: Certificate) -> str:
    noms = certificat.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(noms[0].value) if noms else ""


def _sans_bourrage(octets: bytes) -> bytes:
    """What a DER sequence says that it weighs: the rest of the place kept for it is zeros."""
    if len(octets) < 2 or octets[1] < 0x80:
        return octets[: 2 + octets[1]] if len(octets) >= 2 else octets
    longueur = octets[1] & 0x7F
    return octets[: 2 + longueur + int.from_bytes(octets[2 : 2 + longueur], "big")]
