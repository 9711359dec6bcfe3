"""One's calendar, to subscribe to, and the reminders one wishes."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from icalendar import Event

from cadres.candidature.acteurs import acteur_du_mandat
from collectivites.acteurs.acces import (
    ECRITURE,
    LECTURE_ECRITURE,
    Requete,
    RequeteOuverte,
    acces,
    public,
)
from collectivites.acteurs.acteur import Acteur, mandats_de
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.reponses import AGENDA
from collectivites.garanties import mur
from collectivites.models import Mandat, Utilisateur
from collectivites.mots import ROLES_RH, Role
from parcours.models import (
    AbonnementAgenda,
    EtapeProgramme,
    Immersion,
    InscriptionSession,
    PreferencesRappel,
    RendezVousCoaching,
    Session,
    SuiviEtape,
)
from parcours.mots import IMMERSIONS_ACCORDEES
from parcours.sessions import agenda
from parcours.sessions.actions import abonnements as actions
from parcours.sessions.actions.abonnements import abonne_de
from parcours.sessions.evenements import flux
from parcours.sessions.forms.rappels import RappelsForm

#: The calendar keeps what is over for a while.
MEMOIRE = timedelta(days=60)
#: Who has dates: a cadre, a coach, an HR direction that organises.
ABONNES = (Role.CADRE, Role.ACCOMPAGNATEUR, *ROLES_RH)


@acces(methodes=LECTURE_ECRITURE)
def mon_agenda(request: Requete) -> HttpResponse:
    """What I receive, and my private calendar."""
    preferences = PreferencesRappel.objects.filter(utilisateur=request.acteur.utilisateur).first()
    formulaire = RappelsForm(donnees_postees(request), instance=preferences)
    if request.method == "POST" and formulaire.is_valid():
        actions.regler_rappels(acteur=request.acteur, **formulaire.cleaned_data)
        messages.success(request, "Vos choix sont enregistrés.")
        return redirect("parcours:mon_agenda")
    return _page(request, formulaire)


@acces(*ABONNES, methodes=ECRITURE)
def creer_agenda(request: Requete) -> HttpResponse:
    """A new secret address, shown on this answer and never again."""
    jeton = actions.creer_abonnement(acteur=request.acteur)
    chemin = reverse("parcours:flux_agenda", args=[jeton])
    preferences = PreferencesRappel.objects.filter(utilisateur=request.acteur.utilisateur).first()
    reponse = _page(
        request, RappelsForm(instance=preferences), f"{settings.QUATUOR_SITE.rstrip('/')}{chemin}"
    )
    reponse["Cache-Control"] = "no-store"
    return reponse


@acces(*ABONNES, methodes=ECRITURE)
def revoquer_agenda(request: Requete) -> HttpResponse:
    actions.revoquer_abonnement(acteur=request.acteur)
    messages.success(request, "L’adresse ne répond plus. Votre agenda cessera de se mettre à jour.")
    return redirect("parcours:mon_agenda")


@public()
def flux_agenda(request: RequeteOuverte, jeton: str) -> HttpResponse:
    """Read by a calendar program, which cannot log in: the address is the key.

    It names nobody. It holds the dates of its owner, as far as their live mandats go.
    """
    personne = abonne_de(jeton)
    if personne is None:
        raise Http404
    return HttpResponse(
        flux(_evenements(personne)),
        content_type=AGENDA,
        headers={"Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"},
    )


def _page(request: Requete, formulaire: RappelsForm, adresse: str = "") -> HttpResponse:
    acteur = request.acteur
    contexte = {
        "formulaire": formulaire,
        "adresse": adresse,
        "abonnement": AbonnementAgenda.objects.filter(utilisateur=acteur.utilisateur).first(),
        "a_un_agenda": acteur.role in ABONNES,
        "webcal": f"webcal://{adresse.partition('://')[2]}" if adresse else "",
    }
    return render(request, "parcours/programme/mon_agenda.html", contexte)


def _evenements(personne: Utilisateur) -> list[Event]:
    evenements: list[Event] = []
    for mandat in mandats_de(personne):
        with mur.pour(mandat.collectivite.demarche_id):
            evenements += _sous_ce_mandat(mandat)
    # Under two mandats, the same day is one event.
    return list({str(evenement["uid"]): evenement for evenement in evenements}.values())


def _sous_ce_mandat(mandat: Mandat) -> list[Event]:
    acteur = acteur_du_mandat(mandat)
    evenements: list[Event] = []
    if acteur.est_rh:
        evenements += _de_l_organisateur(acteur)
    elif acteur.role in ABONNES:
        evenements += _du_mandat(acteur)
    for branche in agenda.DATES:
        evenements += branche(acteur)
    return evenements


def _du_mandat(acteur: Acteur) -> list[Event]:
    """Four or five queries a mandat."""
    depuis = timezone.now() - MEMOIRE
    suivis = SuiviEtape.objects.visibles_par(acteur)
    coachings = RendezVousCoaching.objects.visibles_par(acteur)
    if acteur.role == Role.ACCOMPAGNATEUR:
        coachings = RendezVousCoaching.objects.menes_par(acteur)
        suivis = SuiviEtape.objects.geres_par(acteur)
        animees = Session.objects.filter(animateur=acteur.mandat, debut__gte=depuis)
        evenements = [
            evenement
            for session in animees.select_related("prestation")
            for evenement in agenda.evenements_animation(session)
        ]
    else:
        places = (
            InscriptionSession.objects.visibles_par(acteur)
            .filter(session__debut__gte=depuis, confirmee_le__isnull=False)
            .select_related("session__prestation")
        )
        evenements = [e for place in places for e in agenda.evenements_place(place)]
        accordees = Immersion.objects.visibles_par(acteur).filter(
            fin__gte=timezone.localdate(depuis),
            etat__in=IMMERSIONS_ACCORDEES,
        )
        for immersion in accordees.select_related("collectivite_accueil"):
            evenements += agenda.evenements_immersion(immersion)
    evenements += [
        agenda.evenement_coaching(rendez_vous, pour_le_cadre=acteur.role == Role.CADRE)
        for rendez_vous in coachings.filter(debut__gte=depuis).select_related("accompagnement")
    ]
    dates = suivis.datees().filter(quand__gte=depuis).select_related("etape__promotion")
    return evenements + [agenda.evenement_suivi(suivi) for suivi in dates]


def _de_l_organisateur(acteur: Acteur) -> list[Event]:
    """The sessions that one's HR direction holds, and the common dates of the promotions: nobody's
    name. Two queries."""
    depuis = timezone.now() - MEMOIRE
    sessions = Session.objects.tenues_par(acteur).filter(fin__gte=depuis)
    evenements = [
        evenement
        for session in sessions.select_related("prestation")
        for evenement in agenda.evenements_animation(session)
    ]
    etapes = EtapeProgramme.objects.visibles_par(acteur).filter(date_prevue__gte=depuis)
    return evenements + [agenda.evenement_etape(e) for e in etapes.select_related("promotion")]
