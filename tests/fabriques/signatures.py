"""PDFs as parapheurs give them back: signed at the end of the file, stamped, changed, scanned."""

from __future__ import annotations

import io
from collections.abc import Callable

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from collectivites.communs import pdf


def signer(
    octets: bytes, nom: str = "", quand: str = "D:20270412093000+02'00'", contenu: bytes = b"\0" * 8
) -> bytes:
    """An incremental update with the field of a signature: its bytes come after those of the file."""
    auteur = PdfWriter(io.BytesIO(octets), incremental=True)
    valeur = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/Filter"): NameObject("/Adobe.PPKLite"),
            NameObject("/M"): TextStringObject(quand),
            NameObject("/Contents"): ByteStringObject(contenu),
        }
    )
    if nom:
        valeur[NameObject("/Name")] = TextStringObject(nom)
    champ = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject("Signature1"),
            NameObject("/V"): auteur._add_object(valeur),
        }
    )
    auteur.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {
            NameObject("/SigFlags"): NumberObject(3),
            NameObject("/Fields"): ArrayObject([auteur._add_object(champ)]),
        }
    )
    return _ecrire(auteur)


def reecrire(octets: bytes, changer: Callable[[PdfWriter], object] = lambda _: None) -> bytes:
    """Written anew, as some tools do, with a change."""
    auteur = PdfWriter(clone_from=PdfReader(io.BytesIO(octets)))
    changer(auteur)
    return _ecrire(auteur)


def imprimer(*paragraphes: str) -> bytes:
    """A plain PDF that says just that."""
    corps = "".join(f"<p>{texte}</p>" for texte in paragraphes)
    return pdf.produire(
        f'<html lang="fr"><head><title>Essai</title></head><body>{corps}</body></html>'
    )


def _ecrire(auteur: PdfWriter) -> bytes:
    sortie = io.BytesIO()
    auteur.write(sortie)
    return sortie.getvalue()
