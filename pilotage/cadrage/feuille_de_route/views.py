"""The feuille de route: what must be done, by whom, before when; and marking it done."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import ROLES_EMPLOYEUR
from collectivites.refus import exiger_droit
from pilotage.cadrage.feuille_de_route import actions
from pilotage.cadrage.feuille_de_route.forms import EtapeFaiteForm
from pilotage.cadrage.feuille_de_route.predicats import refus_franchir
from pilotage.cadrage.feuille_de_route.suivi import Route, sur_la_route
from pilotage.models import EtapeRoute

#: value of ?voir= → its label
VUES = {"": "Ce qui reste", "retard": "En retard", "nous": "Portées par nous", "toutes": "Toutes"}


@acces(*ROLES_EMPLOYEUR)
def feuille_de_route(request: Requete) -> HttpResponse:
    """All the steps, by act; those of the communication plan apart."""
    acteur, jour = request.acteur, timezone.localdate()
    toutes = list(
        EtapeRoute.objects.visibles_par(acteur).select_related("collectivite", "faite_par")
    )
    voir = request.GET.get("voir", "")
    voir = voir if voir in VUES else ""
    montrees = [e for e in toutes if _est_montree(e, voir, acteur, jour)]
    internes = [e for e in montrees if not e.externe]
    contexte = {
        "titre": sur_la_route(_route(toutes, jour)) if toutes else "Feuille de route",
        "voir": voir,
        "vues": VUES.items(),
        "avec_preuve": any(e.faite_le for e in montrees),
        "phases": [
            (libelle, code, lignes)
            for code, libelle in EtapeRoute.Phase.choices
            if (lignes := _lignes(acteur, [e for e in internes if e.phase == code], jour))
        ],
        "communication": _lignes(acteur, [e for e in montrees if e.externe], jour),
        "faites": sum(e.faite_le is not None for e in toutes),
        "total": len(toutes),
    }
    return render(request, "pilotage/cadrage/feuille_de_route/feuille_de_route.html", contexte)


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def etape_faite(request: Requete, pk: int) -> HttpResponse:
    """Say that a step is done, on which day, and what proves it."""
    acteur = request.acteur
    etape = get_object_or_404(
        EtapeRoute.objects.visibles_par(acteur).select_related("collectivite"), pk=pk
    )
    if etape.faite_le is not None and request.method != "POST":
        return redirect("pilotage:feuille_de_route")
    exiger_droit(refus_franchir(acteur, etape))
    formulaire = EtapeFaiteForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        actions.franchir_etape(acteur=acteur, etape=etape, **formulaire.cleaned_data)
        messages.success(request, "L’étape est faite. La décision est au journal, avec sa preuve.")
        return redirect("pilotage:feuille_de_route")
    contexte = {"etape": etape, "formulaire": formulaire}
    return render(request, "pilotage/cadrage/feuille_de_route/etape_faite.html", contexte)


def _route(etapes: list[EtapeRoute], jour: date) -> Route:
    restantes = [e for e in etapes if e.faite_le is None]
    retard = sum(e.echeance < jour for e in restantes)
    return Route(tuple(restantes), retard, len(restantes) - retard)


def _est_montree(etape: EtapeRoute, voir: str, acteur: Acteur, jour: date) -> bool:
    if voir == "retard":
        return etape.faite_le is None and etape.echeance < jour
    if voir == "nous":
        return etape.collectivite_id == acteur.collectivite.pk
    return voir == "toutes" or etape.faite_le is None


def _lignes(acteur: Acteur, etapes: list[EtapeRoute], jour: date) -> list[dict[str, Any]]:
    return [
        {
            "etape": etape,
            "forme": _forme(etape, jour),
            "mot": _mot(etape, jour),
            "a_marquer": refus_franchir(acteur, etape) is None,
        }
        for etape in etapes
    ]


def _forme(etape: EtapeRoute, jour: date) -> str:
    if etape.faite_le is not None:
        return "fait"
    return "tard" if etape.echeance < jour else "vide"


def _mot(etape: EtapeRoute, jour: date) -> str:
    return {"fait": "Faite", "tard": "En retard", "vide": "À venir"}[_forme(etape, jour)]
