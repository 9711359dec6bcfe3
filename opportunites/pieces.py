"""Evidence that people deposit: recognised by its content, never by its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from collectivites.erreurs import ActionImpossible

if TYPE_CHECKING:
    from opportunites.models import ReponseOrigine, Reserve

TAILLE_MAX = 5 * 1024 * 1024
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_DEBUTS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}


def genre_de(fichier: UploadedFile) -> str | None:
    """pdf, png, jpg or docx; None for anything else. The file is left at its beginning."""
    fichier.seek(0)
    debut = fichier.read(16)
    fichier.seek(0)
    for genre, marque in _DEBUTS.items():
        if debut.startswith(marque):
            return genre
    return "docx" if debut.startswith(b"PK\x03\x04") and _est_un_docx(fichier) else None


def _est_un_docx(fichier: UploadedFile) -> bool:
    """The table of contents alone is read: nothing is unpacked."""
    try:
        with zipfile.ZipFile(fichier) as archive:
            noms = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        return False
    finally:
        fichier.seek(0)
    return {"[Content_Types].xml", "word/document.xml"} <= noms and not any(
        "vbaProject" in nom for nom in noms
    )


def verifier(fichier: UploadedFile) -> str:
    """The kind of the file; its name takes the extension of what it really is."""
    if not fichier.size:
        raise ActionImpossible("Ce fichier est vide.")
    if fichier.size > TAILLE_MAX:
        raise ActionImpossible("Ce fichier dépasse 5\u00a0Mo.")
    genre = genre_de(fichier)
    if genre is None:
        raise ActionImpossible(
            "Ce fichier n’est ni un PDF, ni une image PNG ou JPEG, ni un document Word (.docx)."
        )
    fichier.name = f"{_nom_propre(fichier.name or 'piece')}.{genre}"
    return genre


def verifier_dans_un_formulaire(fichier: UploadedFile | None) -> UploadedFile | None:
    """As `verifier`, for a form's `clean_piece`: what is wrong is told beside the field."""
    if fichier is not None:
        try:
            verifier(fichier)
        except ActionImpossible as refus:
            raise ValidationError(refus.message) from refus
    return fichier


def _nom_propre(nom: str) -> str:
    """The stem alone, in letters that a header can carry."""
    tige = PurePosixPath(nom.replace("\\", "/")).stem
    return re.sub(r"[^\w\- ’'()]+", "_", tige).strip(" _")[:100] or "piece"


def effacer_la_piece(instance: ReponseOrigine | Reserve, **_: Any) -> None:
    """The row is gone (a person was purged): so is its document, once that is sure."""
    if instance.piece:
        nom, depot = str(instance.piece.name), instance.piece.storage
        transaction.on_commit(lambda: depot.delete(nom))
