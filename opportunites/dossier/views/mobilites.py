"""The file of a move, for the two employers and for the person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.listes import page_de, rendre_liste
from collectivites.communs.typographie import date_texte
from collectivites.mots import ROLES_EMPLOYEUR, Role
from collectivites.refus import exiger_droit
from opportunites.communs import objets
from opportunites.dossier.actions import mobilites as actions
from opportunites.dossier.droit.voies import mises_en_garde, precautions, voies_possibles
from opportunites.dossier.filtres import MobiliteFiltre
from opportunites.dossier.forms.mobilite import MobiliteForm
from opportunites.dossier.lecture import lire
from opportunites.dossier.predicats import refus_preparer


@acces(*ROLES_EMPLOYEUR)
def mobilites(request: Requete) -> HttpResponse:
    """The moves from and to one's collectivité."""
    acteur = request.acteur
    filtre = MobiliteFiltre(request.GET, queryset=objets.mobilites(acteur), acteur=acteur)
    return rendre_liste(
        request,
        "opportunites/dossier/mobilites.html",
        "opportunites/dossier/_mobilites.html",
        filtre,
        page=page_de(request, filtre.qs),
        aujourdhui=timezone.localdate(),
    )


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
def mobilite(request: Requete, pk: int) -> HttpResponse:
    """Where the move stands, its route, its dates and their rules."""
    dossier = objets.mobilite(request.acteur, pk)
    return render(request, "opportunites/dossier/mobilite.html", lire(request.acteur, dossier))


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def preparer(request: Requete, pk: int) -> HttpResponse:
    """Choose the route and the date of effect."""
    dossier = objets.mobilite(request.acteur, pk)
    refus = refus_preparer(request.acteur, dossier)
    exiger_droit(refus)
    if refus is not None and request.method != "POST":
        messages.error(request, refus)
        return redirect("opportunites:mobilite", pk=pk)
    formulaire = MobiliteForm(donnees_postees(request), acteur=request.acteur, mobilite=dossier)
    if request.method == "POST" and formulaire.is_valid():
        donnees = formulaire.cleaned_data
        actions.preparer_mobilite(acteur=request.acteur, mobilite=dossier, **donnees)
        messages.success(
            request, f"Le dossier est à jour : effet le {date_texte(donnees['date_effet'])}."
        )
        return redirect("opportunites:mobilite", pk=pk)
    contexte = {
        "formulaire": formulaire,
        "mobilite": dossier,
        "voies": [(v, mises_en_garde(dossier, v)) for v in voies_possibles(dossier)],
        "precautions": precautions(dossier),
    }
    return render(request, "opportunites/dossier/preparer_mobilite.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def rendre_effective(request: Requete, pk: int) -> HttpResponse:
    """The person has taken the poste."""
    dossier = objets.mobilite(request.acteur, pk)
    autres = actions.rendre_effective(acteur=request.acteur, mobilite=dossier)
    messages.success(
        request,
        "L’échange est effectif. Le registre est à jour, et chacun tient son nouveau poste."
        if autres
        else "La mobilité est effective. Le registre est à jour, et le poste est pourvu.",
    )
    if dossier.collectivite_origine_id != dossier.collectivite_accueil_id:
        return redirect("opportunites:identifiants", pk=pk)
    return redirect("opportunites:mobilite", pk=pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def abandonner(request: Requete, pk: int) -> HttpResponse:
    """The move will not take place."""
    actions.abandonner_mobilite(
        acteur=request.acteur,
        mobilite=objets.mobilite(request.acteur, pk),
        motif=request.POST.get("motif", "")[:1000],
    )
    messages.success(
        request,
        "La mobilité est abandonnée. La personne garde son poste, et celui qui lui était proposé "
        "reste ouvert.",
    )
    return redirect("opportunites:mobilite", pk=pk)
