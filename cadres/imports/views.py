"""Importing a staff list: deposit, diagnosis, corrections, confirmation, result."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadres.imports import actions
from cadres.imports.actions import FichierOublie
from cadres.imports.forms import (
    ColonnesForm,
    CorrectionForm,
    DepotForm,
    LectureForm,
    reponses_postees,
)
from cadres.imports.page import contexte_diagnostic, contexte_resultat
from cadres.imports.retour import demander_l_annulation
from cadres.models import ImportCadres
from cadres.mots import EtatImport as Etat
from cadres.recensement.correction import fichier_a_corriger, fichier_du_diagnostic
from cadres.recensement.fichiers.tableur import TYPES_MIME
from cadres.recensement.resultat import Diagnostic
from collectivites.acteurs.acces import ECRITURE, Requete, acces
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import telechargement
from collectivites.communs.typographie import compter
from collectivites.mots import Role
from collectivites.refus import ActionImpossible

ETAPES = ("Fichier", "Diagnostic", "Import")


def _trouver(request: Requete, pk: int) -> ImportCadres:
    return get_object_or_404(
        ImportCadres.objects.visibles_par(request.acteur).select_related("tache", "collectivite"),
        pk=pk,
    )


def _page_des_imports(request: Requete, formulaire: DepotForm) -> HttpResponse:
    imports = (
        ImportCadres.objects.visibles_par(request.acteur)
        .select_related("mandat__utilisateur")
        .defer("contenu", "diagnostic", "corrections", "ecrits")[:20]
    )
    contexte = {"formulaire": formulaire, "imports": imports, "etapes": ETAPES}
    statut = 422 if formulaire.is_bound else 200
    return render(request, "cadres/recensement/recensements.html", contexte, status=statut)


@acces(Role.DRH, Role.GESTIONNAIRE)
def recensements(request: Requete) -> HttpResponse:
    """Deposit a staff list; those already deposited."""
    return _page_des_imports(request, DepotForm())


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def importer(request: Requete) -> HttpResponse:
    """Receive a file and start reading it."""
    formulaire = DepotForm(request.POST, request.FILES)
    if not formulaire.is_valid():
        return _page_des_imports(request, formulaire)
    fichier = formulaire.cleaned_data["fichier"]
    _, tache = actions.deposer_import(
        acteur=request.acteur, nom_fichier=fichier.name, contenu=fichier.read()
    )
    return redirect("collectivites:tache", pk=tache.pk)


@acces(Role.DRH, Role.GESTIONNAIRE)
def importation(request: Requete, pk: int) -> HttpResponse:
    """What a file would write, or what came of it."""
    ligne = _trouver(request, pk)
    if ligne.tache is not None and not ligne.tache.est_finie:
        return redirect("collectivites:tache", pk=ligne.tache.pk)
    contexte: dict[str, Any] = {"importation": ligne, "etapes": ETAPES}
    if ligne.etat != Etat.DIAGNOSTIQUE:
        contexte |= contexte_resultat(request.acteur, ligne)
        return render(request, "cadres/recensement/importation_resultat.html", contexte)
    diagnostic = Diagnostic.depuis_json(ligne.diagnostic)
    contexte |= contexte_diagnostic(ligne, diagnostic)
    return render(request, "cadres/recensement/importation.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def corriger_import(request: Requete, pk: int) -> HttpResponse:
    """Correct one value on screen."""
    ligne = _trouver(request, pk)
    formulaire = CorrectionForm(request.POST)
    if not formulaire.is_valid():
        messages.error(request, "Cette correction n’a pas été comprise. Recommencez.")
        return redirect("cadres:importation", pk=pk)
    saisie = formulaire.cleaned_data
    avant = Diagnostic.depuis_json(ligne.diagnostic) if ligne.diagnostic else None
    diagnostic = actions.corriger_import(acteur=request.acteur, importation=ligne, **saisie)
    _dire_la_correction(request, avant, diagnostic, saisie)
    return redirect("cadres:importation", pk=pk)


def _dire_la_correction(
    request: Requete, avant: Diagnostic | None, apres: Diagnostic, saisie: dict[str, Any]
) -> None:
    """What the correction did: rows that are ready, values that are read."""
    reste, ou = apres.nb_lignes_a_corriger, f"Ligne {saisie['ligne']}"
    suite = f"Il reste {compter(reste, 'ligne')} à corriger." if reste else "Tout est prêt."
    lignes = (avant.nb_lignes_a_corriger if avant else 0) - reste
    valeurs = (len(avant.a_corriger) + len(avant.laissees) if avant else 0) - (
        len(apres.a_corriger) + len(apres.laissees)
    )
    if lignes > 1:
        messages.success(request, f"{compter(lignes, 'ligne corrigée,lignes corrigées')}. {suite}")
    elif lignes == 1:
        messages.success(request, f"{ou} corrigée. {suite}")
    elif valeurs > 0:
        messages.success(
            request, f"{compter(valeurs, 'valeur corrigée,valeurs corrigées')}. {suite}"
        )
    else:
        messages.warning(request, f"La ligne {saisie['ligne']} demande encore une correction.")


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def suggestions_import(request: Requete, pk: int) -> HttpResponse:
    """Take every suggestion that can be applied as it is."""
    ligne = _trouver(request, pk)
    diagnostic = actions.suivre_les_suggestions(acteur=request.acteur, importation=ligne)
    reste = diagnostic.nb_lignes_a_corriger
    suite = f"Il reste {compter(reste, 'ligne')} à corriger." if reste else "Tout est prêt."
    messages.success(request, f"Les suggestions sont appliquées. {suite}")
    return redirect("cadres:importation", pk=pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def repondre_import(request: Requete, pk: int) -> HttpResponse:
    """Who is who, and whose value wins; or answer again (`revoir`)."""
    ligne = _trouver(request, pk)
    if "revoir" in request.POST:
        actions.revoir_les_reponses(acteur=request.acteur, importation=ligne)
        messages.success(
            request, "Vos réponses sont oubliées : les questions sont posées de nouveau."
        )
        return redirect("cadres:importation", pk=pk)
    decisions, reponses = reponses_postees(_diagnostic(ligne), request.POST)
    diagnostic = actions.repondre_import(
        acteur=request.acteur, importation=ligne, decisions=decisions, reponses=reponses
    )
    reste = len(diagnostic.questions) + len(diagnostic.conflits)
    messages.success(
        request,
        f"Vos réponses sont gardées. Il en manque encore {reste}."
        if reste
        else "Vos réponses sont gardées. Il n’en manque aucune.",
    )
    return redirect("cadres:importation", pk=pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def relire_import(request: Requete, pk: int) -> HttpResponse:
    """Read another sheet, or leave out the rows that the file hides."""
    ligne = _trouver(request, pk)
    formulaire = LectureForm(request.POST, diagnostic=_diagnostic(ligne))
    if not formulaire.is_valid():
        messages.error(request, str(next(iter(formulaire.errors.values()))[0]))
        return redirect("cadres:importation", pk=pk)
    actions.relire_import(acteur=request.acteur, importation=ligne, **formulaire.lecture())
    messages.success(request, "Le fichier est relu comme vous le demandez.")
    return redirect("cadres:importation", pk=pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def colonnes_import(request: Requete, pk: int) -> HttpResponse:
    """Say what each column feeds, and read the file again."""
    ligne = _trouver(request, pk)
    formulaire = ColonnesForm(request.POST, importation=ligne)
    if not formulaire.is_valid():
        erreur = next(iter(formulaire.errors.values()))[0]
        messages.error(request, f"Les colonnes n’ont pas changé. {erreur}")
        return redirect("cadres:importation", pk=pk)
    try:
        actions.changer_colonnes(
            acteur=request.acteur, importation=ligne, correspondance=formulaire.correspondance()
        )
    except FichierOublie as oubli:
        messages.warning(request, str(oubli))
        return redirect("cadres:recensements")
    messages.success(
        request, "Le fichier est relu avec vos colonnes. Quatuor s’en souviendra la prochaine fois."
    )
    return redirect("cadres:importation", pk=pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def confirmer_import(request: Requete, pk: int) -> HttpResponse:
    """Start the job that writes the registre."""
    ligne = _trouver(request, pk)
    motifs = {
        int(cle.removeprefix("motif_")): str(valeur).strip()[:300]
        for cle, valeur in request.POST.items()
        if cle.startswith("motif_")
        and cle.removeprefix("motif_").isdecimal()
        and str(valeur).strip()
    }
    tache = actions.confirmer_import(acteur=request.acteur, importation=ligne, motifs=motifs)
    return redirect("collectivites:tache", pk=tache.pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def annuler_import(request: Requete, pk: int) -> HttpResponse:
    """Put the registre back as it was before the import, as long as nobody was told."""
    tache = demander_l_annulation(acteur=request.acteur, importation=_trouver(request, pk))
    return redirect("collectivites:tache", pk=tache.pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def abandonner_import(request: Requete, pk: int) -> HttpResponse:
    """Forget a file."""
    actions.abandonner_import(acteur=request.acteur, importation=_trouver(request, pk))
    messages.success(request, "Import abandonné : rien n’a été écrit, rien n’est gardé du fichier.")
    return redirect("cadres:recensements")


@acces(Role.DRH, Role.GESTIONNAIRE)
@couteux
def fichier_a_corriger_(request: Requete, pk: int) -> HttpResponse:
    """The rows to correct, as a spreadsheet to send again."""
    ligne = _trouver(request, pk)
    if not ligne.diagnostic:
        raise Http404
    classeur = fichier_a_corriger(Diagnostic.depuis_json(ligne.diagnostic))
    return telechargement(classeur, TYPES_MIME["xlsx"], f"a-corriger-{pk}.xlsx")


@acces(Role.DRH, Role.GESTIONNAIRE)
@couteux
def diagnostic_entier(request: Requete, pk: int) -> HttpResponse:
    """All that was understood of the file, as a spreadsheet."""
    ligne = _trouver(request, pk)
    if not ligne.diagnostic:
        raise Http404
    classeur = fichier_du_diagnostic(Diagnostic.depuis_json(ligne.diagnostic))
    return telechargement(classeur, TYPES_MIME["xlsx"], f"diagnostic-{pk}.xlsx")


def _diagnostic(ligne: ImportCadres) -> Diagnostic:
    """The diagnosis that is answered to."""
    if not ligne.diagnostic:
        raise ActionImpossible("Cet import n’attend plus de décision. Redéposez le fichier.")
    return Diagnostic.depuis_json(ligne.diagnostic)
