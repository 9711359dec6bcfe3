"""What comes next: the steps of the feuille de route, and the people who wait for a poste."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Window

from cadres.models import Candidature
from collectivites.acteurs.acteur import Acteur
from opportunites.models import Proposition
from parcours.models import Inscription
from pilotage.models import EtapeRoute

#: After this long without a proposition, somebody at the end of their parcours drops out.
ATTENTE = timedelta(weeks=8)
ETAPES_MONTREES = 5


@dataclass(frozen=True)
class Route:
    """The first steps not done, how many are late and how many are to come."""

    etapes: tuple[EtapeRoute, ...]
    en_retard: int
    a_venir: int


@dataclass(frozen=True)
class SansProposition:
    """People whose parcours is over, and to whom nothing was proposed for eight weeks."""

    total: int
    les_miens: int


def lire_route(acteur: Acteur, jour: date) -> Route:
    """One query."""
    etapes = list(
        EtapeRoute.objects.visibles_par(acteur)
        .filter(faite_le__isnull=True)
        .select_related("collectivite")
        .annotate(
            nb_restantes=Window(Count("pk")),
            nb_en_retard=Window(Count("pk", filter=Q(echeance__lt=jour))),
        )[:ETAPES_MONTREES]
    )
    if not etapes:
        return Route((), 0, 0)
    retard = etapes[0].nb_en_retard
    return Route(tuple(etapes), retard, etapes[0].nb_restantes - retard)


def lire_sans_proposition(acteur: Acteur, maintenant: datetime) -> SansProposition:
    """One query."""
    limite = maintenant - ATTENTE
    recentes = Proposition.objects.filter(cadre=OuterRef("cadre_id")).filter(
        Q(envoyee_le__gt=limite) | Q(etat__in=(Proposition.Etat.ENVOYEE, Proposition.Etat.ACCEPTEE))
    )
    acheves = Inscription.objects.filter(
        cadre=OuterRef("cadre_id"), etat=Inscription.Etat.ACHEVEE, finie_le__lte=limite
    )
    attendent = Candidature.objects.filter(
        Exists(acheves),
        ~Exists(recentes),
        cadre__collectivite__demarche=acteur.demarche,
        etat=Candidature.Etat.RETENU,
        avancee=Candidature.Avancee.ACHEVE,
    ).aggregate(
        total=Count("pk"),
        les_miens=Count("pk", filter=Q(cadre__collectivite=acteur.collectivite)),
    )
    return SansProposition(**attendent)
