"""The campaign itself: opened, its dates moved, closed; and how the simulator chooses."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import compter
from collectivites.mots import Acte, Role
from collectivites.refus import exiger
from opportunites.campagne import predicats
from opportunites.campagne.actions import campagnes as actions
from opportunites.campagne.ecran.regles import regles_de
from opportunites.campagne.forms import DeplacementForm, OuvertureForm
from opportunites.campagne.mots import Etape
from opportunites.models import Campagne


def _courante(request: Requete) -> Campagne:
    campagne = actions.courante(request.acteur)
    if campagne is None:
        raise Http404
    return campagne


@acces(Role.DGS, acte=Acte.SIMULER_MOUVEMENT, methodes=LECTURE_ECRITURE)
def ouvrir(request: Requete) -> HttpResponse:
    """Set the dates of a campaign, once."""
    exiger(predicats.refus_ouvrir_campagne(request.acteur, actions.courante(request.acteur)))
    formulaire = OuvertureForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        actions.ouvrir_campagne(
            acteur=request.acteur,
            nom=formulaire.cleaned_data["nom"],
            dates=formulaire.dates(),
        )
        messages.success(
            request, "La campagne est ouverte. Les cadres et les employeurs en reçoivent les dates."
        )
        return redirect("opportunites:atelier")
    return render(request, "opportunites/campagne/ouvrir.html", {"formulaire": formulaire})


@acces(Role.DGS, acte=Acte.SIMULER_MOUVEMENT, methodes=LECTURE_ECRITURE)
def deplacer(request: Requete) -> HttpResponse:
    """Move a date, and what follows."""
    campagne = _courante(request)
    formulaire = DeplacementForm(donnees_postees(request), campagne=campagne)
    if request.method == "POST" and formulaire.is_valid():
        actions.deplacer(
            acteur=request.acteur,
            campagne=campagne,
            etape=Etape(formulaire.cleaned_data["etape"]),
            jour=formulaire.cleaned_data["jour"],
        )
        messages.success(request, "Les dates sont déplacées. Chacun reçoit les nouvelles.")
        return redirect("opportunites:atelier")
    contexte = {"formulaire": formulaire, "campagne": campagne}
    return render(request, "opportunites/campagne/deplacer.html", contexte)


@acces(Role.DGS, acte=Acte.SIMULER_MOUVEMENT, methodes=LECTURE_ECRITURE)
def clore(request: Requete) -> HttpResponse:
    """Give every wish its answer."""
    campagne = _courante(request)
    exiger(predicats.refus_clore(request.acteur, campagne))
    if request.method == "POST":
        nombre = actions.clore(acteur=request.acteur, campagne=campagne)
        messages.success(
            request,
            f"La campagne est close : {compter(nombre, 'vœu a,vœux ont')} reçu sa réponse."
            if nombre < 2
            else f"La campagne est close : {compter(nombre, 'vœu,vœux')} ont reçu leur réponse.",
        )
        return redirect("opportunites:atelier")
    return render(request, "opportunites/campagne/clore.html", {"campagne": campagne})


@acces()
def regles(request: Requete) -> HttpResponse:
    """« Comment le simulateur choisit »: generated from the real parameters and the real runs."""
    return render(request, "opportunites/campagne/regles.html", regles_de(request.acteur.demarche))
