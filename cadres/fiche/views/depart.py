"""Somebody left the employer: said, then undone if it was a mistake."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cadres.candidature.situations import situation_de
from cadres.fiche import depart as actions
from cadres.fiche import predicats
from cadres.fiche.forms import DepartForm
from cadres.fiche.views.fiche import refuser, trouver_des_siens
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def signaler_depart(request: Requete, pk: int) -> HttpResponse:
    """Say that a cadre left the collectivité: what closes, what stays, then the act."""
    cadre = trouver_des_siens(request, pk)
    if refus := predicats.refus_signaler_depart(request.acteur, cadre):
        return refuser(request, cadre, refus)
    formulaire = DepartForm(donnees_postees(request))
    if formulaire.is_valid():
        donnees = formulaire.cleaned_data
        actions.signaler_depart(
            acteur=request.acteur, cadre=cadre, jour=donnees["jour"], motif=donnees["motif"]
        )
        messages.success(
            request,
            f"Le départ est enregistré. {cadre.nom_complet} n’apparaît plus dans la liste, "
            "sauf si l’on demande aussi les personnes parties.",
        )
        return redirect("cadres:fiche", pk=cadre.pk)
    return render(request, "cadres/fiche/depart.html", {"formulaire": formulaire, "cadre": cadre})


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def annuler_depart(request: Requete, pk: int) -> HttpResponse:
    """The departure was a mistake."""
    cadre = actions.annuler_depart(acteur=request.acteur, cadre=trouver_des_siens(request, pk))
    messages.success(
        request,
        f"Le départ est annulé : {cadre.nom_complet} est de nouveau dans la liste "
        f"(« {situation_de(request.acteur, cadre).libelle} »).",
    )
    return redirect("cadres:fiche", pk=cadre.pk)
