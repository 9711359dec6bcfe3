"""A host asks a person about a poste that they did not rank; a cadre keeps a filter to be told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from collectivites.refus import exiger
from opportunites.communs import objets
from opportunites.communs.lecteurs import lecteurs
from opportunites.postes.actions import alertes
from opportunites.postes.actions import sollicitations as actions
from opportunites.postes.forms.rencontres import InterrogerForm
from opportunites.postes.predicats import refus_interroger, refus_repondre_sollicitation
from opportunites.postes.requetes import interrogeables


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def interroger(request: Requete, pk: int) -> HttpResponse:
    """« Ce poste vous intéresserait-il ? »"""
    opportunite = objets.opportunite(request.acteur, pk)
    exiger(refus_interroger(request.acteur, opportunite))
    personnes = interrogeables(request.acteur, opportunite)
    formulaire = InterrogerForm(donnees_postees(request), personnes=personnes)
    if request.method == "POST" and formulaire.is_valid():
        actions.interroger(
            acteur=request.acteur, opportunite=opportunite, **formulaire.cleaned_data
        )
        messages.success(request, "La question est partie. Son employeur actuel n’en sait rien.")
        return redirect("opportunites:opportunite", pk=pk)
    contexte = {
        "formulaire": formulaire,
        "opportunite": opportunite,
        "quelqu_un": personnes.exists(),
    }
    return render(request, "opportunites/postes/interroger.html", contexte)


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def repondre_sollicitation(request: Requete, pk: int) -> HttpResponse:
    """POST `oui`: the poste joins one's wishes; otherwise no."""
    sollicitation = objets.sollicitation(request.acteur, pk)
    opportunite = sollicitation.opportunite
    if request.method == "POST":
        oui = "oui" in request.POST
        actions.repondre(acteur=request.acteur, sollicitation=sollicitation, oui=oui)
        if oui:
            messages.success(request, "Ce poste est dans vos vœux. L’employeur du poste le lit.")
            return redirect("opportunites:voeux")
        messages.success(request, "Votre réponse est partie. Votre employeur n’en sait rien.")
        return redirect("opportunites:repondre_sollicitation", pk=pk)
    contexte = {
        "sollicitation": sollicitation,
        "opportunite": opportunite,
        "poste": opportunite.poste,
        "repond": refus_repondre_sollicitation(request.acteur, sollicitation) is None,
        "lecteurs": lecteurs(objets.ma_fiche(request.acteur), opportunite.poste.collectivite),
    }
    return render(request, "opportunites/postes/repondre_sollicitation.html", contexte)


@acces(Role.CADRE, methodes=ECRITURE)
def alerte(request: Requete) -> HttpResponse:
    """Be told of the new postes that answer one's filters (POST `filtres`), or not any more (none)."""
    if "arreter" in request.POST:
        alertes.arreter(acteur=request.acteur)
        messages.success(request, "Ce courriel ne vous sera plus envoyé.")
    else:
        alertes.garder(acteur=request.acteur, parametres=request.POST.get("filtres", ""))
        messages.success(
            request, "Un courriel vous dira, une fois par jour au plus, les nouveaux postes."
        )
    return redirect(reverse("opportunites:opportunites"))
