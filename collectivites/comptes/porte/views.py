"""The door of whoever is not listed: open to anybody, and it tells nothing."""

from __future__ import annotations

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from collectivites.acteurs.acces import LECTURE_ECRITURE, RequeteOuverte, public
from collectivites.communs.formulaires import donnees_postees
from collectivites.comptes.forms import VolontaireForm
from collectivites.comptes.porte.volontaires import ecrire_a_la_drh
from collectivites.garanties import mur
from collectivites.refus import ActionImpossible

TROP_SOUVENT = (
    "Trop de messages sont partis de votre réseau en peu de temps. Le vôtre n’est pas envoyé : "
    "recommencez dans une heure, ou écrivez directement à votre direction."
)


@public(methodes=LECTURE_ECRITURE)
@mur.partout()
def se_signaler(request: RequeteOuverte) -> HttpResponse:
    """« Pas encore dans la démarche ? »: a message to one's own HR direction."""
    formulaire = VolontaireForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        try:
            if not consume(request, action="volontaire"):
                raise ActionImpossible(TROP_SOUVENT)
            ecrire_a_la_drh(**formulaire.cleaned_data)
        except ActionImpossible as refus:
            formulaire.add_error(None, refus.message)
        else:
            employeur = formulaire.cleaned_data["collectivite"].nom
            messages.success(
                request,
                f"Votre message est remis à la direction des ressources humaines ({employeur}). Elle "
                "vous répond elle-même : Quatuor ne vous écrit pas.",
            )
            return redirect("account_login")
    return render(request, "collectivites/se_signaler.html", {"formulaire": formulaire})
