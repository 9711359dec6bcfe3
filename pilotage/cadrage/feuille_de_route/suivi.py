"""What comes next on the feuille de route, in figures and in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Window

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import capitale, compter_en_lettres, en_lettres
from collectivites.models import Collectivite, Demarche
from pilotage.models import EtapeRoute

ETAPES_MONTREES = 5


@dataclass(frozen=True)
class Route:
    """The first steps not done, how many are late and how many are to come. `ecrite`: there are
    steps, done or not."""

    etapes: tuple[EtapeRoute, ...]
    en_retard: int
    a_venir: int
    ecrite: bool = True


def lire_route(acteur: Acteur, jour: date) -> Route:
    """One query; two when nothing is left to do."""
    visibles = EtapeRoute.objects.visibles_par(acteur)
    etapes = list(
        visibles.filter(faite_le__isnull=True)
        .select_related("collectivite")
        .annotate(
            nb_restantes=Window(Count("pk")),
            nb_en_retard=Window(Count("pk", filter=Q(echeance__lt=jour))),
        )[:ETAPES_MONTREES]
    )
    if not etapes:
        return Route((), 0, 0, ecrite=visibles.exists())
    retard = etapes[0].nb_en_retard
    return Route(tuple(etapes), retard, etapes[0].nb_restantes - retard)


def sur_la_route(route: Route) -> str:
    """« Une étape en retard, trois à venir »."""
    if not route.ecrite:
        return "La feuille de route n’est pas encore écrite"
    if not route.etapes:
        return "Toutes les étapes prévues sont faites"
    a_venir = f"{en_lettres(route.a_venir, feminin=True)} à venir"
    if not route.en_retard:
        return capitale(
            f"{compter_en_lettres(route.a_venir, 'étape', feminin=True)} à venir, aucune en retard"
        )
    retard = f"{compter_en_lettres(route.en_retard, 'étape', feminin=True)} en retard"
    return capitale(f"{retard}, {a_venir}" if route.a_venir else retard)


def est_ecrite(demarche: Demarche) -> bool:
    """Whether there is a step at all: without one, nothing may be said to be done."""
    return EtapeRoute.objects.filter(demarche=demarche).exists()


def etapes_pour_les_elus(collectivite: Collectivite) -> list[EtapeRoute]:
    """What the élus of one employer hear of: the steps to be told to élus, not done, that concern
    this employer, the first due first: those before today are late. One query."""
    avec_elle = EtapeRoute.concernees.through.objects.filter(
        etaperoute=OuterRef("pk"), collectivite=collectivite
    )
    restreintes = EtapeRoute.concernees.through.objects.filter(etaperoute=OuterRef("pk"))
    return list(
        EtapeRoute.objects.filter(
            Q(collectivite=collectivite)
            | Q(collectivite__isnull=True) & (Exists(avec_elle) | ~Exists(restreintes)),
            demarche=collectivite.demarche_id,
            pour_les_elus=True,
            faite_le__isnull=True,
        )
    )
