"""The coach's own notes: neither the person nor anybody else opens these pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from collectivites.refus import exiger
from parcours.coaching import predicats
from parcours.coaching.actions import ecrits as actions
from parcours.coaching.dossier import lire
from parcours.coaching.forms import NotePriveeForm
from parcours.coaching.mur import derriere_le_mur
from parcours.coaching.views.objets import cadre_confie
from parcours.models import NotePrivee

GABARIT = "parcours/ecrits/note_privee.html"


@acces(Role.ACCOMPAGNATEUR, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def ecrire_note_privee(request: Requete, pk: int) -> HttpResponse:
    """A new one. `pk`: the cadre's."""
    cadre = cadre_confie(request.acteur, pk)
    exiger(predicats.refus_fixer(request.acteur, cadre))
    formulaire = NotePriveeForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        actions.ecrire_note_privee(acteur=request.acteur, cadre=cadre, **formulaire.cleaned_data)
        messages.success(request, "Note personnelle enregistrée.")
        return redirect(_page(cadre.pk))
    return render(request, GABARIT, {"cadre": cadre, "formulaire": formulaire, "note": None})


@acces(Role.ACCOMPAGNATEUR, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def modifier_note_privee(request: Requete, pk: int) -> HttpResponse:
    """Corrected, or destroyed (POST `detruire`)."""
    note = _ma_note(request.acteur, pk)
    cadre = note.accompagnement.cadre
    if "detruire" in request.POST:
        actions.detruire_note_privee(acteur=request.acteur, note=note)
        messages.success(request, "Note personnelle détruite.")
        return redirect(_page(cadre.pk))
    formulaire = NotePriveeForm(donnees_postees(request), initial={"texte": lire(note)})
    if request.method == "POST" and formulaire.is_valid():
        actions.modifier_note_privee(acteur=request.acteur, note=note, **formulaire.cleaned_data)
        messages.success(request, "Note personnelle corrigée.")
        return redirect(_page(cadre.pk))
    return render(request, GABARIT, {"cadre": cadre, "formulaire": formulaire, "note": note})


def _page(cadre_pk: int) -> str:
    return f"{reverse('parcours:accompagnement', args=[cadre_pk])}#notes-personnelles"


def _ma_note(acteur: Acteur, pk: int) -> NotePrivee:
    note: NotePrivee = get_object_or_404(
        NotePrivee.objects.visibles_par(acteur).select_related(
            "accompagnement__cadre__candidature"
        ),
        pk=pk,
    )
    exiger(predicats.refus_reprendre_privee(acteur, note))
    return note
