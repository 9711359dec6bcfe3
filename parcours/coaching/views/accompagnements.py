"""The accompagnateur's page: the agenda, attendance in two taps, and the people entrusted."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from collectivites.acteurs.acces import Requete, acces
from collectivites.mots import Role
from parcours.coaching.journee import confies, semaines
from parcours.coaching.journee.heures import compter_les_heures


@acces(Role.ACCOMPAGNATEUR)
def accompagnements(request: Requete) -> HttpResponse:
    """Nothing of pay, nothing of anybody else: only the people entrusted whose yes holds."""
    acteur = request.acteur
    suivis, coachings = confies.suivis_menes(acteur), confies.coachings_menes(acteur)
    personnes = confies.personnes(acteur, suivis, coachings)
    suivies = [p for p in personnes if p.inscription]
    recherche = request.GET.get("q", "").strip()[:80]
    contexte = {
        "recherche": recherche,
        "trouvees": confies.cherchees(personnes, recherche),
        "confiees": len(personnes),
        "heures": compter_les_heures(suivis, coachings),
        "sessions": confies.sessions_tenues(acteur),
        **confies.agenda(acteur, suivis, coachings),
        "attendues": [p for p in suivies if p.est_attendue],
        "tranquilles": [p for p in suivies if not p.est_attendue],
        "sans_parcours": [p.cadre for p in personnes if not p.inscription],
        "personnes": suivies,
    }
    return render(request, "parcours/coaching/accompagnements.html", contexte)


@acces(Role.ACCOMPAGNATEUR)
def semaine(request: Requete) -> HttpResponse:
    """One week, day by day: appointments, sessions run, free hours. « du »: any day of it."""
    lundi = semaines.lundi_de(request.GET.get("du", ""))
    contexte = {
        "jours": semaines.jours_de(request.acteur, lundi),
        "lundi": lundi,
        "avant": lundi - timedelta(days=7),
        "apres": lundi + timedelta(days=7),
    }
    return render(request, "parcours/coaching/semaine.html", contexte)
