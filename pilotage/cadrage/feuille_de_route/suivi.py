"""What comes next on the feuille de route, in figures and in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Window

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import capitale, compter_en_lettres, en_lettres
from pilotage.models import EtapeRoute

ETAPES_MONTREES = 5


@dataclass(frozen=True)
class Route:
    """The first steps not done, how many are late and how many are to come."""

    etapes: tuple[EtapeRoute, ...]
    en_retard: int
    a_venir: int


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


def sur_la_route(route: Route) -> str:
    """« Une étape en retard, trois à venir »."""
    if not route.etapes:
        return "Toutes les étapes prévues sont faites"
    a_venir = f"{en_lettres(route.a_venir, feminin=True)} à venir"
    if not route.en_retard:
        return capitale(
            f"{compter_en_lettres(route.a_venir, 'étape', feminin=True)} à venir, aucune en retard"
        )
    retard = f"{compter_en_lettres(route.en_retard, 'étape', feminin=True)} en retard"
    return capitale(f"{retard}, {a_venir}" if route.a_venir else retard)
