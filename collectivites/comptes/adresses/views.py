"""Whoever was written to, and has an account already, says that both are theirs."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from collectivites.acteurs.acces import LECTURE_ECRITURE, RequeteOuverte, connecte
from collectivites.acteurs.acteur import CLE_SESSION, mandats_de
from collectivites.communs.cles_de_liens import SANS_CLE
from collectivites.comptes.adresses import rattachement
from collectivites.comptes.continuer import page_locale
from collectivites.comptes.invitations import invite_du_lien, oublier_le_lien
from collectivites.garanties import mur
from collectivites.models import Utilisateur

VOUS_AVEZ_UN_COMPTE = (
    "Vous avez déjà un compte à l’adresse de ce message : connectez-vous pour lire la suite. Si vous "
    "n’avez pas encore choisi de mot de passe, demandez-le par « Mot de passe oublié »."
)


def vers_le_compte(request: HttpRequest, uid: str) -> HttpResponse:
    """From the link of the mail to the page below, by the login where one is needed."""
    if not request.user.is_authenticated:
        messages.info(request, VOUS_AVEZ_UN_COMPTE)
    suite = {"suite": request.GET["suite"]} if "suite" in request.GET else None
    return redirect(reverse("collectivites:rejoindre", args=[uid], query=suite))


@connecte(methodes=LECTURE_ECRITURE)
@never_cache
@mur.partout()
def rejoindre(request: RequeteOuverte, uid: str) -> HttpResponse:
    """« Est-ce bien vous ? »: nothing is tied before the person says so."""
    attente = invite_du_lien(request, uid, SANS_CLE)
    if attente is None or not attente.adresse_a_confirmer:
        return render(request, "collectivites/invitation_perimee.html", status=410)
    compte = cast(Utilisateur, request.user)
    if request.method == "POST":
        mandat = rattachement.rejoindre(compte=compte, attente=attente)
        oublier_le_lien(request)
        request.session[CLE_SESSION] = mandat.pk
        messages.success(request, f"C’est fait : vous agissez maintenant comme {mandat.libelle}.")
        return redirect(page_locale(request, request.GET.get("suite", "")) or "pilotage:accueil")
    contexte = {
        "attente": attente,
        "roles": [mandat.libelle for mandat in mandats_de(attente)],
        "refus": rattachement.refus_rejoindre(compte, attente),
    }
    return render(request, "collectivites/rejoindre.html", contexte)
