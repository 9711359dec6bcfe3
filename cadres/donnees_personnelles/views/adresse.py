"""The address with which one logs in, when it is still that of the employer that was left."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cadres.candidature import connexion
from cadres.candidature.comptes import adresse_proposee
from cadres.donnees_personnelles.views.moi import moi
from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.mots import Role


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def mon_adresse(request: Requete) -> HttpResponse:
    """What is to be confirmed; POST: the link, once more."""
    cadre = moi(request)
    if refus := connexion.refus_changer(request.acteur):
        messages.info(request, refus)
        return redirect("cadres:mes_donnees")
    adresse = adresse_proposee(cadre.pk, request.acteur.utilisateur.email)
    if request.method == "POST":
        connexion.demander(cadre)
        messages.success(
            request,
            f"Le lien est à {adresse}. Il n’en part qu’un par heure : le précédent vaut encore.",
        )
        return redirect("cadres:mon_adresse")
    return render(
        request,
        "cadres/donnees_personnelles/mon_adresse.html",
        {"cadre": cadre, "adresse": adresse},
    )


@acces(Role.CADRE, methodes=LECTURE_ECRITURE, preuve=True)
def confirmer_adresse(request: Requete, jeton: str) -> HttpResponse:
    """The link that the new mailbox received: the person says yes, from their own account."""
    if request.method == "POST":
        adresse = connexion.confirmer(acteur=request.acteur, jeton=jeton)
        messages.success(
            request,
            f"Vous vous connecterez désormais avec {adresse}. Votre mot de passe reste le même.",
        )
        return redirect("cadres:mes_donnees")
    adresse = connexion.adresse_du_jeton(request.acteur, jeton)
    if not adresse:
        messages.error(request, connexion.refus_changer(request.acteur) or connexion.LIEN_PERIME)
        return redirect("cadres:mes_donnees")
    return render(
        request, "cadres/donnees_personnelles/confirmer_adresse.html", {"adresse": adresse}
    )
