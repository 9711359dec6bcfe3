"""One's place in a session: taken, given back, in the calendar, certified, commented."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadres.models import Cadre
from collectivites.acteurs.acces import (
    ECRITURE,
    LECTURE_ECRITURE,
    Requete,
    RequeteOuverte,
    acces,
    public,
)
from collectivites.acteurs.acteur import Acteur
from collectivites.communs import pdf
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import AGENDA, telechargement
from collectivites.garanties import mur
from collectivites.mots import ROLES_EMPLOYEUR, ROLES_RH, Role
from collectivites.refus import exiger
from parcours.models import InscriptionSession, Session
from parcours.sessions import agenda, documents, predicats
from parcours.sessions.actions import places as actions
from parcours.sessions.actions import reponses
from parcours.sessions.forms.places import InscrireSessionForm

E = InscriptionSession.Etat


@acces(Role.CADRE, methodes=ECRITURE)
def sinscrire(request: Requete, pk: int) -> HttpResponse:
    """One tap; a second one when something else is planned at that time."""
    session = get_object_or_404(Session.objects.visibles_par(request.acteur), pk=pk)
    cadre = get_object_or_404(Cadre.objects.visibles_par(request.acteur))
    place = actions.inscrire_a_session(
        acteur=request.acteur,
        session=session,
        cadre=cadre,
        malgre_chevauchement="malgre" in request.POST,
    )
    messages.success(request, _bilan(place))
    return redirect("parcours:session", pk)


@acces(*ROLES_RH, methodes=ECRITURE)
def inscrire_session(request: Requete, pk: int) -> HttpResponse:
    """Some of one's own cadres, by their HR."""
    acteur = request.acteur
    session = get_object_or_404(Session.objects.visibles_par(acteur), pk=pk)
    formulaire = InscrireSessionForm(request.POST, acteur=acteur, session=session)
    if not formulaire.is_valid():
        messages.error(request, "Choisissez un cadre de votre collectivité, en parcours.")
        return redirect("parcours:session", pk)
    places = actions.inscrire_plusieurs(
        acteur=acteur,
        session=session,
        cadres=formulaire.cleaned_data["cadres"],
        malgre_chevauchement=formulaire.cleaned_data["malgre"],
    )
    for place in places:
        messages.success(request, _bilan(place, f" pour {place.cadre.nom_complet}"))
    return redirect("parcours:session", pk)


@public(methodes=LECTURE_ECRITURE)
@mur.partout()
def rendre_place(request: RequeteOuverte, jeton: str) -> HttpResponse:
    """The link of a mail that asks: the seat is kept until the button is pressed. It opens nothing else,
    and serves once."""
    lu = reponses.lire_le_jeton(jeton)
    if lu is None:
        raise Http404
    place, a_rendre = lu
    rendue = request.method == "POST" and reponses.rendre_par_le_lien(jeton)
    a_rendre = a_rendre and request.method != "POST"
    contexte = {"session": place.session, "a_rendre": a_rendre, "rendue": rendue}
    return render(request, "parcours/sessions/rendre_place.html", contexte)


@acces(Role.CADRE, *ROLES_RH, methodes=ECRITURE)
def annuler_place(request: Requete, pk: int) -> HttpResponse:
    """Give the seat back."""
    place = _place(request.acteur, pk)
    actions.annuler_place(acteur=request.acteur, place=place)
    messages.success(
        request,
        "L’inscription est annulée. Si quelqu’un attendait, la place lui revient.",
    )
    return redirect("parcours:session", place.session_id)


@acces(Role.CADRE, *ROLES_EMPLOYEUR)
@couteux
def attestation(request: Requete, pk: int) -> HttpResponse:
    """For the person who came, and their own employer."""
    place = _place(request.acteur, pk)
    exiger(predicats.refus_lire_attestation(request.acteur, place))
    if place.etat != E.PRESENT:
        raise Http404
    contenu = pdf.produire(documents.render_attestation(place))
    return telechargement(contenu, "application/pdf", f"attestation-{place.pk}.pdf")


@acces(Role.CADRE)
def place_ics(request: Requete, pk: int) -> HttpResponse:
    """The calendar file: adds, moves or removes the event."""
    place = _place(request.acteur, pk)
    if place.confirmee_le is None:
        raise Http404
    return telechargement(agenda.calendrier_place(place), AGENDA, "session.ics")


def _place(acteur: Acteur, pk: int) -> InscriptionSession:
    place: InscriptionSession = get_object_or_404(
        InscriptionSession.objects.visibles_par(acteur).select_related(
            "session__prestation__collectivite", "cadre__collectivite", "cadre__poste"
        ),
        pk=pk,
    )
    return place


def _bilan(place: InscriptionSession, pour: str = "") -> str:
    quand = place.session.quand
    if place.est_assis:
        return f"Place confirmée{pour} : {quand}. Un courriel part, avec le fichier d’agenda."
    return (
        f"Liste d’attente{pour} : {quand}. La première place libre est donnée d’office, et un "
        "courriel le dit."
    )
