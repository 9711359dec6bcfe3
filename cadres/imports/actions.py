"""A staff list: deposited, diagnosed by a job, corrected on screen, confirmed by a job."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cadres.candidature.comptes import adresses_d_employeur
from cadres.donnees_personnelles.oppositions import Oppositions
from cadres.fiche.predicats import refus_recenser
from cadres.imports import predicats
from cadres.imports.ecriture import Avancer, ecrire_diagnostic, fiches_existantes
from cadres.models import ImportCadres
from cadres.mots import EtatImport as Etat
from cadres.recensement.diagnostic import corriger, diagnostiquer, proposer_colonnes
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.modeles import CHAMPS
from cadres.recensement.resultat import Diagnostic
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite, Tache
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux.taches import lancer

#: Seconds during which the columns may still be corrected without sending the file again. The
#: bytes wait in the cache, never in the database: they hold birth dates and worse.
DUREE_FICHIER = 3600
FICHIER_PASSE = (
    "Le fichier n’est plus en mémoire : il n’est jamais gardé. Vos choix de colonnes le sont. "
    "Redéposez-le, ils s’appliqueront."
)


def deposer_import(
    *, acteur: Acteur, nom_fichier: str, contenu: bytes
) -> tuple[ImportCadres, Tache]:
    """Keep a file just long enough for the job that reads it."""
    exiger(refus_recenser(acteur))
    importation = ImportCadres.objects.create(
        collectivite=acteur.collectivite,
        mandat=acteur.mandat,
        nom_fichier=nom_fichier[-200:],
        contenu=contenu,
    )
    return importation, _lancer_lecture(acteur, importation)


def _lancer_lecture(acteur: Acteur, importation: ImportCadres) -> Tache:
    tache = lancer(
        "cadres.diagnostiquer",
        acteur=acteur,
        libelle=f"Lecture de « {importation.nom_fichier} »"[:200],
        suite=reverse("cadres:importation", args=[importation.pk]),
        importation=importation.pk,
    )
    importation.tache = tache
    importation.save(update_fields=["tache"])
    return tache


def correspondance_memorisee(collectivite: Collectivite) -> dict[str, str]:
    """The columns as the collectivité last confirmed them, or chose them by hand."""
    derniere = (
        ImportCadres.objects.filter(
            Q(etat=Etat.CONFIRME) | Q(resume__colonnes_choisies=True), collectivite=collectivite
        )
        .exclude(correspondance={})
        .order_by("-depose_le", "-pk")
        .values_list("correspondance", flat=True)
        .first()
    )
    return derniere or {}


def diagnostiquer_import(*, importation_id: int) -> dict[str, Any]:
    """The job: read the file, keep the diagnosis, drop the bytes."""
    importation = (
        ImportCadres.objects.select_for_update(of=("self",))
        .select_related("collectivite__demarche")
        .get(pk=importation_id)
    )
    exiger(predicats.refus_lire(importation))
    contenu = bytes(importation.contenu or b"")
    importation.contenu = None
    correspondance = importation.correspondance or correspondance_memorisee(
        importation.collectivite
    )
    try:
        diagnostic, colonnes = _lire(importation, contenu, correspondance)
    except FichierIllisible as erreur:
        importation.etat = Etat.ILLISIBLE
        importation.resume = {"erreur": str(erreur)}
        importation.save()
        return {"etat": importation.etat}
    cache.set(_cle_fichier(importation), contenu, DUREE_FICHIER)
    importation.etat = Etat.DIAGNOSTIQUE
    importation.resume = {"colonnes": colonnes}
    _garder(importation, diagnostic)
    return {"etat": importation.etat}


def _lire(
    importation: ImportCadres, contenu: bytes, correspondance: dict[str, str]
) -> tuple[Diagnostic, list[dict[str, str]]]:
    classeur = lire(contenu, importation.nom_fichier, correspondance=correspondance or None)
    colonnes = [
        {
            "colonne": lue.colonne,
            "champ": lue.champ,
            # An example of a column that is not kept would keep it.
            "exemple": lue.exemple if lue.champ else "",
            "code": lue.code,
            "raison": lue.raison,
        }
        for lue in proposer_colonnes(classeur, correspondance or None)
    ]
    diagnostic = diagnostiquer(
        classeur,
        existants=fiches_existantes(importation.collectivite),
        correspondance=correspondance or None,
        domaine_courriel=importation.collectivite.domaine_courriel or None,
        est_oppose=Oppositions(importation.collectivite),
        adresses_prises=adresses_d_employeur(importation.collectivite.demarche),
    )
    if diagnostic.opposes:  # the examples come from the first rows: they might be theirs
        colonnes = [colonne | {"exemple": ""} for colonne in colonnes]
    return diagnostic, colonnes


def _garder(importation: ImportCadres, diagnostic: Diagnostic) -> None:
    importation.diagnostic = diagnostic.vers_json()
    importation.correspondance = dict(diagnostic.correspondance)
    importation.save()


def corriger_import(
    *, acteur: Acteur, importation: ImportCadres, ligne: int, champ: str, valeur: str
) -> Diagnostic:
    """Replace one value of a row to correct, and read the row again."""
    importation = _a_decider(acteur, importation)
    diagnostic = corriger(
        Diagnostic.depuis_json(importation.diagnostic),
        {(ligne, champ): valeur},
        existants=fiches_existantes(importation.collectivite),
        domaine_courriel=importation.collectivite.domaine_courriel or None,
        est_oppose=Oppositions(importation.collectivite),
        adresses_prises=adresses_d_employeur(importation.collectivite.demarche),
    )
    _garder(importation, diagnostic)
    return diagnostic


def changer_colonnes(
    *, acteur: Acteur, importation: ImportCadres, correspondance: dict[str, str]
) -> Diagnostic:
    """Read the file again with other columns; the choice is remembered for the collectivité."""
    importation = _a_decider(acteur, importation)
    connus = {colonne["colonne"] for colonne in importation.resume.get("colonnes", [])}
    choix = {
        colonne: champ
        for colonne, champ in correspondance.items()
        if colonne in connus and (champ == "" or champ in CHAMPS)
    }
    contenu = cache.get(_cle_fichier(importation))
    if contenu is None:
        importation.correspondance = choix
        importation.resume = {"colonnes_choisies": True}
        importation.etat = Etat.ABANDONNE
        importation.diagnostic = {}
        importation.save()
        raise FichierOublie(FICHIER_PASSE)
    try:
        diagnostic, colonnes = _lire(importation, contenu, choix)
    except FichierIllisible as erreur:
        raise ActionImpossible(str(erreur)) from erreur
    importation.resume = {"colonnes": colonnes, "colonnes_choisies": True}
    _garder(importation, diagnostic)
    return diagnostic


class FichierOublie(Exception):
    """The bytes are gone: what was chosen is kept, the file must be sent again."""


def confirmer_import(*, acteur: Acteur, importation: ImportCadres, motifs: dict[int, str]) -> Tache:
    """Start the job that writes. `motifs`: line → why a row outside the public gets in."""
    importation = _a_decider(acteur, importation)
    tache = lancer(
        "cadres.ecrire_recensement",
        acteur=acteur,
        libelle=f"Import de « {importation.nom_fichier} »"[:200],
        suite=reverse("cadres:importation", args=[importation.pk]),
        importation=importation.pk,
        motifs={str(ligne): motif for ligne, motif in motifs.items()},
    )
    importation.tache = tache
    importation.save(update_fields=["tache"])
    return tache


def ecrire_recensement(
    *,
    acteur: Acteur,
    importation: ImportCadres,
    motifs: dict[int, str] | None = None,
    avancer: Avancer | None = None,
) -> dict[str, int]:
    """Write a confirmed diagnosis, in the caller's transaction. A second time, it is refused."""
    Collectivite.objects.select_for_update(of=("self",), no_key=True).get(
        pk=importation.collectivite_id
    )
    importation = _a_decider(acteur, importation)
    diagnostic = Diagnostic.depuis_json(importation.diagnostic)
    bilan = ecrire_diagnostic(
        acteur=acteur,
        collectivite=importation.collectivite,
        diagnostic=diagnostic,
        motifs=motifs,
        avancer=avancer,
    )
    importation.etat = Etat.CONFIRME
    importation.confirme_le = timezone.now()
    importation.resume = dict(bilan)
    # What got in is in the registre; only what is left to correct stays here.
    importation.diagnostic = (
        replace(diagnostic, nouveaux=(), mis_a_jour=(), inchanges=(), hors_public=()).vers_json()
        if diagnostic.a_corriger
        else {}
    )
    importation.save()
    cache.delete(_cle_fichier(importation))
    return bilan


def abandonner_import(*, acteur: Acteur, importation: ImportCadres) -> None:
    """Forget a file: nothing was written, nothing of it stays."""
    importation = _a_decider(acteur, importation)
    importation.etat = Etat.ABANDONNE
    importation.diagnostic = {}
    importation.contenu = None
    importation.save()
    cache.delete(_cle_fichier(importation))


def _a_decider(acteur: Acteur, importation: ImportCadres) -> ImportCadres:
    """The row, locked, if it still waits for a decision of this HR direction."""
    importation = (
        ImportCadres.objects.select_for_update(of=("self",))
        .select_related("collectivite__demarche")
        .get(pk=importation.pk)
    )
    exiger(predicats.refus_decider(acteur, importation))
    return importation


def _cle_fichier(importation: ImportCadres) -> str:
    return f"import-cadres:{importation.pk}"
