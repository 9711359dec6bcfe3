"""The DGS's page: an argument in eight figures, and the decisions that it calls for."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from collectivites.acteurs.acces import Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte, heure_texte
from collectivites.mots import ROLES_EMPLOYEUR, Role
from parcours.models import Promotion
from pilotage.accueil.a_faire import attentes_de, delegations_connues
from pilotage.indicateurs.arrete import Arrete, lire_arrete
from pilotage.indicateurs.catalogue import INDICATEURS, relever
from pilotage.indicateurs.ensemble import lire
from pilotage.tableau_de_bord import constats, listes, sections
from pilotage.tableau_de_bord.filtre import Filtre, lire_filtre

#: As many decisions as stand beside the burn-up; the others are on the home page.
DECISIONS = 3


@acces(*ROLES_EMPLOYEUR, replique=True)
def tableau_de_bord(request: Requete) -> HttpResponse:
    """Where the démarche stands. The DRH and the gestionnaire read it without the decisions."""
    acteur = request.acteur
    filtre = _filtre(request)
    arrete = _arrete(request, filtre)
    indicateurs = arrete.indicateurs
    contexte = {
        "indicateurs": indicateurs,
        "filtre": filtre,
        "these": constats.these(indicateurs),
        "voit_les_regles": acteur.est(Role.DGS, Role.DRH),
        "situation": _situation(acteur, arrete),
        "arrete": arrete.quand is not None,
        **_decisions(acteur),
        **sections.courbe(indicateurs.trajectoire),
        **sections.echange(acteur, indicateurs, filtre),
        **sections.entonnoir(acteur, indicateurs, filtre),
        **sections.annees(indicateurs),
        **sections.refus(indicateurs),
        **sections.suite(acteur, indicateurs),
    }
    return render(request, "pilotage/tableau_de_bord/tableau_de_bord.html", contexte)


def _filtre(request: Requete) -> Filtre:
    """The promotion and the period of the address. One query."""
    acteur = request.acteur
    promotions = list(Promotion.objects.visibles_par(acteur).order_by("date_debut", "pk"))
    return lire_filtre(request.GET, promotions, acteur.demarche.date_debut, timezone.localdate())


def _arrete(request: Requete, filtre: Filtre) -> Arrete:
    """The figures of the whole démarche, which may be kept; those of a part are read anew."""
    demarche, jour = request.acteur.demarche, timezone.localdate()
    if filtre.part.est_entier:
        return lire_arrete(demarche, jour, frais="actualiser" in request.GET)
    return Arrete(lire(demarche, jour, filtre.part))


@acces(*ROLES_EMPLOYEUR, replique=True)
def liste(request: Requete, quoi: str) -> HttpResponse:
    """The rows behind a figure, as many as it says."""
    filtre = _filtre(request)
    lue = listes.lire(request.acteur, quoi, filtre.part)
    contexte = {"liste": lue, "filtre": filtre}
    return render(request, "pilotage/tableau_de_bord/liste.html", contexte)


@acces(*ROLES_EMPLOYEUR, replique=True)
def indicateurs(request: Requete) -> HttpResponse:
    """Every figure with its formula in words, its unit and its source; those that stand alone here
    with their value."""
    valeurs = {
        releve.indicateur: releve.valeur
        for releve in relever(request.acteur.demarche, timezone.localdate())
    }
    lignes = [(i, i in valeurs, valeurs.get(i)) for i in INDICATEURS]
    contexte = {"lignes": lignes, "seuil": request.acteur.demarche.seuil_secret}
    return render(request, "pilotage/tableau_de_bord/indicateurs.html", contexte)


def _situation(acteur: Acteur, arrete: Arrete) -> str:
    """Of which day these figures are, and of which hour when they are not of this minute."""
    heure = f" à {heure_texte(arrete.quand)}" if arrete.quand else ""
    return (
        f"{acteur.demarche.nom}. Situation arrêtée au {date_texte(arrete.indicateurs.jour)}{heure}."
    )


def _decisions(acteur: Acteur) -> dict[str, Any]:
    """A DGS's decisions; the others read who decides, and find their own work on the home page."""
    connues = delegations_connues(acteur)
    delegations = [d for d in connues if d.vivante]
    if acteur.role != Role.DGS:
        return {"decide": False, "delegations": delegations}
    attentes = attentes_de(acteur, connues)
    return {
        "decide": True,
        "delegations": delegations,
        "decisions": attentes[:DECISIONS],
        "autres_decisions": max(0, len(attentes) - DECISIONS),
        "titre_decisions": constats.decisions(attentes),
    }
