"""All that the two pages behind the wall show, read in about ten queries."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.urls import reverse

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.garanties import secret
from parcours.coaching import predicats
from parcours.coaching.journee.heures import heures_de
from parcours.models import (
    Accompagnement,
    Bilan,
    CreneauCoaching,
    Inscription,
    NoteCoaching,
    NotePrivee,
    Objectif,
    RendezVousCoaching,
    Sortie,
    Synthese,
)
from parcours.models.bilan import Choix
from parcours.models.scelle import TexteScelle
from parcours.programme.predicats import refus_faire_son_bilan

ILLISIBLE = "Ce texte ne peut plus être ouvert : sa clé n’est plus dans l’installation."


def lire(objet: TexteScelle) -> str:
    """The text in clear, for a page; a sentence when its key is lost."""
    try:
        return objet.texte
    except secret.Illisible:
        return ILLISIBLE


def lire_le_bilan(bilan: Bilan) -> Choix:
    """All that it says; the sentence in place of the words when its key is lost."""
    try:
        return bilan.choix
    except secret.Illisible:
        return Choix(texte=ILLISIBLE)


def dossier(acteur: Acteur, cadre: Cadre) -> dict[str, Any]:
    """The context of both pages. Everything goes through `visibles_par(acteur)`."""
    personne = predicats.est_la_personne(acteur, cadre)
    ecrit = predicats.refus_ecrire(acteur, cadre) is None
    inscription = _inscription(acteur, cadre)
    return {
        "cadre": cadre,
        "accompagnateur": cadre.accompagnateur,
        "personne": personne,
        "ecrit": ecrit,
        "mene": predicats.accompagne(acteur, cadre),
        **_rendez_vous(acteur, cadre),
        "notes": _notes(acteur, cadre),
        **_pour_l_accompagnateur(acteur, cadre),
        "creneaux": _creneaux(acteur) if personne else [],
        "objectifs": _objectifs(acteur, cadre, ecrit=ecrit),
        **_syntheses(acteur, cadre),
        "precedents": _precedents(acteur, cadre) if personne else [],
        "inscription": inscription,
        "bilan": _bilan(acteur, inscription),
        "bilan_possible": inscription is not None
        and refus_faire_son_bilan(acteur, inscription) is None,
        "sortie": _sortie(acteur, inscription) if personne else None,
    }


def _rendez_vous(acteur: Acteur, cadre: Cadre) -> dict[str, Any]:
    rendez_vous = list(
        RendezVousCoaching.objects.visibles_par(acteur)
        .filter(accompagnement__cadre=cadre)
        .select_related("accompagnement__cadre")
    )
    return {
        "a_noter": [r for r in rendez_vous if r.est_a_noter],
        "a_venir": [
            {"rdv": r, "absence": _adresse_d_absence(acteur, r)}
            for r in rendez_vous
            if r.est_a_venir
        ],
        "passes": [r for r in reversed(rendez_vous) if r.etat in RendezVousCoaching.NOTES],
    }


def _adresse_d_absence(acteur: Acteur, rendez_vous: RendezVousCoaching) -> str:
    """Where the person says that they cannot come; nothing for anybody else."""
    if predicats.refus_decliner(acteur, rendez_vous) is not None:
        return ""
    return reverse("parcours:decliner_rendez_vous", args=[rendez_vous.pk])


def _notes(acteur: Acteur, cadre: Cadre) -> list[dict[str, Any]]:
    notes = (
        NoteCoaching.objects.visibles_par(acteur)
        .filter(accompagnement__cadre=cadre)
        .select_related("auteur", "accompagnement__cadre__candidature")
    )
    return [
        {
            "note": note,
            "texte_note": lire(note),
            "reprend": predicats.refus_reprendre(acteur, note) is None,
        }
        for note in notes
    ]


def _pour_l_accompagnateur(acteur: Acteur, cadre: Cadre) -> dict[str, Any]:
    """Their own notes, and the hours done beside those that the programme plans."""
    if not predicats.accompagne(acteur, cadre):
        return {"notes_privees": [], "heures": None}
    notes = (
        NotePrivee.objects.visibles_par(acteur)
        .filter(accompagnement__cadre=cadre)
        .select_related("accompagnement")
    )
    return {
        "notes_privees": [{"note": note, "texte_note": lire(note)} for note in notes],
        "heures": heures_de(acteur, cadre),
    }


def _creneaux(acteur: Acteur) -> list[CreneauCoaching]:
    """The free hours of their coach, for the person to pick."""
    return list(CreneauCoaching.objects.visibles_par(acteur)[:12])


def _objectifs(acteur: Acteur, cadre: Cadre, *, ecrit: bool) -> list[dict[str, Any]]:
    objectifs = (
        Objectif.objects.visibles_par(acteur)
        .filter(accompagnement__cadre=cadre)
        .select_related("accompagnement")
    )
    return [
        {
            "objectif": objectif,
            "texte_objectif": lire(objectif),
            "coche": ecrit and objectif.accompagnement.fin is None,
        }
        for objectif in objectifs
    ]


def _syntheses(acteur: Acteur, cadre: Cadre) -> dict[str, Any]:
    """The one of today's accompagnement, and the earlier ones."""
    syntheses = list(
        Synthese.objects.visibles_par(acteur)
        .filter(accompagnement__cadre=cadre)
        .select_related("modifiee_par", "accompagnement__cadre__candidature", "publiee_pour")
        .order_by("-accompagnement__debut")
    )
    courante = next((s for s in syntheses if s.accompagnement.fin is None), None)
    return {
        "synthese": courante,
        "texte_synthese": lire(courante) if courante else "",
        "publiable": courante is not None and predicats.refus_publier(acteur, courante) is None,
        "anciennes_syntheses": [
            {
                "synthese": synthese,
                "texte_synthese": lire(synthese),
                "publiable": predicats.refus_publier(acteur, synthese) is None,
            }
            for synthese in syntheses
            if synthese.accompagnement.fin is not None
        ],
    }


def _inscription(acteur: Acteur, cadre: Cadre) -> Inscription | None:
    inscription: Inscription | None = (
        Inscription.objects.visibles_par(acteur)
        .filter(cadre=cadre)
        .select_related("promotion", "cadre")
        .order_by("-inscrit_le", "-pk")
        .first()
    )
    return inscription


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
