"""Evidence that people deposit: recognised by its content, never by its name."""

from __future__ import annotations

import logging
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from collectivites.refus import ActionImpossible
from opportunites.models import (
    DossierASigner,
    Opportunite,
    ReponseOrigine,
    Reserve,
    RetourSigne,
)

logger = logging.getLogger(__name__)

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


def telecharger_la_piece(piece: FieldFile, nom: str) -> HttpResponse:
    """Always downloaded: a browser never opens it on our address. Five megabytes at most: read
    whole, so that no file stays open."""
    try:
        with piece.open("rb") as fichier:
            contenu = fichier.read()
    except FileNotFoundError:
        logger.error("A deposited file is missing: %s", piece.name)
        raise Http404("Ce document ne se trouve plus. L’équipe technique est prévenue.") from None
    return HttpResponse(
        contenu,
        content_type=TYPES[str(piece.name).rsplit(".", 1)[-1]],
        headers={
            "Content-Disposition": content_disposition_header(True, nom) or "",
            "X-Content-Type-Options": "nosniff",
        },
    )


#: Who keeps documents (`piece`), and under which folder: swept by `balayer`. The room above adds its own.
DOSSIERS: dict[type[Model], str] = {
    Opportunite: "postes",
    DossierASigner: "a_signer",
    ReponseOrigine: "mobilites",
    Reserve: "reserves",
    RetourSigne: "signes",
}
#: A file this old belongs to no act under way.
REPIT = timedelta(days=1)


def balayer(maintenant: datetime | None = None) -> int:
    """Delete the files that no row names: their act was undone after they were written, or their
    row now names another one. Returns their number."""
    limite = (maintenant or timezone.now()) - REPIT
    total = 0
    for modele, dossier in DOSSIERS.items():
        depot: Any = modele._meta.get_field("piece").storage  # type: ignore[union-attr]
        # Listed before the rows are read: a file written meanwhile is not on the list.
        presents = [nom for nom, date in depot.inventaire(dossier) if date < limite]
        nommes = set(modele._default_manager.exclude(piece="").values_list("piece", flat=True))
        for nom in presents:
            if nom not in nommes:
                depot.delete(nom)
                total += 1
    return total


def effacer_la_piece(instance: Any, **_: Any) -> None:
    """The row is gone (a person was purged): so is its document, once that is sure."""
    if instance.piece:
        nom, depot = str(instance.piece.name), instance.piece.storage
        transaction.on_commit(lambda: depot.delete(nom), robust=True)
