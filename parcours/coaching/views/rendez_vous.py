"""Appointments of the coaching: fixed, moved, cancelled, declined, marked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces, retour
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.reponses import AGENDA, telechargement
from collectivites.communs.typographie import date_texte, heure_texte
from collectivites.mots import Role
from collectivites.refus import ActionImpossible, exiger
from parcours.coaching import predicats
from parcours.coaching.actions import rendez_vous as actions
from parcours.coaching.forms import RendezVousCoachingForm
from parcours.coaching.journee.alertes import AConfirmer
from parcours.coaching.views.objets import LES_DEUX, cadre_confie, page_de, rendez_vous_mene
from parcours.models import RendezVousCoaching
from parcours.sessions import agenda


@acces(Role.ACCOMPAGNATEUR, methodes=LECTURE_ECRITURE)
def nouveau_rendez_vous(request: Requete, pk: int) -> HttpResponse:
    """A date for somebody entrusted. `pk`: the cadre's."""
    cadre = cadre_confie(request.acteur, pk)
    formulaire = RendezVousCoachingForm(donnees_postees(request))
    fixer = partial(actions.fixer_rendez_vous, cadre=cadre)
    return _saisir(request, cadre, formulaire, fixer)


@acces(Role.ACCOMPAGNATEUR, methodes=LECTURE_ECRITURE)
def deplacer_rendez_vous(request: Requete, pk: int) -> HttpResponse:
    """Another date or place."""
    rendez_vous = rendez_vous_mene(request.acteur, pk)
    if request.method == "GET":  # a POST is told beside its date, and keeps what was typed
        exiger(predicats.refus_deplacer(request.acteur, rendez_vous))
    formulaire = RendezVousCoachingForm(
        donnees_postees(request),
        initial={
            "debut": timezone.localtime(rendez_vous.debut),
            "duree_minutes": rendez_vous.duree_minutes,
            "lieu": rendez_vous.lieu,
            "lien_visio": rendez_vous.lien_visio,
        },
    )
    deplacer = partial(actions.deplacer_rendez_vous, rendez_vous=rendez_vous)
    cadre = rendez_vous.accompagnement.cadre
    return _saisir(request, cadre, formulaire, deplacer, rendez_vous)


@acces(Role.ACCOMPAGNATEUR, methodes=ECRITURE)
def annuler_rendez_vous(request: Requete, pk: int) -> HttpResponse:
    rendez_vous = rendez_vous_mene(request.acteur, pk)
    actions.annuler_rendez_vous(acteur=request.acteur, rendez_vous=rendez_vous)
    cadre = rendez_vous.accompagnement.cadre
    messages.success(request, f"Rendez-vous annulé. {cadre.nom_complet} reçoit un courriel.")
    return redirect(page_de(request.acteur, cadre))


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def decliner_rendez_vous(request: Requete, pk: int) -> HttpResponse:
    """« Je ne pourrai pas venir »: asked once, then the hour is free."""
    rendez_vous = get_object_or_404(
        RendezVousCoaching.objects.visibles_par(request.acteur).select_related(
            "accompagnement__cadre", "accompagnement__accompagnateur__utilisateur"
        ),
        pk=pk,
    )
    accompagnateur = rendez_vous.accompagnement.accompagnateur.utilisateur
    if request.method == "POST":
        actions.decliner_rendez_vous(acteur=request.acteur, rendez_vous=rendez_vous)
        messages.success(
            request, f"Rendez-vous annulé. {accompagnateur.nom_complet} reçoit un courriel."
        )
        return redirect(f"{reverse('parcours:mon_accompagnement')}#rendez-vous")
    exiger(predicats.refus_decliner(request.acteur, rendez_vous))
    contexte = {"rendez_vous": rendez_vous, "accompagnateur": accompagnateur}
    return render(request, "parcours/coaching/decliner_rendez_vous.html", contexte)


@acces(Role.ACCOMPAGNATEUR, methodes=ECRITURE)
def noter_rendez_vous(request: Requete, pk: int) -> HttpResponse:
    """Present, absent or excused: one tap."""
    rendez_vous = rendez_vous_mene(request.acteur, pk)
    presence = request.POST.get("presence", "")
    actions.noter_rendez_vous(acteur=request.acteur, rendez_vous=rendez_vous, presence=presence)
    cadre = rendez_vous.accompagnement.cadre
    messages.success(
        request, f"{cadre.nom_complet}, coaching : {actions.PRESENCES_DITES[presence]}."
    )
    ancre = "passes" if "corrige" in request.POST else "a-noter"
    return retour(request, reverse("parcours:accompagnements"), ancre)


@acces(*LES_DEUX)
def agenda_ics(request: Requete, pk: int) -> HttpResponse:
    """The calendar file of one appointment."""
    rendez_vous = get_object_or_404(
        RendezVousCoaching.objects.visibles_par(request.acteur).select_related("accompagnement"),
        pk=pk,
    )
    fichier = agenda.calendrier_coaching(
        [rendez_vous], pour_le_cadre=request.acteur.role == Role.CADRE
    )
    return telechargement(fichier, AGENDA, "coaching.ics")


def _saisir(
    request: Requete,
    cadre: Cadre,
    formulaire: RendezVousCoachingForm,
    action: Callable[..., RendezVousCoaching],
    rendez_vous: RendezVousCoaching | None = None,
) -> HttpResponse:
    """The page of a date. What the action refuses is told beside the date."""
    if request.method == "POST" and formulaire.is_valid():
        try:
            fixe = action(acteur=request.acteur, **formulaire.cleaned_data)
        except AConfirmer as alerte:
            formulaire.demander_confirmation(alerte.message)
        except ActionImpossible as refus:
            formulaire.add_error("debut", refus.message)
        else:
            messages.success(request, _dire(fixe))
            return redirect(page_de(request.acteur, cadre))
    contexte = {"cadre": cadre, "formulaire": formulaire, "rendez_vous": rendez_vous}
    return render(request, "parcours/coaching/rendez_vous.html", contexte)


def _dire(rendez_vous: RendezVousCoaching) -> str:
    quand = f"{date_texte(rendez_vous.debut)}, {heure_texte(rendez_vous.debut)}"
    if rendez_vous.est_a_venir:
        nom = rendez_vous.accompagnement.cadre.nom_complet
        return f"Rendez-vous le {quand}. {nom} reçoit un courriel."
    return f"Rendez-vous du {quand} enregistré. Notez maintenant la présence."
