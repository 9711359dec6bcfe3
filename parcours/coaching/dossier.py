"""All that the two pages behind the wall show, read in about ten queries."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from parcours.coaching import predicats as droits_coaching
from parcours.coaching import secret
from parcours.models import (
    Accompagnement,
    Bilan,
    Inscription,
    NoteCoaching,
    Objectif,
    RendezVousCoaching,
    Sortie,
    Synthese,
)
from parcours.models.scelle import TexteScelle

ILLISIBLE = "Ce texte ne peut plus être ouvert : sa clé n’est plus dans l’installation."


def lire(objet: TexteScelle) -> str:
    """The text in clear, for a page; a sentence when its key is lost."""
    try:
        return objet.texte
    except secret.Illisible:
        return ILLISIBLE


def dossier(acteur: Acteur, cadre: Cadre) -> dict[str, Any]:
    """The context of both pages. Everything goes through `visibles_par(acteur)`."""
    personne = droits_coaching.est_la_personne(acteur, cadre)
    du_cadre = Q(accompagnement__cadre=cadre)
    rendez_vous = list(
        RendezVousCoaching.objects.visibles_par(acteur)
        .filter(du_cadre)
        .select_related("accompagnement__cadre")
    )
    notes = (
        NoteCoaching.objects.visibles_par(acteur)
        .filter(du_cadre)
        .select_related("auteur", "accompagnement__cadre__candidature")
    )
    objectifs = (
        Objectif.objects.visibles_par(acteur).filter(du_cadre).select_related("accompagnement")
    )
    syntheses = list(
        Synthese.objects.visibles_par(acteur)
        .filter(du_cadre)
        .select_related("modifiee_par", "accompagnement__cadre__candidature", "publiee_pour")
        .order_by("-accompagnement__debut")
    )
    courante = next((s for s in syntheses if s.accompagnement.fin is None), None)
    inscription = (
        Inscription.objects.visibles_par(acteur)
        .filter(cadre=cadre)
        .select_related("promotion", "cadre")
        .order_by("-inscrit_le", "-pk")
        .first()
    )
    ecrit = droits_coaching.peut_ecrire(acteur, cadre)
    return {
        "cadre": cadre,
        "accompagnateur": cadre.accompagnateur,
        "personne": personne,
        "ecrit": ecrit,
        "mene": droits_coaching.accompagne(acteur, cadre),
        "a_noter": [r for r in rendez_vous if r.est_a_noter],
        "a_venir": [
            {
                "rdv": r,
                "absence": reverse("parcours:decliner_rendez_vous", args=[r.pk])
                if droits_coaching.peut_decliner(acteur, r)
                else "",
            }
            for r in rendez_vous
            if r.est_a_venir
        ],
        "passes": [r for r in reversed(rendez_vous) if r.etat in RendezVousCoaching.NOTES],
        "notes": [
            {
                "note": note,
                "texte_note": lire(note),
                "reprend": droits_coaching.peut_reprendre(acteur, note),
            }
            for note in notes
        ],
        "objectifs": [
            {
                "objectif": objectif,
                "texte_objectif": lire(objectif),
                "coche": ecrit and objectif.accompagnement.fin is None,
            }
            for objectif in objectifs
        ],
        "synthese": courante,
        "texte_synthese": lire(courante) if courante else "",
        "publiable": courante is not None and droits_coaching.peut_publier(acteur, courante),
        "anciennes_syntheses": [
            {
                "synthese": s,
                "texte_synthese": lire(s),
                "publiable": droits_coaching.peut_publier(acteur, s),
            }
            for s in syntheses
            if s.accompagnement.fin is not None
        ],
        "precedents": _precedents(acteur, cadre) if personne else [],
        "inscription": inscription,
        "bilan": _bilan(acteur, inscription),
        "bilan_possible": inscription is not None
        and droits_coaching.peut_faire_son_bilan(acteur, inscription),
        "sortie": _sortie(acteur, inscription) if personne else None,
    }


def _precedents(acteur: Acteur, cadre: Cadre) -> list[dict[str, Any]]:
    """The earlier accompagnements of which something was written: who reads it is to be decided."""
    anciens = (
        Accompagnement.objects.visibles_par(acteur)
        .filter(cadre=cadre, fin__isnull=False)
        .annotate(
            ecrits=Count("notes", distinct=True)
            + Count("objectifs", distinct=True)
            + Count("synthese", distinct=True)
        )
        .filter(ecrits__gt=0)
        .select_related("accompagnateur__utilisateur", "transmis_a__accompagnateur__utilisateur")
        .order_by("-debut", "-pk")
    )
    lignes = []
    for ancien in anciens:
        lu = ancien.transmis_a
        transmis = (
            lu is not None and lu.fin is None and lu.accompagnateur_id == cadre.accompagnateur_id
        )
        lignes.append(
            {
                "accompagnement": ancien,
                "transmis": transmis,
                "transmissible": cadre.accompagnateur_id is not None and not transmis,
            }
        )
    return lignes


def _bilan(acteur: Acteur, inscription: Inscription | None) -> Bilan | None:
    if inscription is None:
        return None
    bilan: Bilan | None = (
        Bilan.objects.visibles_par(acteur)
        .filter(inscription=inscription)
        .select_related("inscription")
        .first()
    )
    return bilan


def _sortie(acteur: Acteur, inscription: Inscription | None) -> Sortie | None:
    if inscription is None:
        return None
    sortie: Sortie | None = (
        Sortie.objects.visibles_par(acteur).filter(inscription=inscription).first()
    )
    return sortie
