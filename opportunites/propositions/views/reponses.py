"""The answer of a cadre to a proposition."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from opportunites.communs import objets
from opportunites.models import Proposition
from opportunites.propositions import predicats
from opportunites.propositions.actions import reponses as actions
from opportunites.propositions.forms import RefusForm


def _trop_tard(request: Requete, proposition: Proposition) -> HttpResponse | None:
    """Even one second after: the proposition is closed, and its cadre told so."""
    refus = predicats.refus_repondre(request.acteur, proposition)
    if not actions.expirer_si_tardive(proposition=proposition):
        return None
    messages.error(request, refus or predicats.CLOSES[Proposition.Etat.EXPIREE])
    return redirect("opportunites:proposition", pk=proposition.pk)


@acces(Role.CADRE, methodes=ECRITURE)
def accepter(request: Requete, pk: int) -> HttpResponse:
    """Yes."""
    proposition = objets.proposition(request.acteur, pk)
    if trop_tard := _trop_tard(request, proposition):
        return trop_tard
    mobilite = actions.accepter(acteur=request.acteur, proposition=proposition)
    messages.success(
        request,
        "Votre accord est enregistré. Les deux directions des ressources humaines préparent "
        "maintenant votre mobilité avec vous ; vous restez en poste d’ici là.",
    )
    return redirect("opportunites:mobilite", pk=mobilite.pk)


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def refuser(request: Requete, pk: int) -> HttpResponse:
    """No, with a reason that stays private."""
    proposition = objets.proposition(request.acteur, pk)
    if request.method == "POST":
        if trop_tard := _trop_tard(request, proposition):
            return trop_tard
    elif refus := predicats.refus_repondre(request.acteur, proposition):
        messages.error(request, refus)
        return redirect("opportunites:proposition", pk=pk)
    formulaire = RefusForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        actions.refuser(acteur=request.acteur, proposition=proposition, **formulaire.cleaned_data)
        messages.success(
            request,
            "Votre refus est enregistré. Il ne vous portera pas préjudice, et son motif reste "
            "privé. Vos vœux et votre parcours continuent.",
        )
        return redirect("opportunites:proposition", pk=pk)
    contexte = {
        "formulaire": formulaire,
        "proposition": proposition,
        "poste": proposition.opportunite.poste,
    }
    return render(request, "opportunites/propositions/refuser.html", contexte)


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def annuler_reponse(request: Requete, pk: int) -> HttpResponse:
    """Take back a yes or a no, within 24 hours. The page says what will not come back."""
    proposition = objets.proposition(request.acteur, pk)
    refus = predicats.refus_annuler_reponse(request.acteur, proposition)
    if request.method == "POST":
        actions.annuler_reponse(acteur=request.acteur, proposition=proposition)
        messages.success(
            request, "Votre réponse est reprise. La proposition attend de nouveau votre réponse."
        )
        return redirect("opportunites:proposition", pk=pk)
    if refus is not None:
        messages.error(request, refus)
        return redirect("opportunites:proposition", pk=pk)
    contexte = {"proposition": proposition, "poste": proposition.opportunite.poste}
    return render(request, "opportunites/propositions/annuler_reponse.html", contexte)
