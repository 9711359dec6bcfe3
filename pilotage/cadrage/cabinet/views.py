"""The firm's page: what it reads, what it prepares; for the DGS, who sits there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.requetes import MandatQuerySet
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import date_texte
from collectivites.models import Mandat
from collectivites.mots import Role
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs.pieces import telecharger_la_piece
from pilotage.cadrage.cabinet import actions, predicats
from pilotage.cadrage.cabinet.forms import DocumentForm, FinCabinetForm, InvitationCabinetForm
from pilotage.models import DocumentCabinet


def _sieges(acteur: Acteur) -> MandatQuerySet:
    """Those of the démarche, of today and to come, whichever DGS gave them."""
    sieges: MandatQuerySet = (
        Mandat.objects.filter(
            Q(fin__isnull=True) | Q(fin__gte=timezone.localdate()),
            role=Role.CABINET,
            collectivite__demarche=acteur.demarche,
        )
        .select_related("utilisateur", "collectivite__demarche")
        .order_by("debut", "pk")
    )
    return sieges


@acces(Role.DGS, Role.DRH, Role.CABINET)
def cabinet(request: Requete) -> HttpResponse:
    """Who sits, which documents."""
    acteur = request.acteur
    documents = DocumentCabinet.objects.visibles_par(acteur).filter(retire_le__isnull=True)
    contexte: dict[str, Any] = {
        "sieges": [(m, predicats.refus_finir(acteur, m) is None) for m in _sieges(acteur)],
        "documents": [
            (d, predicats.refus_retirer(acteur, d) is None)
            for d in documents.select_related("depose_par__utilisateur")
        ],
        "peut_inviter": predicats.refus_inviter(acteur) is None,
        "peut_deposer": predicats.refus_deposer(acteur) is None,
        "demarche": acteur.demarche,
        "est_le_cabinet": acteur.est(Role.CABINET),
    }
    return render(request, "pilotage/cadrage/cabinet/cabinet.html", contexte)


@acces(Role.DGS, methodes=LECTURE_ECRITURE)
def inviter_cabinet(request: Requete) -> HttpResponse:
    """Somebody of the firm, until a day."""
    acteur = request.acteur
    formulaire = InvitationCabinetForm(donnees_postees(request), demarche=acteur.demarche)
    if request.method == "POST" and formulaire.is_valid():
        try:
            mandat = actions.inviter(acteur=acteur, **formulaire.cleaned_data)
        except ActionImpossible as refus:
            formulaire.add_error("courriel", refus.message)
        else:
            nom = mandat.utilisateur.nom_complet
            messages.success(request, f"{nom} reçoit un courriel. Les autres DGS sont prévenus.")
            return redirect("pilotage:cabinet")
    return render(request, "pilotage/cadrage/cabinet/inviter.html", {"formulaire": formulaire})


@acces(Role.DGS, methodes=LECTURE_ECRITURE)
def finir_cabinet(request: Requete, pk: int) -> HttpResponse:
    """Whichever DGS gave it."""
    mandat = get_object_or_404(_sieges(request.acteur), pk=pk)
    exiger(predicats.refus_finir(request.acteur, mandat))
    formulaire = FinCabinetForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        motif = formulaire.cleaned_data["motif"]
        actions.finir(acteur=request.acteur, mandat=mandat, motif=motif)
        fin = date_texte(timezone.localdate())
        nom = mandat.utilisateur.nom_complet
        messages.success(request, f"Le siège de {nom} finit ce soir, {fin}.")
        return redirect("pilotage:cabinet")
    return render(
        request, "pilotage/cadrage/cabinet/finir.html", {"mandat": mandat, "formulaire": formulaire}
    )


@acces(Role.CABINET, methodes=LECTURE_ECRITURE)
def deposer_document(request: Requete) -> HttpResponse:
    """For the DGS and DRH of all the employers."""
    files = request.FILES if request.method == "POST" else None
    formulaire = DocumentForm(donnees_postees(request), files)
    if request.method == "POST" and formulaire.is_valid():
        document = actions.deposer_un_document(acteur=request.acteur, **formulaire.cleaned_data)
        messages.success(request, f"« {document.titre} » est déposé. DGS et DRH peuvent le lire.")
        return redirect("pilotage:cabinet")
    return render(request, "pilotage/cadrage/cabinet/deposer.html", {"formulaire": formulaire})


def _document(request: Requete, pk: int) -> DocumentCabinet:
    visibles = DocumentCabinet.objects.visibles_par(request.acteur)
    trouve: DocumentCabinet = get_object_or_404(visibles.filter(retire_le__isnull=True), pk=pk)
    return trouve


@acces(Role.DGS, Role.DRH, Role.CABINET)
def document_cabinet(request: Requete, pk: int) -> HttpResponse:
    """The document itself."""
    document = _document(request, pk)
    return telecharger_la_piece(document.piece, document.nom_piece)


@acces(Role.CABINET, methodes=ECRITURE)
def retirer_document(request: Requete, pk: int) -> HttpResponse:
    """It is read no more."""
    actions.retirer_un_document(acteur=request.acteur, document=_document(request, pk))
    messages.success(request, "Le document est retiré.")
    return redirect("pilotage:cabinet")
