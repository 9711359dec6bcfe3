"""Notes and objectives: what the two write, and read alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadres.models import Cadre
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from parcours.coaching.actions import ecrits as actions
from parcours.coaching.dossier import lire
from parcours.coaching.forms import NoteForm, ObjectifForm
from parcours.coaching.mur import derriere_le_mur
from parcours.coaching.views.objets import LES_DEUX, ma_note, ou_ecrire, page_de
from parcours.models import Objectif


@dataclass(frozen=True)
class Ecrire:
    """The words of a page to write on: its title, its button, what it says once done, and where."""

    titre: str
    verbe: str
    fait: str
    ancre: str


NOTE = Ecrire(
    "Écrire une note",
    "Enregistrer la note",
    "Note enregistrée. Vous deux la lisez, personne d’autre.",
    "notes",
)
NOTE_CORRIGEE = Ecrire("Corriger une note", "Enregistrer la note", "Note corrigée.", "notes")
OBJECTIF = Ecrire("Poser un objectif", "Poser l’objectif", "Objectif posé.", "objectifs")


@acces(*LES_DEUX, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def ecrire_note(request: Requete, pk: int) -> HttpResponse:
    """A new note. `pk`: the cadre's."""
    cadre = ou_ecrire(request.acteur, pk)
    formulaire = NoteForm(donnees_postees(request))
    return _saisir(request, cadre, formulaire, partial(actions.ecrire_note, cadre=cadre), NOTE)


@acces(*LES_DEUX, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def modifier_note(request: Requete, pk: int) -> HttpResponse:
    """One's own note, corrected."""
    note = ma_note(request.acteur, pk)
    formulaire = NoteForm(donnees_postees(request), initial={"texte": lire(note)})
    modifier = partial(actions.modifier_note, note=note)
    return _saisir(request, note.accompagnement.cadre, formulaire, modifier, NOTE_CORRIGEE)


@acces(*LES_DEUX, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def detruire_note(request: Requete, pk: int) -> HttpResponse:
    """One's own note: says what is lost, then destroys it."""
    note = ma_note(request.acteur, pk)
    cadre = note.accompagnement.cadre
    page = page_de(request.acteur, cadre)
    if request.method == "POST":
        actions.detruire_note(acteur=request.acteur, note=note)
        messages.success(request, "Note détruite.")
        return redirect(f"{page}#notes")
    return render(
        request, "parcours/ecrits/detruire_note.html", {"note": note, "cadre": cadre, "page": page}
    )


@acces(*LES_DEUX, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def poser_objectif(request: Requete, pk: int) -> HttpResponse:
    """A new objective. `pk`: the cadre's."""
    cadre = ou_ecrire(request.acteur, pk)
    formulaire = ObjectifForm(donnees_postees(request))
    poser = partial(actions.poser_objectif, cadre=cadre)
    return _saisir(request, cadre, formulaire, poser, OBJECTIF)


@acces(*LES_DEUX, methodes=ECRITURE)
def cocher_objectif(request: Requete, pk: int) -> HttpResponse:
    """Reached, or not yet."""
    objectif = get_object_or_404(
        Objectif.objects.visibles_par(request.acteur).select_related(
            "accompagnement__cadre__candidature"
        ),
        pk=pk,
    )
    cadre = objectif.accompagnement.cadre
    objectif = actions.cocher_objectif(acteur=request.acteur, objectif=objectif)
    messages.success(request, "Objectif atteint." if objectif.atteint_le else "Objectif rouvert.")
    return redirect(f"{page_de(request.acteur, cadre)}#objectifs")


def _saisir(
    request: Requete,
    cadre: Cadre,
    formulaire: NoteForm | ObjectifForm,
    action: Callable[..., Any],
    mots: Ecrire,
) -> HttpResponse:
    """The page with its one text; once the text is good, the action, and back to the dossier."""
    page = page_de(request.acteur, cadre)
    if request.method == "POST" and formulaire.is_valid():
        action(acteur=request.acteur, **formulaire.cleaned_data)
        messages.success(request, mots.fait)
        return redirect(f"{page}#{mots.ancre}")
    contexte = {
        "cadre": cadre,
        "formulaire": formulaire,
        "titre_page": mots.titre,
        "verbe": mots.verbe,
        "page": page,
    }
    return render(request, "parcours/ecrits/ecrire.html", contexte)
