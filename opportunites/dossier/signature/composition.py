"""The folder itself: a PDF to sign whose annexes travel inside it."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs import pdf
from opportunites.dossier import documents
from opportunites.dossier.lecture import derniere_reponse
from opportunites.dossier.signature import manifeste as manifestes
from opportunites.dossier.signature.manifeste import Piece
from opportunites.models import DossierASigner, Mobilite
from opportunites.propositions.documents import FEUILLE_DE_STYLE

_DATE_ZIP = (1980, 1, 1, 0, 0, 0)


def numeroter(mobilite: Mobilite) -> str:
    """« S-64-3FA90C »: the move, and what nobody guesses nor gives twice."""
    return f"S-{mobilite.pk}-{secrets.token_hex(3).upper()}"


def pieces_de_la_mobilite(acteur: Acteur, mobilite: Mobilite) -> list[Piece]:
    """The papers that the house prints of a move, and the document of the origin's answer, if any: what
    each reader of the file reads. Pay is in none."""
    aujourdhui = timezone.localdate()
    reponse = derniere_reponse(mobilite)
    pieces = [
        Piece(
            "fiche-de-mouvement.pdf",
            "Fiche de mouvement",
            pdf.produire(
                documents.fiche_de_mouvement(mobilite, reponse, acteur.collectivite, aujourdhui)
            ),
        )
    ]
    if mobilite.demande_faite_le:
        pieces.append(
            Piece(
                "demande-de-depart.pdf",
                "Demande de départ de la personne",
                pdf.produire(documents.demande_de_depart(mobilite, aujourdhui)),
            )
        )
    if reponse is not None and reponse.piece:
        with reponse.piece.open("rb") as fichier:
            genre = str(reponse.piece.name).rsplit(".", 1)[-1]
            pieces.append(
                Piece(f"reponse-de-l-origine.{genre}", "Réponse de l’origine", fichier.read())
            )
    return pieces


def composer(
    mobilite: Mobilite, manifeste: dict[str, Any], objet: str, pieces: Iterable[Piece], lecteur: Any
) -> bytes:
    """PDF/A-3b: the page to sign, with the manifest, and each file inside. No query."""
    conservation = manifeste["conservation"]
    html = render_to_string(
        "pdf/dossier_a_signer.html",
        {
            "titre": f"Dossier à signer n° {manifeste['reference']}",
            "collectivite": lecteur,
            "mobilite": mobilite,
            "manifeste": manifeste,
            "objet": objet,
            "conservation": conservation,
            "garde_jusqu_au": date.fromisoformat(conservation["jusqu_au"]),
            "jour": timezone.localdate(),
            "feuille_de_style": FEUILLE_DE_STYLE,
        },
    )
    annexes = [pdf.Annexe(p.nom, p.contenu, p.description) for p in pieces]
    annexes.append(
        pdf.Annexe(
            manifestes.NOM, manifestes.en_json(manifeste), "Manifeste du dossier", relation="Data"
        )
    )
    return pdf.produire_pour_archive(html, annexes)


def archiver(dossier: DossierASigner) -> bytes:
    """For any archive: what left, what came back, and the manifest of both."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        _ajouter(archive, manifestes.nom_du_dossier(dossier), _lire(dossier.piece))
        for rang, retour in enumerate(manifestes.retours_de(dossier), 1):
            _ajouter(archive, manifestes.nom_du_retour(dossier, rang), _lire(retour.piece))
        _ajouter(archive, manifestes.NOM, manifestes.en_json(manifestes.complet(dossier)))
    return sortie.getvalue()


def _ajouter(archive: zipfile.ZipFile, nom: str, contenu: bytes) -> None:
    info = zipfile.ZipInfo(nom, _DATE_ZIP)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, contenu)


def _lire(piece: Any) -> bytes:
    with piece.open("rb") as fichier:
        contenu: bytes = fichier.read()
    return contenu
