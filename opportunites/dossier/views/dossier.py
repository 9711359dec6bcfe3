"""Inside a move's file: the answer of the origin, its document, the list, the team that is left."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from collectivites import refus as predicats
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from opportunites.communs.pieces import TYPES
from opportunites.dossier.actions import depart, points
from opportunites.dossier.droit.voies import premier_jour, regle_de_la_reponse
from opportunites.dossier.forms import ImpactForm, PointForm, ReponseForm
from opportunites.dossier.lecture import echeances_de
from opportunites.dossier.predicats import dossier as regles
from opportunites.dossier.views.mobilites import EMPLOYEURS, trouver
from opportunites.models import Element, Impact, ReponseOrigine


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def repondre_a_la_demande(request: Requete, pk: int) -> HttpResponse:
    """The origin agrees on a date, or refuses on a legal ground with its document."""
    acteur, dossier = request.acteur, trouver(request, pk)
    refus = regles.refus_repondre_a_la_demande(acteur, dossier)
    predicats.exiger_droit(refus)
    if refus is not None:
        messages.error(request, refus)
        return redirect("opportunites:mobilite", pk=pk)
    formulaire = ReponseForm(
        donnees_postees(request), request.FILES or None, acteur=acteur, mobilite=dossier
    )
    if request.method == "POST" and formulaire.is_valid():
        messages.success(request, formulaire.repondre())
        return redirect("opportunites:mobilite", pk=pk)
    contexte = {
        "formulaire": formulaire,
        "mobilite": dossier,
        "echeances": echeances_de(dossier),
        "premier_jour": premier_jour(dossier),
        "regle": regle_de_la_reponse(dossier),
    }
    return render(request, "opportunites/repondre_a_la_demande.html", contexte)


@acces(*EMPLOYEURS, Role.CADRE)
def piece_reponse(request: Requete, pk: int) -> HttpResponse | FileResponse:
    """The document of a refusal, to whoever reads the file of the move."""
    reponse = get_object_or_404(
        ReponseOrigine.objects.visibles_par(request.acteur).exclude(piece=""), pk=pk
    )
    genre = str(reponse.piece.name).rsplit(".", 1)[-1]
    return FileResponse(
        reponse.piece.open("rb"),
        as_attachment=True,
        filename=reponse.nom_piece,
        content_type=TYPES[genre],
        headers={"X-Content-Type-Options": "nosniff"},
    )


@acces(Role.DRH, Role.GESTIONNAIRE, Role.CADRE, methodes=ECRITURE)
def cocher_element(request: Requete, pk: int) -> HttpResponse:
    """Done, or not after all (`fait=non`)."""
    element = get_object_or_404(
        Element.objects.visibles_par(request.acteur).select_related("mobilite"), pk=pk
    )
    fait = request.POST.get("fait", "oui") != "non"
    points.cocher(acteur=request.acteur, element=element, fait=fait)
    messages.success(
        request,
        f"« {element.libelle} »\u00a0: {'fait' if fait else 'à faire de nouveau'}.",
    )
    return redirect("opportunites:mobilite", pk=element.mobilite_id)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def ajouter_element(request: Requete, pk: int) -> HttpResponse:
    """One more thing to do, for either side or for the person."""
    dossier = trouver(request, pk)
    predicats.exiger(regles.refus_ajouter_element(request.acteur, dossier))
    formulaire = PointForm(donnees_postees(request), mobilite=dossier)
    if request.method == "POST" and formulaire.is_valid():
        points.ajouter_element(acteur=request.acteur, mobilite=dossier, **formulaire.cleaned_data)
        messages.success(request, "Le point est ajouté à la liste.")
        return redirect("opportunites:mobilite", pk=pk)
    contexte = {"formulaire": formulaire, "mobilite": dossier}
    return render(request, "opportunites/ajouter_point.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def retirer_element(request: Requete, pk: int) -> HttpResponse:
    """It was added by hand, and is not to be done after all."""
    element = get_object_or_404(Element.objects.visibles_par(request.acteur), pk=pk)
    points.retirer_element(acteur=request.acteur, element=element)
    messages.success(request, f"« {element.libelle} » est retiré de la liste.")
    return redirect("opportunites:mobilite", pk=element.mobilite_id)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def impact(request: Requete, pk: int) -> HttpResponse:
    """What the team that is left will live, and how it is covered."""
    dossier = trouver(request, pk)
    refus = regles.refus_documenter_l_impact(request.acteur, dossier)
    predicats.exiger_droit(refus)
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
        request, "opportunites/impact.html", {"formulaire": formulaire, "mobilite": dossier}
    )
