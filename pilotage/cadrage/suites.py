"""What an act of the cadrage leaves behind: its line of the journal, its document."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model

from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.models import Collectivite
from opportunites.communs.pieces import effacer_la_piece, verifier
from pilotage.models.communs import AvecPiece
from pilotage.mots import Actes


def noter(
    acteur: Acteur | None,
    objet: Model,
    acte: Actes,
    libelle: str,
    *,
    collectivite: Collectivite | None = None,
    **suite: Any,
) -> None:
    """One line. `collectivite`: whom it engages; none, the whole démarche."""
    journaliser(
        acteur=acteur, acte=acte, libelle=libelle, objet=objet, collectivite=collectivite, **suite
    )


def joindre(ligne: AvecPiece, piece: UploadedFile | None) -> None:
    """Put the document on the row, before it is saved; the one that it replaces goes."""
    if piece is None:
        return
    verifier(piece)
    if ligne.piece:
        effacer_la_piece(ligne)
    ligne.nom_piece = (piece.name or "")[:120]
    ligne.piece = piece
