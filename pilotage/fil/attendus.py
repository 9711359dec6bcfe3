"""What is expected of the person, and the sessions they are in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from cadres.models import Candidature
from collectivites.communs.typographie import capitale, compter, en_lettres
from collectivites.travaux.attentes import Attente
from parcours.models import InscriptionSession
from parcours.regles import jours_texte
from pilotage.fil.dossier import Dossier

Etat = Candidature.Etat


def attendus(dossier: Dossier, sollicitations: Iterable[Attente] = ()) -> list[dict[str, Any]]:
    """The rows of « liens.html »: answers due, each with its date when it has one."""
    lignes: list[dict[str, Any]] = []
    if dossier.candidature.etat in {Etat.INFORME, Etat.SANS_REPONSE}:
        lignes.append(
            {
                "libelle": "Dire oui ou non à la démarche",
                "detail": "Vous êtes libre de votre réponse, et pouvez en changer.",
                "url": reverse("cadres:ma_candidature"),
            }
        )
    lignes += [
        {
            "libelle": "Répondre à une proposition",
            "detail": proposition.opportunite.poste.annonce,
            "url": f"#proposition-{proposition.pk}",
            "delai": proposition.repondre_avant,
        }
        for proposition in dossier.propositions
    ]
    lignes += [
        {"libelle": attente.titre, "detail": attente.detail, "url": attente.url}
        for attente in sollicitations
    ]
    if dossier.classe_des_postes and not dossier.voeux and dossier.postes_a_lire:
        lignes.append(
            {
                "libelle": "Classer les postes qui vous tentent",
                "detail": f"{compter(dossier.postes_a_lire, 'poste ouvert,postes ouverts')}. "
                "Votre employeur ne lit jamais la liste de vos vœux.",
                "url": reverse("opportunites:opportunites"),
            }
        )
    return lignes


def phrase_attendus(nombre: int, *, mobilite: bool = False) -> str:
    """« Deux réponses sont attendues de vous. » What a move asks for is said elsewhere."""
    if not nombre and mobilite:
        return "Ce que votre mobilité vous demande se lit dans « À faire »."
    if not nombre:
        return "Rien n’est attendu de vous aujourd’hui."
    if nombre == 1:
        return "Une réponse est attendue de vous."
    return f"{capitale(en_lettres(nombre))} réponses sont attendues de vous."


def sessions(dossier: Dossier) -> list[dict[str, Any]]:
    """The rows of « liens.html »: sessions one is in, waits for, or may say a word of; immersions."""
    lignes: list[dict[str, Any]] = [
        {
            "libelle": place.session.prestation.intitule,
            "url": reverse("parcours:session", args=[place.session_id]),
            "detail": f"{place.session.quand[0].upper()}{place.session.quand[1:]}",
            "complement": "à évaluer, sans nom"
            if place.etat == InscriptionSession.Etat.PRESENT
            else "place confirmée"
            if place.est_assis
            else "sur liste d’attente",
        }
        for place in dossier.places
    ]
    lignes += [
        {
            "libelle": f"Immersion, {immersion.collectivite_accueil.nom_court}",
            "url": reverse("parcours:immersion", args=[immersion.pk]),
            "detail": jours_texte(immersion.dates),
            "complement": immersion.get_etat_display().lower(),
        }
        for immersion in dossier.immersions
    ]
    return lignes
