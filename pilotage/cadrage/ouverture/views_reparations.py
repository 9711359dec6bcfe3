"""What an operator repairs: a direction without anybody, an address that is lost."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from collectivites.acteurs.acces import LECTURE_ECRITURE, RequeteOuverte, superutilisateur
from collectivites.communs.formulaires import donnees_postees
from collectivites.models import Collectivite, Utilisateur
from pilotage.cadrage.ouverture import page, reparations
from pilotage.cadrage.ouverture.forms import AdresseForm, MotifForm, PersonneForm


@superutilisateur(methodes=LECTURE_ECRITURE, preuve=True)
def nommer_direction(request: RequeteOuverte, pk: int) -> HttpResponse:
    """A DGS or a DRH, where none is left to name them."""
    collectivite = get_object_or_404(Collectivite.objects.select_related("demarche"), pk=pk)
    par = cast(Utilisateur, request.user)
    formulaire = PersonneForm(donnees_postees(request), par=par)
    if request.method == "POST" and formulaire.is_valid():
        mandat = reparations.nommer(par=par, collectivite=collectivite, **formulaire.cleaned_data)
        nom = mandat.utilisateur.nom_complet
        messages.success(request, f"{nom} est invité. Les DGS de la démarche en sont prévenus.")
        return redirect("pilotage:demarche_ouverte", pk=collectivite.demarche_id)
    contexte = {"collectivite": collectivite, "formulaire": formulaire}
    return render(request, "pilotage/cadrage/ouverture/nommer.html", contexte)


@superutilisateur(methodes=LECTURE_ECRITURE, preuve=True)
def finir_direction(request: RequeteOuverte, pk: int) -> HttpResponse:
    """The access of a DGS or a DRH ends this evening."""
    mandat = get_object_or_404(page.directions_en_vigueur(), pk=pk)
    formulaire = MotifForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        motif = formulaire.cleaned_data["motif"]
        reparations.finir(par=cast(Utilisateur, request.user), mandat=mandat, motif=motif)
        messages.success(request, f"L’accès de {mandat.utilisateur.nom_complet} finit ce soir.")
        return redirect("pilotage:demarche_ouverte", pk=mandat.collectivite.demarche_id)
    return render(
        request,
        "pilotage/cadrage/ouverture/finir.html",
        {"mandat": mandat, "formulaire": formulaire},
    )


@superutilisateur(methodes=LECTURE_ECRITURE, preuve=True)
def changer_adresse(request: RequeteOuverte, pk: int) -> HttpResponse:
    """The address with which a DGS or a DRH comes in."""
    mandat = get_object_or_404(page.directions_en_vigueur(), pk=pk)
    par = cast(Utilisateur, request.user)
    formulaire = AdresseForm(donnees_postees(request), par=par)
    if request.method == "POST" and formulaire.is_valid():
        reparations.changer_l_adresse(par=par, mandat=mandat, **formulaire.cleaned_data)
        nom = mandat.utilisateur.nom_complet
        messages.success(
            request, f"{nom} entre avec sa nouvelle adresse. L’ancienne en est prévenue."
        )
        return redirect("pilotage:demarche_ouverte", pk=mandat.collectivite.demarche_id)
    contexte = {"mandat": mandat, "formulaire": formulaire}
    return render(request, "pilotage/cadrage/ouverture/adresse.html", contexte)
