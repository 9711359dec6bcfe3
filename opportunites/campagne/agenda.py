"""The dates of a campaign in people's calendars: in the mail that tells them, in the calendar that they
subscribe to. An event keeps its identity, and its revision grows: a date that moves is moved there too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse_lazy
from django.utils import timezone
from icalendar import Event

from cadres.models import Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from opportunites.campagne.mots import Etape
from opportunites.models import Campagne
from parcours.sessions.agenda import evenement_jour
from parcours.sessions.evenements import fichier as fichier_d_agenda

VOEUX = reverse_lazy("opportunites:voeux")
POSTES = reverse_lazy("opportunites:opportunites")
PROPOSITIONS = reverse_lazy("opportunites:propositions")
ATELIER = reverse_lazy("opportunites:atelier")

#: What each has to do by then, and where.
DU_CADRE = (
    (Etape.VOEUX_AU, "Clôture des vœux de mobilité", VOEUX),
    (Etape.REPONSES_AU, "Fin des réponses aux propositions", VOEUX),
)
DE_L_EMPLOYEUR = (
    (Etape.AVIS_AU, "Fin des avis sur les vœux de mobilité", POSTES),
    (Etape.PROPOSITIONS_AU, "Envoi des propositions de mobilité au plus tard", PROPOSITIONS),
    (Etape.REPONSES_AU, "Fin des réponses aux propositions", PROPOSITIONS),
)
DU_DGS = (*DE_L_EMPLOYEUR, (Etape.SIMULATION_AU, "Fin des simulations du mouvement", ATELIER))
DATES = {Role.CADRE: DU_CADRE, Role.DGS: DU_DGS, Role.DRH: DE_L_EMPLOYEUR}
#: Who may wish: told of the dates.
AVANCEES = (Candidature.Avancee.EN_PARCOURS, Candidature.Avancee.ACHEVE)


def fichier(campagne: Campagne, role: Role) -> str:
    """What a mail carries: the dates that are not past."""
    hier = timezone.localdate() - timedelta(days=1)
    return fichier_d_agenda(_evenements(campagne, role, hier)).decode()


def dates_de_la_campagne(acteur: Acteur) -> Iterable[Event]:
    """In the calendar that one subscribes to. Two queries at most."""
    if acteur.role not in DATES:
        return []
    campagne = Campagne.objects.visibles_par(acteur).ouvertes().first()
    if campagne is None or (acteur.role == Role.CADRE and not _concerne(acteur)):
        return []
    return _evenements(campagne, acteur.role, date.min)


def _concerne(acteur: Acteur) -> bool:
    return Candidature.objects.filter(
        cadre=acteur.cadre_id, etat=Candidature.Etat.RETENU, avancee__in=AVANCEES
    ).exists()


def _evenements(campagne: Campagne, role: Role, depuis: date) -> list[Event]:
    return [
        evenement_jour(
            f"{campagne.uid_agenda}-{etape.value}", campagne.revision, titre, jour, str(url)
        )
        for etape, titre, url in DATES[role]
        if (jour := getattr(campagne, etape.value)) >= depuis
    ]
