"""Folders to sign of a move: made, downloaded for a parapheur or an archive, put back signed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import telechargement
from collectivites.mots import ROLES_EMPLOYEUR, Role
from collectivites.refus import exiger_droit
from opportunites.communs import objets
from opportunites.communs.pieces import telecharger_la_piece
from opportunites.dossier.signature import actions, composition, manifeste
from opportunites.dossier.signature.forms import DossierForm, RetourForm
from opportunites.dossier.signature.predicats import refus_faire_signer, refus_remettre
from opportunites.models import DossierASigner, RetourSigne


def _dossier(acteur: Acteur, pk: int) -> DossierASigner:
    return get_object_or_404(
        DossierASigner.objects.visibles_par(acteur).select_related(
            "mobilite__cadre",
            "mobilite__poste_accueil",
            "mobilite__collectivite_origine",
            "mobilite__collectivite_accueil",
            "fait_par__utilisateur",
        ),
        pk=pk,
    )


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
@couteux
def faire_signer(request: Requete, pk: int) -> HttpResponse:
    """What is to be signed, and what joins it."""
    mobilite = objets.mobilite(request.acteur, pk)
    refus = refus_faire_signer(request.acteur, mobilite)
    exiger_droit(refus)
    if refus is not None:
        messages.error(request, refus)
        return redirect("opportunites:mobilite", pk=pk)
    formulaire = DossierForm(donnees_postees(request), request.FILES or None)
    if request.method == "POST" and formulaire.is_valid():
        dossier = actions.faire_signer(
            acteur=request.acteur,
            mobilite=mobilite,
            objet=formulaire.cleaned_data["objet"],
            annexes=formulaire.annexes(),
        )
        messages.success(request, "Le dossier est prêt : téléchargez-le pour votre parapheur.")
        return redirect("opportunites:dossier_a_signer", pk=dossier.pk)
    contexte = {"formulaire": formulaire, "mobilite": mobilite}
    return render(request, "opportunites/signature/faire.html", contexte)


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
def dossier_a_signer(request: Requete, pk: int) -> HttpResponse:
    """The readable manifest: what it holds, its fingerprints, until when, what came back."""
    dossier = _dossier(request.acteur, pk)
    retours = RetourSigne.objects.visibles_par(request.acteur).filter(dossier=dossier)
    contexte = {
        "dossier": dossier,
        "mobilite": dossier.mobilite,
        "conservation": dossier.manifeste["conservation"],
        "retours": retours.select_related("depose_par__utilisateur", "depose_par__collectivite"),
        "peut_remettre": refus_remettre(request.acteur, dossier) is None,
        "pour_le_cadre": request.acteur.est(Role.CADRE),
    }
    return render(request, "opportunites/signature/dossier.html", contexte)


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
def dossier_pdf(request: Requete, pk: int) -> HttpResponse:
    """The very bytes that are signed."""
    dossier = _dossier(request.acteur, pk)
    return telecharger_la_piece(dossier.piece, manifeste.nom_du_dossier(dossier))


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
def manifeste_json(request: Requete, pk: int) -> HttpResponse:
    """For a machine: every fingerprint, the PDF's own included."""
    dossier = _dossier(request.acteur, pk)
    contenu = manifeste.en_json(manifeste.complet(dossier))
    return telechargement(contenu, "application/json", f"{dossier.reference}-manifeste.json")


@acces(*ROLES_EMPLOYEUR)
@couteux
def archive_du_dossier(request: Requete, pk: int) -> HttpResponse:
    """What left, what came back, the manifest of both."""
    dossier = _dossier(request.acteur, pk)
    return telechargement(
        composition.archiver(dossier), "application/zip", f"{dossier.reference}.zip"
    )


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def remettre_signe(request: Requete, pk: int) -> HttpResponse:
    """The signed file is held against the one that left; what differs is named."""
    dossier = _dossier(request.acteur, pk)
    exiger_droit(refus_remettre(request.acteur, dossier))
    formulaire = RetourForm(donnees_postees(request), request.FILES or None, dossier=dossier)
    if request.method == "POST" and formulaire.is_valid():
        assert formulaire.comparaison is not None
        donnees = formulaire.cleaned_data
        retour = actions.remettre(
            acteur=request.acteur,
            dossier=dossier,
            contenu=formulaire.contenu,
            comparaison=formulaire.comparaison,
            signataires=donnees["signataires"],
            signe_le=donnees["signe_le"],
            malgre=donnees["malgre"],
        )
        messages.success(
            request, f"Le fichier signé est au dossier. {retour.get_constat_display()}."
        )
        return redirect("opportunites:dossier_a_signer", pk=pk)
    contexte = {"formulaire": formulaire, "dossier": dossier, "mobilite": dossier.mobilite}
    return render(request, "opportunites/signature/remettre.html", contexte)


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
def retour_pdf(request: Requete, pk: int) -> HttpResponse:
    """The signed file, as it was put back."""
    retour = get_object_or_404(
        RetourSigne.objects.visibles_par(request.acteur).select_related("dossier"), pk=pk
    )
    return telecharger_la_piece(retour.piece, f"{retour.dossier.reference}-signe.pdf")
