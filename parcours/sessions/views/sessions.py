"""One session: who is in, who waits, who came."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs import pdf
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import telechargement
from collectivites.communs.typographie import compter
from collectivites.mots import ROLES_RH, Role
from collectivites.refus import exiger, exiger_droit
from parcours.models import Evaluation, InscriptionSession, Session
from parcours.sessions import documents, predicats
from parcours.sessions.actions import catalogue
from parcours.sessions.actions.places import chevauchements_de_la_session, noter_feuille
from parcours.sessions.forms.places import InscrireSessionForm
from parcours.sessions.forms.sessions import DedoublerForm, MotifForm, SessionForm

E = InscriptionSession.Etat


@acces()
def session(request: Requete, pk: int) -> HttpResponse:
    """A cadre: to enrol or give back. HR: its people. Who organises: everybody."""
    acteur = request.acteur
    session = _session(acteur, pk, avec_places=True)
    places = _places_lues(acteur, session)
    assises = [_ligne(acteur, p) for p in places if p.est_assis]
    tient = predicats.refus_tenir_la_feuille(acteur, session) is None
    lit_tout = predicats.refus_lire_la_liste(acteur, session) is None
    contexte: dict[str, Any] = {
        "session": session,
        "prestation": session.prestation,
        "libres": max(session.capacite - session.prises, 0),
        "confirmees": assises,
        "attendent": [_ligne(acteur, p) for p in places if p.etat == E.ATTENTE],
        "organise": predicats.refus_organiser_session(acteur, session) is None,
        "tient_la_feuille": tient,
        "note": predicats.refus_noter_presences(acteur, session) is None,
        "voit_tout": lit_tout,
        "a_rappeler": _a_rappeler(acteur, session) if lit_tout else [],
        # Seats of people who withdrew since: counted, not named.
        "sans_nom": session.prises - len(assises) if tient else 0,
        "formulaire": _formulaire(acteur, session),
        **_pour_le_cadre(acteur, session, places),
    }
    return render(request, "parcours/sessions/session.html", contexte)


def _places_lues(acteur: Acteur, session: Session) -> list[InscriptionSession]:
    """The people that the reader may see there."""
    return list(
        InscriptionSession.objects.visibles_par(acteur)
        .filter(session=session)
        .exclude(etat=E.ANNULEE)
        .select_related("cadre__collectivite", "session__prestation")
        .order_by("place", "demandee_le", "pk")
    )


def _a_rappeler(acteur: Acteur, session: Session) -> list[InscriptionSession]:
    """Those whom the cancelling of the session concerned: seated or waiting that day."""
    if session.annulee_le is None:
        return []
    return list(
        InscriptionSession.objects.visibles_par(acteur)
        .filter(session=session, etat=E.ANNULEE, annulee_le__gte=session.annulee_le)
        .select_related("cadre__collectivite")
        .order_by("cadre__nom", "cadre__prenom", "pk")
    )


def _ligne(acteur: Acteur, place: InscriptionSession) -> dict[str, Any]:
    certifie = (
        acteur.est_employeur
        and place.etat == E.PRESENT
        and predicats.refus_lire_attestation(acteur, place) is None
    )
    return {
        "place": place,
        "annulable": predicats.refus_annuler_place(acteur, place) is None,
        "certifie": certifie,
    }


def _formulaire(acteur: Acteur, session: Session) -> InscrireSessionForm | None:
    """To enrol one of one's own cadres."""
    ouverte = session.etat == Session.Etat.OUVERTE
    if not (acteur.est_rh and ouverte and (session.est_inscriptible or session.est_commencee)):
        return None
    return InscrireSessionForm(acteur=acteur, session=session)


def _pour_le_cadre(
    acteur: Acteur, session: Session, places: list[InscriptionSession]
) -> dict[str, Any]:
    """One's own place, or what stands in the way of asking for one."""
    rien: dict[str, Any] = {"place": None, "conflits": [], "peut_demander": False}
    if acteur.role != Role.CADRE:
        return rien
    if places:
        return {**rien, **_sa_place(acteur, session, places[0])}
    cadre = Cadre.objects.visibles_par(acteur).first()
    if cadre is None:
        return {**rien, "en_parcours": False}
    refus = predicats.refus_demander_place(acteur, session, cadre)
    if refus is not None:
        return {**rien, "en_parcours": refus != predicats.HORS_PARCOURS}
    return {
        "place": None,
        "en_parcours": True,
        "peut_demander": True,
        "conflits": chevauchements_de_la_session(cadre.pk, session),
    }


def _sa_place(acteur: Acteur, session: Session, place: InscriptionSession) -> dict[str, Any]:
    attendent = session.inscriptions.filter(etat=E.ATTENTE, demandee_le__lte=place.demandee_le)
    return {
        **_ligne(acteur, place),
        "evaluation": _a_evaluer(acteur, session) if place.etat == E.PRESENT else None,
        "rang": attendent.count(),
    }


def _a_evaluer(acteur: Acteur, session: Session) -> Evaluation | None:
    """The questions on the session that still wait for the reader's answer."""
    siennes = Evaluation.objects.visibles_par(acteur).filter(session=session)
    trouvee: Evaluation | None = siennes.ouvertes().sans_reponse_de(acteur.cadre_id).first()
    return trouvee


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def modifier_session(request: Requete, pk: int) -> HttpResponse:
    """Another date, another place, more or fewer seats."""
    session = _session_organisee(request.acteur, pk)
    formulaire = SessionForm(
        donnees_postees(request), acteur=request.acteur, initial=SessionForm.initial_de(session)
    )
    if request.method == "POST" and formulaire.is_valid():
        catalogue.modifier_session(
            acteur=request.acteur, session=session, donnees=formulaire.cleaned_data
        )
        messages.success(
            request, "La session est modifiée. Si la date ou le lieu change, chacun est prévenu."
        )
        return redirect("parcours:session", pk)
    contexte = {"formulaire": formulaire, "prestation": session.prestation, "session": session}
    return render(request, "parcours/sessions/session_saisie.html", contexte)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def dedoubler_session(request: Requete, pk: int) -> HttpResponse:
    """A second date, which takes some of those enrolled."""
    session = _session_organisee(request.acteur, pk)
    places = _places_vivantes(session)
    initial = {
        "lieu": session.lieu,
        "capacite": session.capacite,
        "transferees": [str(p.pk) for p in places if p.etat == E.ATTENTE],
    }
    formulaire = DedoublerForm(donnees_postees(request), places=places, initial=initial)
    if request.method == "POST" and formulaire.is_valid():
        seconde = catalogue.dedoubler_session(
            acteur=request.acteur, session=session, **formulaire.cleaned_data
        )
        messages.success(request, f"Seconde session ouverte, {seconde.quand}.")
        return redirect("parcours:session", seconde.pk)
    contexte = {"formulaire": formulaire, "session": session}
    return render(request, "parcours/sessions/dedoubler_session.html", contexte)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def annuler_session(request: Requete, pk: int) -> HttpResponse:
    """Says what is lost, asks why."""
    session = _session_organisee(request.acteur, pk)
    formulaire = MotifForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        catalogue.annuler_session(
            acteur=request.acteur, session=session, motif=formulaire.cleaned_data["motif"]
        )
        messages.success(request, "La session est annulée. Chaque inscrit est prévenu.")
        return redirect("parcours:session", pk)
    contexte = {"formulaire": formulaire, "session": session, "perdu": _perdu(session)}
    return render(request, "parcours/sessions/annuler_session.html", contexte)


@acces(*ROLES_RH, Role.ACCOMPAGNATEUR, methodes=LECTURE_ECRITURE)
def feuille_session(request: Requete, pk: int) -> HttpResponse:
    """The attendance sheet, in two taps."""
    session, assises = _feuille(request.acteur, pk)
    if request.method == "POST":
        lues = _presences_lues(request, assises)
        nombre = noter_feuille(
            acteur=request.acteur,
            session=session,
            presences=lues,
            manquees=_manquees_lues(request, session, assises),
        )
        messages.success(request, f"{compter(nombre, 'présence,présences')} à jour.")
        return redirect("parcours:session", pk)
    contexte = {
        "session": session,
        "prestation": session.prestation,
        "places": assises,
        "note": predicats.refus_noter_presences(request.acteur, session) is None,
        "attendus": sum(p.etat == E.CONFIRMEE for p in assises),
    }
    return render(request, "parcours/sessions/feuille_session.html", contexte)


@acces(*ROLES_RH, Role.ACCOMPAGNATEUR)
@couteux
def feuille_pdf(request: Requete, pk: int) -> HttpResponse:
    """The sheet to sign, on paper."""
    session, assises = _feuille(request.acteur, pk)
    contenu = pdf.produire(documents.render_feuille(session, assises))
    jour = timezone.localdate(session.debut)
    return telechargement(contenu, "application/pdf", f"feuille-presence-{jour:%Y-%m-%d}.pdf")


def _session(acteur: Acteur, pk: int, *, avec_places: bool = False) -> Session:
    sessions = Session.objects.visibles_par(acteur).select_related(
        "prestation__collectivite", "animateur__utilisateur"
    )
    if avec_places:
        sessions = sessions.avec_places()
    session: Session = get_object_or_404(sessions, pk=pk)
    return session


def _session_organisee(acteur: Acteur, pk: int) -> Session:
    session = _session(acteur, pk)
    exiger_droit(predicats.refus_organiser_session(acteur, session))
    return session


def _feuille(acteur: Acteur, pk: int) -> tuple[Session, list[InscriptionSession]]:
    session = _session(acteur, pk)
    if session.etat == Session.Etat.ANNULEE:
        raise Http404
    exiger(predicats.refus_tenir_la_feuille(acteur, session))
    assises = (
        InscriptionSession.objects.visibles_par(acteur)
        .filter(session=session)
        .assises()
        .select_related("cadre__collectivite")
        .order_by("cadre__nom", "cadre__prenom", "pk")
    )
    return session, list(assises)


def _presences_lues(request: Requete, assises: list[InscriptionSession]) -> dict[int, str]:
    """What the sheet says, seat by seat; « tous »: those expected were there."""
    if "tous" in request.POST:
        return {p.pk: E.PRESENT.value for p in assises if p.etat == E.CONFIRMEE}
    return {p.pk: request.POST.get(f"presence-{p.pk}", "") for p in assises}


def _manquees_lues(
    request: Requete, session: Session, assises: list[InscriptionSession]
) -> dict[int, list[int]]:
    """The half-days that the sheet says were missed, seat by seat."""
    rangs = range(len(session.demi_journees)) if session.plages else range(0)
    return {
        place.pk: [rang for rang in rangs if f"manquee-{place.pk}-{rang}" in request.POST]
        for place in assises
    }


def _places_vivantes(session: Session) -> list[InscriptionSession]:
    return list(
        session.inscriptions.filter(etat__in=InscriptionSession.ETATS_VIVANTS)
        .select_related("cadre")
        .order_by("demandee_le", "pk")
    )


def _perdu(session: Session) -> list[str]:
    """What cancelling takes away, and from how many."""
    par_etat = dict(
        session.inscriptions.order_by().values_list("etat").annotate(nombre=Count("pk"))
    )
    inscrits, attendent = par_etat.get(E.CONFIRMEE, 0), par_etat.get(E.ATTENTE, 0)
    perdu = [
        f"{compter(inscrits, 'personne perd sa place,personnes perdent leur place')}."
        if inscrits
        else "Personne n’était inscrit.",
    ]
    if attendent:
        perdu.append(f"{compter(attendent, 'personne attendait,personnes attendaient')} une place.")
    return perdu
