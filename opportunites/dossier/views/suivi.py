"""After the move: how it goes at six and twelve months, and what all of them teach."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import ROLES_EMPLOYEUR, Role
from collectivites.refus import exiger_droit
from opportunites.communs import objets
from opportunites.dossier import bilans
from opportunites.dossier.actions import suivi as actions
from opportunites.dossier.forms.suites import SuiviForm
from opportunites.dossier.predicats import refus_renseigner_suivi


@acces(Role.DRH, Role.GESTIONNAIRE, Role.CADRE, methodes=LECTURE_ECRITURE)
def suivi(request: Requete, pk: int) -> HttpResponse:
    """One's own voice, from its date on."""
    acteur = request.acteur
    ligne = objets.suivi(request.acteur, pk)
    refus = refus_renseigner_suivi(acteur, ligne)
    exiger_droit(refus)
    if refus is not None:
        messages.error(request, refus)
        return redirect("opportunites:mobilite", pk=ligne.mobilite_id)
    formulaire = SuiviForm(donnees_postees(request), suivi=ligne)
    if request.method == "POST" and formulaire.is_valid():
        actions.renseigner_suivi(acteur=acteur, suivi=ligne, **formulaire.cleaned_data)
        messages.success(request, "Merci : ce suivi est enregistré.")
        return redirect("opportunites:mobilite", pk=ligne.mobilite_id)
    contexte = {
        "formulaire": formulaire,
        "suivi": ligne,
        "mobilite": ligne.mobilite,
        "pour_le_cadre": acteur.est(Role.CADRE),
    }
    return render(request, "opportunites/dossier/suivi.html", contexte)


@acces(*ROLES_EMPLOYEUR)
def enseignements_des_mobilites(request: Requete) -> HttpResponse:
    """Counts over the whole démarche, small numbers hidden."""
    return render(
        request,
        "opportunites/dossier/enseignements.html",
        {"bilan": bilans.enseignements(request.acteur.demarche)},
    )
