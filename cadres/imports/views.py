"""Importing a staff list: deposit, diagnosis, corrections, confirmation, result."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadres.imports import actions
from cadres.imports.actions import FichierOublie
from cadres.imports.forms import ColonnesForm, CorrectionForm, DepotForm
from cadres.models import ImportCadres
from cadres.mots import EtatImport as Etat
from cadres.recensement.correction import fichier_a_corriger
from cadres.recensement.fichiers.tableur import TYPES_MIME
from cadres.recensement.resultat import Diagnostic
from collectivites.acteurs.acces import ECRITURE, Requete, acces
from collectivites.communs.reponses import telechargement
from collectivites.communs.typographie import compter
from collectivites.mots import Role

ETAPES = ("Fichier", "Diagnostic", "Import")
#: Rows shown of each list; the rest is counted, and the file to correct holds them all.
EXTRAIT = 50


def _trouver(request: Requete, pk: int) -> ImportCadres:
    return get_object_or_404(
        ImportCadres.objects.visibles_par(request.acteur).select_related("tache", "collectivite"),
        pk=pk,
    )


def _page_des_imports(request: Requete, formulaire: DepotForm) -> HttpResponse:
    imports = (
        ImportCadres.objects.visibles_par(request.acteur)
        .select_related("mandat__utilisateur")
        .defer("contenu", "diagnostic", "corrections")[:20]
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
        if ligne.diagnostic:
            contexte["diagnostic"] = Diagnostic.depuis_json(ligne.diagnostic)
        return render(request, "cadres/recensement/importation_resultat.html", contexte)
    diagnostic = Diagnostic.depuis_json(ligne.diagnostic)
    contexte |= _contexte_diagnostic(ligne, diagnostic)
    return render(request, "cadres/recensement/importation.html", contexte)


def _chiffres(diagnostic: Diagnostic) -> list[dict[str, Any]]:
    """The counts at the head of the page, each leading to its group when it has one."""

    def chiffre(nombre: int, un: str, plusieurs: str, groupe: str = "") -> dict[str, Any]:
        return {
            "valeur": nombre,
            "libelle": plusieurs if nombre > 1 else un,
            "url": f"#{groupe}" if groupe and nombre else "",
        }

    a_corriger = diagnostic.nb_lignes_a_corriger
    valeurs = compter(len(diagnostic.a_corriger), "valeur")
    return [
        chiffre(len(diagnostic.nouveaux), "nouveau cadre", "nouveaux cadres", "nouveaux"),
        chiffre(len(diagnostic.mis_a_jour), "fiche mise à jour", "fiches mises à jour", "maj"),
        chiffre(len(diagnostic.inchanges), "ligne inchangée", "lignes inchangées"),
        chiffre(a_corriger, "ligne à corriger", f"lignes à corriger, {valeurs}", "corr")
        | {"alerte": bool(a_corriger), "courant": bool(a_corriger)},
    ]


def _contexte_diagnostic(ligne: ImportCadres, diagnostic: Diagnostic) -> dict[str, Any]:
    changements = [
        (maj.cadre, changement) for maj in diagnostic.mis_a_jour for changement in maj.changements
    ]
    return {
        "diagnostic": diagnostic,
        "chiffres": _chiffres(diagnostic),
        "a_corriger": diagnostic.a_corriger[: 4 * EXTRAIT],
        "autres_a_corriger": max(0, len(diagnostic.a_corriger) - 4 * EXTRAIT),
        "changements": changements[:EXTRAIT],
        "autres_changements": max(0, len(changements) - EXTRAIT),
        "nouveaux": diagnostic.nouveaux[:EXTRAIT],
        "autres_nouveaux": max(0, len(diagnostic.nouveaux) - EXTRAIT),
        "hors_public": diagnostic.hors_public[: 4 * EXTRAIT],
        "sans_effet": diagnostic.sans_effet,
        "ecartees": diagnostic.colonnes_ecartees,
        "avertissements": diagnostic.avertissements,
        "form_colonnes": ColonnesForm(importation=ligne),
    }


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def corriger_import(request: Requete, pk: int) -> HttpResponse:
    """Correct one value on screen."""
    ligne = _trouver(request, pk)
    formulaire = CorrectionForm(request.POST)
    if not formulaire.is_valid():
        messages.error(request, "Cette correction n’a pas été comprise. Recommencez.")
        return redirect("cadres:importation", pk=pk)
    saisie = formulaire.cleaned_data
    avant = Diagnostic.depuis_json(ligne.diagnostic).nb_lignes_a_corriger if ligne.diagnostic else 0
    diagnostic = actions.corriger_import(acteur=request.acteur, importation=ligne, **saisie)
    reste = diagnostic.nb_lignes_a_corriger
    suite = f"Il reste {compter(reste, 'ligne')} à corriger." if reste else "Tout est prêt."
    if reste < avant:
        messages.success(request, f"Ligne {saisie['ligne']} corrigée. {suite}")
    else:
        messages.warning(request, f"La ligne {saisie['ligne']} demande encore une correction.")
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
def abandonner_import(request: Requete, pk: int) -> HttpResponse:
    """Forget a file."""
    actions.abandonner_import(acteur=request.acteur, importation=_trouver(request, pk))
    messages.success(request, "Import abandonné : rien n’a été écrit, rien n’est gardé du fichier.")
    return redirect("cadres:recensements")


@acces(Role.DRH, Role.GESTIONNAIRE)
def fichier_a_corriger_(request: Requete, pk: int) -> HttpResponse:
    """The rows to correct, as a spreadsheet to send again."""
    ligne = _trouver(request, pk)
    if not ligne.diagnostic:
        raise Http404
    classeur = fichier_a_corriger(Diagnostic.depuis_json(ligne.diagnostic))
    return telechargement(classeur, TYPES_MIME["xlsx"], f"a-corriger-{pk}.xlsx")
