"""A staff list: deposited, diagnosed by a job, corrected on screen, confirmed by a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cadres.fiche.predicats import refus_recenser
from cadres.imports import lecture, predicats
from cadres.imports.ecriture import Avancer, ecrire_diagnostic
from cadres.imports.lecture import Choix, Cle
from cadres.imports.trace import Trace
from cadres.models import ImportCadres
from cadres.mots import EtatImport as Etat
from cadres.recensement.entetes.colonnes import SANS_SECOURS
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.modeles import CHAMPS
from cadres.recensement.resultat import Diagnostic
from cadres.recensement.semblables import corrections_semblables, corrections_suggerees
from collectivites.acteurs.acteur import Acteur
from collectivites.garanties.postgresql.statistiques import analyser_apres_l_acte
from collectivites.models import Collectivite, Tache
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux.taches import lancer

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
        contenu=lecture.sceller_le_fichier(contenu),
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
    contenu = lecture.ouvrir_le_fichier(importation.contenu) or b""
    importation.contenu = None
    correspondance = importation.correspondance or correspondance_memorisee(
        importation.collectivite
    )
    try:
        diagnostic, colonnes = lecture.diagnostiquer_le_fichier(
            importation, contenu, Choix(correspondance)
        )
    except FichierIllisible as erreur:
        importation.etat = Etat.ILLISIBLE
        importation.resume = {"erreur": str(erreur)}
        importation.save()
        return {"etat": importation.etat}
    lecture.garder_le_fichier(importation, contenu)
    importation.etat = Etat.DIAGNOSTIQUE
    importation.resume = {"colonnes": colonnes}
    _garder(importation, diagnostic)
    return {"etat": importation.etat}


def _garder(importation: ImportCadres, diagnostic: Diagnostic) -> None:
    importation.diagnostic = diagnostic.vers_json()
    importation.correspondance = dict(diagnostic.correspondance)
    importation.save()


def corriger_import(
    *,
    acteur: Acteur,
    importation: ImportCadres,
    ligne: int,
    champ: str,
    valeur: str,
    partout: bool = False,
) -> Diagnostic:
    """Replace one value of a row, and read the row again. `partout`: on every row that holds the
    same value for the same reason."""
    importation = _a_decider(acteur, importation)
    diagnostic = Diagnostic.depuis_json(importation.diagnostic)
    corrections: Mapping[Cle, str] = {(ligne, champ): valeur}
    if partout:
        corrections = corrections_semblables(diagnostic, ligne, champ, valeur)
    return _corriger(importation, corrections)


def suivre_les_suggestions(*, acteur: Acteur, importation: ImportCadres) -> Diagnostic:
    """Every suggestion that may replace its value as it is."""
    importation = _a_decider(acteur, importation)
    suggerees = corrections_suggerees(Diagnostic.depuis_json(importation.diagnostic))
    if not suggerees:
        raise ActionImpossible("Aucune suggestion ne peut s’appliquer telle quelle.")
    return _corriger(importation, suggerees)


def _corriger(importation: ImportCadres, corrections: Mapping[Cle, str]) -> Diagnostic:
    diagnostic = lecture.recorriger(importation, corrections=corrections)
    lecture.noter_les_corrections(importation, corrections)
    _garder(importation, diagnostic)
    return diagnostic


def repondre_import(
    *,
    acteur: Acteur,
    importation: ImportCadres,
    decisions: Mapping[int, int | str] | None = None,
    reponses: Mapping[Cle, str] | None = None,
) -> Diagnostic:
    """Who is who (row → a file, or another person), and whose value wins (row and field)."""
    importation = _a_decider(acteur, importation)
    if not decisions and not reponses:
        raise ActionImpossible("Choisissez au moins une réponse.")
    diagnostic = lecture.recorriger(importation, decisions=decisions, reponses=reponses)
    _garder(importation, diagnostic)
    return diagnostic


def revoir_les_reponses(*, acteur: Acteur, importation: ImportCadres) -> Diagnostic:
    """Forget who is who and whose value wins, as far as somebody said: they are asked again."""
    importation = _a_decider(acteur, importation)
    diagnostic = Diagnostic.depuis_json(importation.diagnostic)
    importation.diagnostic = replace(diagnostic, decisions={}, reponses={}).vers_json()
    diagnostic = lecture.recorriger(importation)
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
        if colonne in connus and (champ in CHAMPS or champ in {"", SANS_SECOURS})
    }
    # Our own column is not on the page: it stays as it was read.
    choix |= {c: champ for c, champ in importation.correspondance.items() if champ == "cle"}
    if lecture.fichier_garde(importation) is None:
        importation.correspondance = choix
        importation.resume = {"colonnes_choisies": True}
        importation.etat = Etat.ABANDONNE
        importation.diagnostic = {}
        importation.corrections = {}
        importation.save()
        raise FichierOublie(FICHIER_PASSE)
    return _relire(
        importation,
        lecture.choix_faits(importation).avec(correspondance=choix),
        colonnes_choisies=True,
    )


def relire_import(
    *, acteur: Acteur, importation: ImportCadres, feuille: str, sans_masquees: bool
) -> Diagnostic:
    """Read another sheet, or without the rows that the file hides."""
    importation = _a_decider(acteur, importation)
    choix = lecture.choix_faits(importation)
    if feuille:
        choix = choix.dans_la_feuille(feuille)
    return _relire(importation, choix.avec(sans_masquees=sans_masquees))


def _relire(
    importation: ImportCadres, choix: Choix, *, colonnes_choisies: bool = False
) -> Diagnostic:
    contenu = lecture.fichier_garde(importation)
    if contenu is None:
        raise ActionImpossible(
            "Le fichier n’est plus en mémoire : il n’est jamais gardé. Redéposez-le pour le relire."
        )
    try:
        diagnostic, colonnes = lecture.diagnostiquer_le_fichier(importation, contenu, choix)
    except FichierIllisible as erreur:
        raise ActionImpossible(str(erreur)) from erreur
    choisies = colonnes_choisies or importation.resume.get("colonnes_choisies", False)
    importation.resume = {"colonnes": colonnes} | ({"colonnes_choisies": True} if choisies else {})
    if not choix.corrections:
        importation.corrections = {}
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
    trace = Trace()
    bilan = ecrire_diagnostic(
        acteur=acteur,
        collectivite=importation.collectivite,
        diagnostic=diagnostic,
        motifs=motifs,
        avancer=avancer,
        trace=trace,
    )
    importation.etat = Etat.CONFIRME
    importation.confirme_le = timezone.now()
    importation.resume = dict(bilan)
    importation.ecrits = trace.vers_json()
    importation.corrections = {}
    # What got in is in the registre; only what is left to correct stays here.
    importation.diagnostic = (
        replace(
            diagnostic,
            nouveaux=(),
            mis_a_jour=(),
            inchanges=(),
            hors_public=(),
            questions=(),
            absents=(),
        ).vers_json()
        if diagnostic.a_corriger
        else {}
    )
    importation.save()
    lecture.oublier_le_fichier(importation)
    analyser_apres_l_acte()
    return bilan


def abandonner_import(*, acteur: Acteur, importation: ImportCadres) -> None:
    """Forget a file: nothing was written, nothing of it stays."""
    importation = _a_decider(acteur, importation)
    importation.etat = Etat.ABANDONNE
    importation.diagnostic = {}
    importation.corrections = {}
    importation.contenu = None
    importation.save()
    lecture.oublier_le_fichier(importation)


def _a_decider(acteur: Acteur, importation: ImportCadres) -> ImportCadres:
    """The row, locked, if it still waits for a decision of this HR direction."""
    importation = (
        ImportCadres.objects.select_for_update(of=("self",))
        .select_related("collectivite__demarche")
        .get(pk=importation.pk)
    )
    exiger(predicats.refus_decider(acteur, importation))
    return importation
