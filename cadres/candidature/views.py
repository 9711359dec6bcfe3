"""The messages of an employer to its people: read before they leave, in its own words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cadres.candidature import actions, mots_de_l_employeur
from cadres.candidature.forms import MotsForm
from cadres.candidature.messages import apercu
from cadres.candidature.predicats import refus_informer
from cadres.fiche.views.fiche import trouver_des_siens
from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from collectivites.refus import exiger_droit


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def informer(request: Requete, pk: int) -> HttpResponse:
    """The message that tells the person, or tells them again: read first, then sent."""
    cadre = trouver_des_siens(request, pk)
    if request.method == "POST":
        actions.informer(acteur=request.acteur, cadre=cadre)
        messages.success(
            request,
            f"Le message est parti à {cadre.courriel}. La réponse n’appartient qu’à "
            f"{cadre.prenom} ; elle apparaîtra ici.",
        )
        return redirect("cadres:fiche", pk=pk)
    refus = refus_informer(request.acteur, cadre)
    exiger_droit(refus)
    if refus is not None:
        messages.error(request, refus)
        return redirect("cadres:fiche", pk=pk)
    contexte = {"cadre": cadre, "courriel": apercu(request.acteur, cadre)}
    return render(request, "cadres/candidature/informer.html", contexte)


@acces(Role.DRH, methodes=LECTURE_ECRITURE)
def mots(request: Requete) -> HttpResponse:
    """The signature, the first sentence of the invitation, where answers go; and what they make."""
    formulaire = MotsForm(donnees_postees(request), instance=request.acteur.collectivite)
    valide = request.method == "POST" and formulaire.is_valid()
    if valide and "apercu" not in request.POST:
        mots_de_l_employeur.ecrire(acteur=request.acteur, mots=formulaire.cleaned_data)
        messages.success(request, "C’est enregistré. Les prochains messages porteront ces mots.")
        return redirect("cadres:mots")
    essai = formulaire.cleaned_data if valide else None
    contexte = {
        "formulaire": formulaire,
        "courriel": mots_de_l_employeur.apercu(request.acteur, essai),
        "essai": essai is not None,
    }
    return render(request, "cadres/candidature/mots.html", contexte)
