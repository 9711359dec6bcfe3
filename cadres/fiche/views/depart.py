"""Somebody left the employer, or will, or should never have been listed: said, and undone."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cadres.candidature.situations import situation_de
from cadres.fiche import depart as actions
from cadres.fiche import predicats
from cadres.fiche.enlever import enlever_du_recensement
from cadres.fiche.forms import DepartForm
from cadres.fiche.views.fiche import refuser, trouver_des_siens
from cadres.models import Cadre
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import date_texte
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
        messages.success(request, _phrase(cadre, donnees["jour"]))
        return redirect("cadres:fiche", pk=cadre.pk)
    return render(request, "cadres/fiche/depart.html", {"formulaire": formulaire, "cadre": cadre})


def _phrase(cadre: Cadre, jour: date) -> str:
    if jour > timezone.localdate():
        return (
            f"Le départ est prévu au {date_texte(jour)}. Rien ne change d’ici là pour "
            f"{cadre.nom_complet}."
        )
    return (
        f"Le départ est enregistré. {cadre.nom_complet} n’apparaît plus dans la liste, "
        "sauf si l’on demande aussi les personnes parties."
    )


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def renoncer_au_depart(request: Requete, pk: int) -> HttpResponse:
    """The person stays after all."""
    cadre = actions.renoncer_au_depart_prevu(
        acteur=request.acteur, cadre=trouver_des_siens(request, pk)
    )
    messages.success(request, f"Le départ prévu est annulé : {cadre.nom_complet} reste.")
    return redirect("cadres:fiche", pk=cadre.pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def enlever(request: Requete, pk: int) -> HttpResponse:
    """The person was listed by mistake, and nobody told them: their file goes."""
    cadre = trouver_des_siens(request, pk)
    if refus := predicats.refus_enlever(request.acteur, cadre):
        return refuser(request, cadre, refus)
    if request.method == "POST":
        enlever_du_recensement(acteur=request.acteur, cadre=cadre)
        messages.success(request, f"{cadre.nom_complet} n’est plus au registre.")
        return redirect("cadres:registre")
    return render(request, "cadres/fiche/enlever.html", {"cadre": cadre})


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
