"""The élus of each employer: what they were told, what they agreed to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import compter_en_lettres
from collectivites.models import Collectivite
from collectivites.mots import ROLES_EMPLOYEUR, Acte
from opportunites.communs.pieces import telecharger_la_piece
from pilotage.cadrage.elus import actions, predicats
from pilotage.cadrage.elus.forms import AccordForm, InformationForm
from pilotage.cadrage.formulaires import MotifForm
from pilotage.cadrage.reponses import refuser
from pilotage.models import AccordElus, InformationElus
from pilotage.models.communs import LECTEURS

ELUS = "pilotage:elus"


@acces(*LECTEURS)
def elus(request: Requete) -> HttpResponse:
    """Per employer: the agreement in principle, and what was told before and since."""
    acteur = request.acteur
    employeurs = list(Collectivite.objects.filter(demarche=acteur.demarche).order_by("pk"))
    accords = {
        a.collectivite_id: a
        for a in AccordElus.objects.visibles_par(acteur)
        .en_vigueur()
        .select_related("par__utilisateur")
    }
    informations: dict[int, list[InformationElus]] = {}
    for information in InformationElus.objects.visibles_par(acteur):
        informations.setdefault(information.collectivite_id, []).append(information)
    lignes = [_ligne(acteur, c, accords.get(c.pk), informations.get(c.pk, [])) for c in employeurs]
    contexte = {"lignes": lignes, "titre": _titre(len(employeurs), len(accords))}
    return render(request, "pilotage/cadrage/elus/elus.html", contexte)


def _titre(employeurs: int, accords: int) -> str:
    if employeurs and accords == employeurs:
        return "Les élus de chaque collectivité ont donné leur accord"
    manque = compter_en_lettres(
        employeurs - accords, "accord d’élus reste à recueillir,accords d’élus restent à recueillir"
    )
    return manque.capitalize()


def _ligne(
    acteur: Acteur,
    collectivite: Collectivite,
    accord: AccordElus | None,
    informations: list[InformationElus],
) -> dict[str, Any]:
    sienne = collectivite.pk == acteur.collectivite.pk
    return {
        "collectivite": collectivite,
        "accord": accord,
        "informations": informations,
        "peut_informer": sienne and predicats.refus_informer(acteur) is None,
        "peut_enregistrer": sienne and predicats.refus_enregistrer(acteur, accord) is None,
        "peut_retirer": accord is not None
        and predicats.refus_retirer_accord(acteur, accord) is None,
    }


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def informer_elus(request: Requete) -> HttpResponse:
    """Write down that élus were told."""
    formulaire = InformationForm(
        donnees_postees(request), request.FILES or None, acteur=request.acteur
    )
    if request.method == "POST" and formulaire.is_valid():
        actions.informer(acteur=request.acteur, **formulaire.cleaned_data)
        messages.success(request, "C’est noté, les autres employeurs le lisent aussi.")
        return redirect(ELUS)
    return render(request, "pilotage/cadrage/elus/informer.html", {"formulaire": formulaire})


@acces(*ROLES_EMPLOYEUR, methodes=ECRITURE)
def retirer_information(request: Requete, pk: int) -> HttpResponse:
    """Take away what was written by mistake."""
    information = get_object_or_404(InformationElus.objects.visibles_par(request.acteur), pk=pk)
    actions.retirer_information(acteur=request.acteur, information=information)
    messages.success(request, "Cette information est retirée. Le journal garde sa trace.")
    return redirect(ELUS)


@acces(acte=Acte.FRANCHIR_ETAPE, methodes=LECTURE_ECRITURE)
def accord_elus(request: Requete) -> HttpResponse:
    """Record the agreement of the élus of one's own employer."""
    acteur = request.acteur
    refus = predicats.refus_enregistrer(acteur, predicats.accord_de(acteur.collectivite))
    if reponse := refuser(request, refus, ELUS):
        return reponse
    formulaire = AccordForm(donnees_postees(request), request.FILES or None, acteur=acteur)
    if request.method == "POST" and formulaire.is_valid():
        actions.enregistrer_accord(acteur=acteur, **formulaire.cleaned_data)
        messages.success(request, "L’accord de vos élus est enregistré, avec son document.")
        return redirect(ELUS)
    return render(request, "pilotage/cadrage/elus/accord.html", {"formulaire": formulaire})


@acces(acte=Acte.FRANCHIR_ETAPE, methodes=LECTURE_ECRITURE)
def retirer_accord(request: Requete, pk: int) -> HttpResponse:
    """Take back the agreement, with a reason."""
    accord = get_object_or_404(
        AccordElus.objects.visibles_par(request.acteur).select_related("collectivite"), pk=pk
    )
    refus = predicats.refus_retirer_accord(request.acteur, accord)
    if reponse := refuser(request, refus, ELUS):
        return reponse
    formulaire = MotifForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        actions.retirer_accord(acteur=request.acteur, accord=accord, **formulaire.cleaned_data)
        messages.success(request, "L’accord est retiré : ce qu’il ouvrait est fermé.")
        return redirect(ELUS)
    contexte = {"formulaire": formulaire, "accord": accord}
    return render(request, "pilotage/cadrage/elus/retirer_accord.html", contexte)


@acces(*LECTEURS)
def document_accord(request: Requete, pk: int) -> HttpResponse:
    """The document that bears the agreement."""
    accord = get_object_or_404(AccordElus.objects.visibles_par(request.acteur), pk=pk)
    return telecharger_la_piece(accord.piece, accord.nom_piece)


@acces(*LECTEURS)
def document_information(request: Requete, pk: int) -> HttpResponse:
    """The document by which élus were told."""
    information = get_object_or_404(
        InformationElus.objects.visibles_par(request.acteur).exclude(piece=""), pk=pk
    )
    return telecharger_la_piece(information.piece, information.nom_piece)
