"""The wizard of an operator, in three written steps and one that is read over."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from collectivites.acteurs.acces import (
    ECRITURE,
    LECTURE_ECRITURE,
    RequeteOuverte,
    superutilisateur,
)
from collectivites.communs.formulaires import donnees_postees
from collectivites.models import Demarche, Utilisateur
from pilotage.cadrage.ouverture import actions, page
from pilotage.cadrage.ouverture.invitations import souhaiter_la_bienvenue
from pilotage.cadrage.ouverture.saisie import Saisie, garder, oublier

SUIVANTES = {
    "demarche": "pilotage:ouvrir_employeurs",
    "employeurs": "pilotage:ouvrir_directions",
    "directions": "pilotage:relire_ouverture",
}
ADRESSES = {
    "demarche": "pilotage:ouvrir_demarche",
    "employeurs": "pilotage:ouvrir_employeurs",
    "directions": "pilotage:ouvrir_directions",
}


def _exploitant(request: RequeteOuverte) -> Utilisateur:
    return cast(Utilisateur, request.user)


def _etape(request: RequeteOuverte, etape: str, rang: int) -> HttpResponse:
    """One written step: kept as it was typed, then the next one once it is right."""
    saisie = Saisie(request, _exploitant(request))
    formulaire: Any = getattr(saisie, etape)(donnees_postees(request))
    if request.method == "POST":
        garder(request, etape, request.POST)
        if formulaire.is_valid():
            return redirect(SUIVANTES[etape])
    contexte = {"formulaire": formulaire, "rang": rang, "etapes": page.ETAPES}
    return render(request, f"pilotage/cadrage/ouverture/etape_{etape}.html", contexte)


@superutilisateur(methodes=LECTURE_ECRITURE)
def ouvrir_demarche(request: RequeteOuverte) -> HttpResponse:
    """First: its name and its rules."""
    return _etape(request, "demarche", 1)


@superutilisateur(methodes=LECTURE_ECRITURE)
def ouvrir_employeurs(request: RequeteOuverte) -> HttpResponse:
    """Second: two employers to five."""
    return _etape(request, "employeurs", 2)


@superutilisateur(methodes=LECTURE_ECRITURE)
def ouvrir_directions(request: RequeteOuverte) -> HttpResponse:
    """Third: who directs each; once the employers are known."""
    if not Saisie(request, _exploitant(request)).employeurs().is_valid():
        return redirect("pilotage:ouvrir_employeurs")
    return _etape(request, "directions", 3)


@superutilisateur(methodes=LECTURE_ECRITURE)
def relire_ouverture(request: RequeteOuverte) -> HttpResponse:
    """All that will be written, then the one act that writes it."""
    saisie = Saisie(request, _exploitant(request))
    if a_reprendre := saisie.premiere_a_reprendre():
        messages.info(request, "Il manque encore quelque chose à cette étape.")
        return redirect(ADRESSES[a_reprendre])
    demarche, employeurs = saisie.demarche(), saisie.employeurs()
    directions = saisie.directions()
    for formulaire in (demarche, employeurs, directions):
        formulaire.full_clean()
    lus = (demarche.cleaned_data, employeurs.employeurs(), directions.directions())
    if request.method == "POST":
        ouverte = actions.ouvrir(
            par=_exploitant(request), demarche=lus[0], employeurs=lus[1], directions=lus[2]
        )
        oublier(request)
        messages.success(request, page.message_d_ouverture(ouverte))
        return redirect("pilotage:demarche_ouverte", pk=ouverte.pk)
    return render(request, "pilotage/cadrage/ouverture/relire.html", page.relecture(*lus))


@superutilisateur()
def demarches(request: RequeteOuverte) -> HttpResponse:
    """Those of the installation, by name: their employers, their dates, nobody's file."""
    lignes = Demarche.objects.prefetch_related("collectivites").order_by("-date_debut", "nom")
    return render(request, "pilotage/cadrage/ouverture/demarches.html", {"demarches": lignes})


@superutilisateur()
def demarche_ouverte(request: RequeteOuverte, pk: int) -> HttpResponse:
    """Who directs each employer, who has come in, and what may be repaired."""
    demarche = get_object_or_404(Demarche, pk=pk)
    return render(request, "pilotage/cadrage/ouverture/ouverte.html", page.demarche(demarche))


@superutilisateur(methodes=ECRITURE)
def reinviter(request: RequeteOuverte, pk: int) -> HttpResponse:
    """The welcome again, for somebody who has not chosen a password yet."""
    mandat = get_object_or_404(page.directions_en_vigueur(), pk=pk)
    if mandat.utilisateur.a_une_entree:
        messages.info(request, f"{mandat.utilisateur.nom_complet} est déjà venu.")
    else:
        siens = page.directions_en_vigueur().filter(
            utilisateur=mandat.utilisateur_id,
            collectivite__demarche=mandat.collectivite.demarche_id,
        )
        souhaiter_la_bienvenue(mandat.utilisateur, list(siens), par=_exploitant(request))
        messages.success(request, f"Le courriel repart à {mandat.utilisateur.adresse}.")
    return redirect("pilotage:demarche_ouverte", pk=mandat.collectivite.demarche_id)
