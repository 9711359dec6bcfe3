"""Inside a move's file: the answer of the origin, its document, the list, the team that is left."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import date_texte
from collectivites.mots import ROLES_EMPLOYEUR, Role
from collectivites.refus import exiger, exiger_droit
from opportunites.communs import objets
from opportunites.communs.pieces import telecharger_la_piece
from opportunites.dossier import predicats
from opportunites.dossier.actions import depart, points
from opportunites.dossier.droit.voies import premier_jour, regle_de_la_reponse
from opportunites.dossier.forms.depart import ImpactForm, ReponseForm
from opportunites.dossier.forms.suites import PointForm
from opportunites.dossier.lecture import echeances_de
from opportunites.models import Impact, Mobilite


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def repondre_a_la_demande(request: Requete, pk: int) -> HttpResponse:
    """The origin agrees on a date, or refuses on a legal ground with its document."""
    acteur, dossier = request.acteur, objets.mobilite(request.acteur, pk)
    refus = predicats.refus_repondre_a_la_demande(acteur, dossier)
    exiger_droit(refus)
    if refus is not None:
        messages.error(request, refus)
        return redirect("opportunites:mobilite", pk=pk)
    formulaire = ReponseForm(
        donnees_postees(request), request.FILES or None, acteur=acteur, mobilite=dossier
    )
    if request.method == "POST" and formulaire.is_valid():
        messages.success(request, _repondre(acteur, dossier, formulaire.cleaned_data))
        return redirect("opportunites:mobilite", pk=pk)
    contexte = {
        "formulaire": formulaire,
        "mobilite": dossier,
        "echeances": echeances_de(dossier),
        "premier_jour": premier_jour(dossier),
        "regle": regle_de_la_reponse(dossier),
    }
    return render(request, "opportunites/dossier/repondre_a_la_demande.html", contexte)


def _repondre(acteur: Acteur, dossier: Mobilite, reponse: dict[str, Any]) -> str:
    """Do what was answered, and say it in one sentence."""
    texte = reponse["texte"]
    if reponse["decision"] == ReponseForm.ACCORD:
        jour = reponse["date_convenue"]
        depart.accorder_le_depart(acteur=acteur, mobilite=dossier, texte=texte, date_convenue=jour)
        return (
            f"Votre accord est enregistré : départ le {date_texte(jour)}. "
            "L’accueil et la personne sont prévenus."
        )
    depart.refuser_le_depart(
        acteur=acteur,
        mobilite=dossier,
        texte=texte,
        motif=reponse["motif"],
        piece=reponse["piece"],
    )
    return (
        "Le refus et sa pièce sont enregistrés. L’accueil et la personne sont prévenus ; "
        "vous pourrez encore convenir d’une date."
    )


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
def piece_reponse(request: Requete, pk: int) -> HttpResponse:
    """The document of a refusal, to whoever reads the file of the move."""
    reponse = objets.reponse_avec_sa_piece(request.acteur, pk)
    return telecharger_la_piece(reponse.piece, reponse.nom_piece)


@acces(Role.DRH, Role.GESTIONNAIRE, Role.CADRE, methodes=ECRITURE)
def cocher_element(request: Requete, pk: int) -> HttpResponse:
    """Done, or not after all (`fait=non`)."""
    element = objets.element(request.acteur, pk)
    fait = request.POST.get("fait", "oui") != "non"
    points.cocher(acteur=request.acteur, element=element, fait=fait)
    messages.success(
        request,
        f"« {element.libelle} » : {'fait' if fait else 'à faire de nouveau'}.",
    )
    return redirect("opportunites:mobilite", pk=element.mobilite_id)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def ajouter_element(request: Requete, pk: int) -> HttpResponse:
    """One more thing to do, for either side or for the person."""
    dossier = objets.mobilite(request.acteur, pk)
    exiger(predicats.refus_ajouter_element(request.acteur, dossier))
    formulaire = PointForm(donnees_postees(request), mobilite=dossier)
    if request.method == "POST" and formulaire.is_valid():
        points.ajouter_element(acteur=request.acteur, mobilite=dossier, **formulaire.cleaned_data)
        messages.success(request, "Le point est ajouté à la liste.")
        return redirect("opportunites:mobilite", pk=pk)
    contexte = {"formulaire": formulaire, "mobilite": dossier}
    return render(request, "opportunites/dossier/ajouter_point.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def retirer_element(request: Requete, pk: int) -> HttpResponse:
    """It was added by hand, and is not to be done after all."""
    element = objets.element(request.acteur, pk)
    points.retirer_element(acteur=request.acteur, element=element)
    messages.success(request, f"« {element.libelle} » est retiré de la liste.")
    return redirect("opportunites:mobilite", pk=element.mobilite_id)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def impact(request: Requete, pk: int) -> HttpResponse:
    """What the team that is left will live, and how it is covered."""
    dossier = objets.mobilite(request.acteur, pk)
    refus = predicats.refus_documenter_l_impact(request.acteur, dossier)
    exiger_droit(refus)
    if refus is not None:
        messages.error(request, refus)
        return redirect("opportunites:mobilite", pk=pk)
    actuel = Impact.objects.visibles_par(request.acteur).filter(mobilite=dossier).first()
    formulaire = ImpactForm(donnees_postees(request), instance=actuel)
    if request.method == "POST" and formulaire.is_valid():
        depart.documenter_l_impact(
            acteur=request.acteur, mobilite=dossier, donnees=formulaire.cleaned_data
        )
        messages.success(request, "L’impact sur l’équipe est à jour. Votre DGS le lit.")
        return redirect("opportunites:mobilite", pk=pk)
    return render(
        request, "opportunites/dossier/impact.html", {"formulaire": formulaire, "mobilite": dossier}
    )
