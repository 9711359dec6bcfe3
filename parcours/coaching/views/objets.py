"""What the addresses name, found among what the acteur sees: else 404, or 403."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from collectivites.refus import exiger
from parcours.coaching import predicats
from parcours.models import NoteCoaching, RendezVousCoaching, Synthese

LES_DEUX = (Role.CADRE, Role.ACCOMPAGNATEUR)


def les_cadres(acteur: Acteur) -> Any:
    return Cadre.objects.visibles_par(acteur).select_related(
        "candidature", "collectivite", "poste", "accompagnateur__utilisateur"
    )


def cadre_confie(acteur: Acteur, pk: int) -> Cadre:
    cadre: Cadre = get_object_or_404(les_cadres(acteur), pk=pk)
    return cadre


def ou_ecrire(acteur: Acteur, pk: int) -> Cadre:
    cadre = cadre_confie(acteur, pk)
    exiger(predicats.refus_ecrire(acteur, cadre))
    return cadre


def page_de(acteur: Acteur, cadre: Cadre) -> str:
    if acteur.role == Role.CADRE:
        return reverse("parcours:mon_accompagnement")
    return reverse("parcours:accompagnement", args=[cadre.pk])


def rendez_vous_mene(acteur: Acteur, pk: int) -> RendezVousCoaching:
    rendez_vous: RendezVousCoaching = get_object_or_404(
        RendezVousCoaching.objects.menes_par(acteur).select_related(
            "accompagnement__cadre__collectivite", "accompagnement__cadre__candidature"
        ),
        pk=pk,
    )
    return rendez_vous


def ma_note(acteur: Acteur, pk: int) -> NoteCoaching:
    """A note that one reads, and wrote: else 404, or 403."""
    note: NoteCoaching = get_object_or_404(
        NoteCoaching.objects.visibles_par(acteur).select_related(
            "accompagnement__cadre__candidature", "accompagnement__cadre__collectivite"
        ),
        pk=pk,
    )
    exiger(predicats.refus_reprendre(acteur, note))
    return note


def la_synthese(acteur: Acteur, pk: int) -> Synthese:
    synthese: Synthese = get_object_or_404(
        Synthese.objects.visibles_par(acteur).select_related(
            "accompagnement__cadre__candidature",
            "accompagnement__cadre__collectivite",
            "accompagnement__accompagnateur__utilisateur",
        ),
        pk=pk,
    )
    return synthese


def synthese_en_cours(acteur: Acteur, cadre: Cadre) -> Synthese | None:
    synthese: Synthese | None = (
        Synthese.objects.visibles_par(acteur)
        .filter(accompagnement__cadre=cadre, accompagnement__fin__isnull=True)
        .select_related("accompagnement__cadre__candidature")
        .first()
    )
    return synthese
