"""The catalogue: what the four, and the firm, offer to those who are in a parcours."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import ROLES_RH
from collectivites.refus import exiger
from parcours.models import InscriptionSession, Prestation, Session
from parcours.sessions import predicats
from parcours.sessions.actions import catalogue as actions
from parcours.sessions.forms.catalogue import PrestationForm
from parcours.sessions.forms.sessions import SessionForm
from parcours.sessions.requetes import PrestationQuerySet, SessionQuerySet

PAR_PAGE = 25


@acces()
def catalogue(request: Requete) -> HttpResponse:
    """By kind, or the dates to come; a cadre sees where they are enrolled."""
    acteur = request.acteur
    prestations = Prestation.objects.visibles_par(acteur).filter(archivee_le__isnull=True)
    sessions = Session.objects.visibles_par(acteur).a_venir()
    presentes = set(prestations.order_by().values_list("nature", flat=True).distinct())
    nature = request.GET.get("nature", "")
    if nature in presentes:
        prestations = prestations.filter(nature=nature)
        sessions = sessions.filter(prestation__nature=nature)
    page_sessions = _page_de_sessions(request, sessions)
    contexte = {
        "page": _page_de_prestations(request, prestations),
        "page_sessions": page_sessions,
        "sessions": _lignes(page_sessions, _places_de_la_personne(acteur)),
        "natures": [(cle, nom) for cle, nom in Prestation.Nature.choices if cle in presentes],
        "nature": nature if nature in presentes else "",
        "peut_offrir": predicats.refus_offrir(acteur) is None,
    }
    return render(request, "parcours/sessions/catalogue.html", contexte)


@acces()
def prestation(request: Requete, pk: int) -> HttpResponse:
    """What it is, and its dates."""
    acteur = request.acteur
    prestation = _prestation(acteur, pk)
    sessions = prestation.sessions.avec_places().order_by("-debut", "pk")
    contexte = {
        "prestation": prestation,
        "sessions": _lignes(sessions[:50], {}),
        "peut_editer": predicats.refus_editer(acteur, prestation) is None,
    }
    return render(request, "parcours/sessions/prestation.html", contexte)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def nouvelle_prestation(request: Requete) -> HttpResponse:
    formulaire = PrestationForm(donnees_postees(request), acteur=request.acteur)
    if request.method == "POST" and formulaire.is_valid():
        prestation = actions.creer_prestation(
            acteur=request.acteur, donnees=formulaire.cleaned_data
        )
        messages.success(request, f"{prestation.intitule} est au catalogue. Ouvrez une session.")
        return redirect("parcours:prestation", prestation.pk)
    return render(request, "parcours/sessions/prestation_saisie.html", {"formulaire": formulaire})


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def modifier_prestation(request: Requete, pk: int) -> HttpResponse:
    prestation = _prestation_editable(request.acteur, pk)
    formulaire = PrestationForm(
        donnees_postees(request), acteur=request.acteur, instance=prestation
    )
    if request.method == "POST" and formulaire.is_valid():
        actions.modifier_prestation(
            acteur=request.acteur, prestation=prestation, donnees=formulaire.cleaned_data
        )
        messages.success(request, "La prestation est modifiée.")
        return redirect("parcours:prestation", pk)
    contexte = {"formulaire": formulaire, "prestation": prestation}
    return render(request, "parcours/sessions/prestation_saisie.html", contexte)


@acces(*ROLES_RH, methodes=ECRITURE)
def archiver_prestation(request: Requete, pk: int) -> HttpResponse:
    prestation = _prestation_editable(request.acteur, pk)
    prestation = actions.archiver_prestation(acteur=request.acteur, prestation=prestation)
    suite = "n’est plus au catalogue" if prestation.est_archivee else "revient au catalogue"
    messages.success(request, f"{prestation.intitule} {suite}.")
    return redirect("parcours:prestation", pk)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def nouvelle_session(request: Requete, pk: int) -> HttpResponse:
    prestation = _prestation_editable(request.acteur, pk)
    formulaire = SessionForm(
        donnees_postees(request), acteur=request.acteur, initial={"lieu": prestation.lieu}
    )
    if request.method == "POST" and formulaire.is_valid():
        session = actions.ouvrir_session(
            acteur=request.acteur,
            prestation=prestation,
            donnees=formulaire.cleaned_data,
            deja_tenue=formulaire.est_deja_tenue,
        )
        messages.success(request, _session_dite(session))
        return redirect("parcours:session", session.pk)
    contexte = {"formulaire": formulaire, "prestation": prestation}
    return render(request, "parcours/sessions/session_saisie.html", contexte)


def _prestation(acteur: Acteur, pk: int) -> Prestation:
    prestation: Prestation = get_object_or_404(
        Prestation.objects.visibles_par(acteur).select_related("collectivite"), pk=pk
    )
    return prestation


def _prestation_editable(acteur: Acteur, pk: int) -> Prestation:
    prestation = _prestation(acteur, pk)
    exiger(predicats.refus_editer(acteur, prestation))
    return prestation


def _page_de_prestations(request: Requete, prestations: PrestationQuerySet) -> Page[Prestation]:
    rangees = (
        prestations.avec_sessions()
        .select_related("collectivite")
        .order_by("nature", "intitule", "pk")
    )
    return Paginator(rangees, PAR_PAGE).get_page(request.GET.get("page"))


def _page_de_sessions(request: Requete, sessions: SessionQuerySet) -> Page[Session]:
    rangees = (
        sessions.avec_places().select_related("prestation__collectivite").order_by("debut", "pk")
    )
    return Paginator(rangees, PAR_PAGE).get_page(request.GET.get("dates"))


def _places_de_la_personne(acteur: Acteur) -> dict[int, InscriptionSession]:
    """session → one's own place in it; nothing for whoever is not a cadre."""
    if acteur.cadre_id is None:
        return {}
    places = InscriptionSession.objects.visibles_par(acteur).vivantes()
    return {place.session_id: place for place in places.filter(cadre=acteur.cadre_id)}


def _lignes(
    sessions: Iterable[Session], miennes: dict[int, InscriptionSession]
) -> list[dict[str, Any]]:
    """Each session, the seats left, and one's own place. `sessions` come with `avec_places`."""
    return [
        {"session": s, "libres": max(s.capacite - s.prises, 0), "place": miennes.get(s.pk)}
        for s in sessions
    ]


def _session_dite(session: Session) -> str:
    if session.est_commencee:
        return (
            f"Session enregistrée, {session.quand}. Ajoutez qui est venu, puis notez les présences."
        )
    return f"Session ouverte, {session.quand}."
