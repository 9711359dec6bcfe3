"""Undoing an import: what it created goes, what it changed comes back, unless somebody was told or
something was changed since; the refusal says who, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cadres.candidature.comptes import prevenir_du_changement, suivre_adresses
from cadres.fiche.enlever import enlever_des_fiches
from cadres.fiche.verrous import prendre
from cadres.imports import predicats
from cadres.imports.existants import ATTRIBUTS
from cadres.imports.trace import Json, valeurs_de
from cadres.models import Cadre, ImportCadres
from cadres.mots import Actes, EtatCandidature
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter
from collectivites.journal import journaliser
from collectivites.models import Collectivite, EntreeJournal, Poste, Tache
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux.taches import lancer

PAR_LOT = 500
#: Names said in a refusal; the rest is counted.
NOMS_DITS = 5


def obstacles(importation: ImportCadres) -> list[tuple[str, str]]:
    """(who, why) for each person whom the import can no longer be undone for. Four queries a lot."""
    fiches = importation.ecrits.get("fiches", {})
    return [
        obstacle
        for lot in _lots(sorted(map(int, fiches)))
        for obstacle in _obstacles(importation, lot, fiches)
    ]


def _obstacles(
    importation: ImportCadres, pks: Sequence[int], fiches: Json
) -> Iterator[tuple[str, str]]:
    cadres = Cadre.objects.select_related("poste", "candidature").in_bulk(pks)
    changes = set(
        EntreeJournal.objects.filter(
            cadre_ref__in=pks, quand__gt=importation.confirme_le
        ).values_list("cadre_ref", flat=True)
    )
    reecrits = {
        int(pk)
        for ecrits in ImportCadres.objects.filter(
            collectivite=importation.collectivite_id,
            confirme_le__gt=importation.confirme_le,
            annule_le__isnull=True,
        ).values_list("ecrits", flat=True)
        for pk in ecrits.get("fiches", {})
    }
    for pk in pks:
        cadre, fiche = cadres.get(pk), fiches[str(pk)]
        if cadre is None:
            if "avant" in fiche:
                yield "Une personne", "n’est plus au registre"
        elif "avant" not in fiche and _est_informee(cadre):
            yield cadre.nom_complet, "est informée de son recensement"
        elif pk in reecrits:
            yield cadre.nom_complet, "a changé par un import plus récent"
        elif pk in changes or ("avant" in fiche and not _est_comme_ecrit(cadre, fiche)):
            yield cadre.nom_complet, "a changé depuis"


def _est_informee(cadre: Cadre) -> bool:
    candidature = cadre.candidature
    return candidature.informe_le is not None or candidature.etat != EtatCandidature.RECENSE


def _est_comme_ecrit(cadre: Cadre, fiche: Json) -> bool:
    apres: Json = fiche["apres"]
    return valeurs_de(cadre, apres) == apres


def phrase_des_obstacles(trouves: Sequence[tuple[str, str]]) -> str:
    """« Odile Fléchambault est informée de son recensement ; 3 autres personnes ont changé… »"""
    dits = [f"{qui} {pourquoi}" for qui, pourquoi in trouves[:NOMS_DITS]]
    reste = len(trouves) - len(dits)
    if reste:
        dits.append(f"et {compter(reste, 'autre personne,autres personnes')} dans ce cas")
    return "Cet import ne peut plus être annulé : " + " ; ".join(dits) + "."


def demander_l_annulation(*, acteur: Acteur, importation: ImportCadres) -> Tache:
    """Start the job that puts the registre back as it was before the import."""
    exiger(predicats.refus_annuler(acteur, importation))
    if trouves := obstacles(importation):
        raise ActionImpossible(phrase_des_obstacles(trouves))
    tache = lancer(
        "cadres.annuler_import",
        acteur=acteur,
        libelle=f"Annulation de l’import de « {importation.nom_fichier} »"[:200],
        suite=reverse("cadres:importation", args=[importation.pk]),
        importation=importation.pk,
    )
    importation.tache = tache
    importation.save(update_fields=["tache"])
    return tache


def annuler_import(*, acteur: Acteur, importation: ImportCadres) -> dict[str, int]:
    """Put the registre back as it was before the import, in the caller's transaction."""
    Collectivite.objects.select_for_update(of=("self",), no_key=True).get(
        pk=importation.collectivite_id
    )
    importation = (
        ImportCadres.objects.select_for_update(of=("self",))
        .select_related("collectivite__demarche")
        .get(pk=importation.pk)
    )
    exiger(predicats.refus_annuler(acteur, importation))
    fiches = importation.ecrits["fiches"]
    pks = sorted(map(int, fiches))
    for lot in _lots(pks):
        prendre(lot)
    if trouves := obstacles(importation):
        raise ActionImpossible(phrase_des_obstacles(trouves))
    crees = [pk for pk in pks if "avant" not in fiches[str(pk)]]
    changes = [pk for pk in pks if "avant" in fiches[str(pk)]]
    enlever_des_fiches(crees)
    _remettre(acteur, changes, fiches)
    importation.annule_le = timezone.now()
    importation.ecrits, importation.diagnostic = {}, {}
    importation.save(update_fields=["annule_le", "ecrits", "diagnostic"])
    bilan = {"enleves": len(crees), "remis": len(changes)}
    journaliser(
        acteur=acteur,
        acte=Actes.RECENSEMENT_ANNULE,
        libelle=(
            f"Import annulé : {compter(len(crees), 'fiche retirée,fiches retirées')}, "
            f"{compter(len(changes), 'fiche remise,fiches remises')} comme avant"
        ),
        objet=importation.collectivite,
        collectivite=importation.collectivite,
        demarche=importation.collectivite.demarche,
        details=bilan,
    )
    return bilan


def _remettre(acteur: Acteur, pks: Sequence[int], fiches: Json) -> None:
    """The values of before. The matricules and e-mails are emptied first: two may have been swapped."""
    suivis: list[tuple[Cadre, str]] = []
    nouveaux_postes: list[int] = []
    for champ in ("matricule", "courriel"):
        Cadre.objects.filter(pk__in=[pk for pk in pks if champ in fiches[str(pk)]["avant"]]).update(
            **{champ: ""}
        )
    for lot in _lots(pks):
        cadres = Cadre.objects.select_related(
            "poste", "direction", "utilisateur", "candidature", "collectivite__demarche"
        ).in_bulk(lot)
        for pk, cadre in cadres.items():
            avant, apres = fiches[str(pk)]["avant"], fiches[str(pk)]["apres"]
            if avant.get("courriel") is not None:
                suivis.append((cadre, str(apres["courriel"])))
            if "poste_id" in avant and avant["poste_id"] != apres["poste_id"]:
                nouveaux_postes.append(apres["poste_id"])
            _remettre_une(cadre, avant)
    Poste.objects.filter(pk__in=[pk for pk in nouveaux_postes if pk]).delete()
    suivre_adresses([cadre for cadre, _ in suivis])
    for cadre, ecrite in suivis:
        prevenir_du_changement(cadre, ecrite, acteur)


def _remettre_une(cadre: Cadre, avant: dict[str, Any]) -> None:
    for champ, valeur in avant.items():
        if champ == "intitule":
            continue
        setattr(cadre, ATTRIBUTS.get(champ, champ), _depuis_json(champ, valeur))
    if avant.get("intitule") and avant.get("poste_id"):
        for poste in Poste.objects.filter(pk=avant["poste_id"]).exclude(intitule=avant["intitule"]):
            poste.intitule = avant["intitule"]
            poste.save(update_fields=["intitule"])
    # Read again: the search looks into the title of the poste and of the direction.
    cadre._state.fields_cache.pop("poste", None)
    cadre._state.fields_cache.pop("direction", None)
    cadre.save()


def _depuis_json(champ: str, valeur: Any) -> Any:
    return date.fromisoformat(valeur) if champ == "date_entree_poste" and valeur else valeur


def _lots(elements: Sequence[int]) -> Iterator[Sequence[int]]:
    return (elements[debut : debut + PAR_LOT] for debut in range(0, len(elements), PAR_LOT))
