"""After the move: the matricule and the e-mail that the person now has."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from collectivites.refus import exiger_droit
from opportunites.communs import objets
from opportunites.dossier.actions import arrivee as actions
from opportunites.dossier.forms.arrivee import IdentifiantsForm
from opportunites.dossier.predicats import refus_saisir_identifiants


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def identifiants(request: Requete, pk: int) -> HttpResponse:
    """The host says what names the person from now on."""
    acteur, dossier = request.acteur, objets.mobilite(request.acteur, pk)
    refus = refus_saisir_identifiants(acteur, dossier)
    exiger_droit(refus)
    if refus is not None:
        messages.error(request, refus)
        return redirect("opportunites:mobilite", pk=pk)
    formulaire = IdentifiantsForm(donnees_postees(request), acteur=acteur, cadre=dossier.cadre)
    if request.method == "POST" and formulaire.is_valid():
        fini = actions.saisir_identifiants(
            acteur=acteur, mobilite=dossier, **formulaire.cleaned_data
        )
        messages.success(
            request,
            "Le registre est à jour. Les anciens identifiants restent sur la fiche, avec leur date."
            if fini
            else "Le registre est à jour. Il manque encore un identifiant : il reste « à faire ».",
        )
        return redirect("opportunites:mobilite", pk=pk)
    contexte = {
        "formulaire": formulaire,
        "mobilite": dossier,
        "anciens": dossier.cadre.anciens_identifiants.select_related("collectivite"),
    }
    return render(request, "opportunites/dossier/identifiants.html", contexte)
