"""What an act of the cadrage leaves behind: its line of the journal, its document, its mails."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model

from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.models import Collectivite, Mandat
from collectivites.mots import Role
from collectivites.travaux.courriels import deposer
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


def ecrire_aux_directions(
    gabarit: str,
    *,
    acteur: Acteur,
    occasion: object,
    roles: Iterable[Role] = (Role.DGS,),
    **contexte: Any,
) -> None:
    """To all who hold one of these roles in the démarche, but whoever acts: one mail a person, as a DGS
    where they are both. The mail finds `personne`, `par`, `decide` (a DGS reads it)."""
    mandats = (
        Mandat.objects.en_vigueur()
        .filter(collectivite__demarche=acteur.demarche, role__in=tuple(roles))
        .exclude(utilisateur=acteur.utilisateur)
        .select_related("utilisateur")
        .order_by("role", "pk")
    )
    for mandat in {m.utilisateur_id: m for m in reversed(mandats)}.values():
        deposer(
            gabarit,
            demarche=acteur.demarche,
            destinataire=mandat.utilisateur.email,
            utilisateur=mandat.utilisateur,
            cle=f"{occasion}:{mandat.utilisateur_id}",
            comme=mandat,
            de=acteur,
            personne=mandat.utilisateur,
            par=acteur,
            decide=mandat.role == Role.DGS,
            **contexte,
        )
