"""From the bytes of a staff list to its diagnosis, with all that was chosen and answered so far.

What was chosen stays through every new reading: the sheet, the hidden rows, the columns, the values
corrected, who is who, whose value wins. Rows are known by their number in the sheet: another sheet
starts afresh.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.cache import cache

from cadres.candidature.comptes import adresses_d_employeur, adresses_nommees
from cadres.donnees_personnelles.oppositions import Oppositions
from cadres.fiche.public import public_de
from cadres.imports.existants import fiches_existantes
from cadres.models import ImportCadres
from cadres.recensement.diagnostic import corriger, diagnostiquer, proposer_colonnes
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.resultat import Diagnostic
from collectivites.garanties import secret
from collectivites.models import Collectivite

#: Seconds during which the file may be read again without sending it anew. The bytes hold birth dates
#: and worse: sealed before they touch the database (until they are read) or the cache (afterwards).
DUREE_FICHIER = 3600
_POUR = "recensement"

Cle = tuple[int, str]


@dataclass(frozen=True)
class Choix:
    """What somebody chose and answered about a file."""

    correspondance: Mapping[str, str] = field(default_factory=dict)
    feuille: str = ""
    sans_masquees: bool = False
    corrections: Mapping[Cle, str] = field(default_factory=dict)
    decisions: Mapping[int, int | str] = field(default_factory=dict)
    reponses: Mapping[Cle, str] = field(default_factory=dict)

    def dans_la_feuille(self, feuille: str) -> Choix:
        """Another sheet: its rows are not those that were answered about."""
        if feuille == self.feuille:
            return self
        return Choix(feuille=feuille, sans_masquees=self.sans_masquees)

    def avec(self, **change: Any) -> Choix:
        return replace(self, **change)


def choix_faits(importation: ImportCadres) -> Choix:
    """What was chosen about a file that is diagnosed."""
    diagnostic = Diagnostic.depuis_json(importation.diagnostic)
    return Choix(
        correspondance=importation.correspondance,
        feuille=diagnostic.feuille,
        sans_masquees=diagnostic.sans_masquees,
        corrections=corrections_faites(importation),
        decisions=diagnostic.decisions,
        reponses=diagnostic.reponses,
    )


def corrections_faites(importation: ImportCadres) -> dict[Cle, str]:
    return {(ligne, champ): valeur for ligne, champ, valeur in importation.corrections or []}


def noter_les_corrections(importation: ImportCadres, corrections: Mapping[Cle, str]) -> None:
    toutes = corrections_faites(importation) | dict(corrections)
    importation.corrections = [[*cle, valeur] for cle, valeur in toutes.items()]


def diagnostiquer_le_fichier(
    importation: ImportCadres, contenu: bytes, choix: Choix
) -> tuple[Diagnostic, list[dict[str, str]]]:
    """(the diagnosis, the columns of the sheet). Raises `FichierIllisible`."""
    collectivite = importation.collectivite
    correspondance = choix.correspondance or None
    classeur = lire(
        contenu,
        importation.nom_fichier,
        correspondance=correspondance,
        feuille=choix.feuille or None,
    )
    colonnes = [
        {
            "colonne": lue.colonne,
            "champ": lue.champ,
            # An example of a column that is not kept would keep it.
            "exemple": lue.exemple if lue.champ else "",
            "code": lue.code,
            "raison": lue.raison,
        }
        for lue in proposer_colonnes(classeur, correspondance)
        if lue.champ != "cle"  # ours: neither shown nor chosen
    ]
    noms, autres = noms_des_employeurs(collectivite)
    diagnostic = diagnostiquer(
        classeur,
        existants=fiches_existantes(collectivite),
        correspondance=correspondance,
        corrections=choix.corrections,
        employeur=noms,
        autres_employeurs=autres,
        sans_masquees=choix.sans_masquees,
        decisions=choix.decisions,
        reponses=choix.reponses,
        **contexte_de(collectivite),
    )
    if diagnostic.opposes:  # the examples come from the first rows: they might be theirs
        colonnes = [colonne | {"exemple": ""} for colonne in colonnes]
    return diagnostic, colonnes


def recorriger(importation: ImportCadres, **quoi: Any) -> Diagnostic:
    """The diagnosis once values are corrected (`corrections`) or questions answered."""
    collectivite = importation.collectivite
    return corriger(
        Diagnostic.depuis_json(importation.diagnostic),
        quoi.pop("corrections", {}),
        existants=fiches_existantes(collectivite),
        **contexte_de(collectivite),
        **quoi,
    )


def contexte_de(collectivite: Collectivite) -> dict[str, Any]:
    """What a reading must know of the employer, beside its registre."""
    return {
        "domaine_courriel": collectivite.domaine_courriel or None,
        "est_oppose": Oppositions(collectivite),
        "adresses_prises": adresses_d_employeur(collectivite),
        "adresses_nommees": adresses_nommees(collectivite),
        "public": public_de(collectivite.demarche),
    }


def noms_des_employeurs(collectivite: Collectivite) -> tuple[list[str], list[str]]:
    """(the names of this employer, those of the others of the démarche)."""
    siens: list[str] = []
    autres: list[str] = []
    for autre in Collectivite.objects.filter(demarche=collectivite.demarche_id):
        noms = siens if autre.pk == collectivite.pk else autres
        noms += {autre.nom, autre.nom_court, autre.get_code_display()} - {""}
    return siens, autres


def sceller_le_fichier(contenu: bytes) -> bytes:
    return secret.sceller_octets(contenu, pour=_POUR)


def ouvrir_le_fichier(scelle: bytes | memoryview | None) -> bytes | None:
    """None when there is nothing, or nothing that our keys open."""
    if not scelle:
        return None
    try:
        return secret.ouvrir_octets(bytes(scelle), pour=_POUR)
    except secret.Illisible:
        return None


def garder_le_fichier(importation: ImportCadres, contenu: bytes) -> None:
    cache.set(_cle_fichier(importation), sceller_le_fichier(contenu), DUREE_FICHIER)


def fichier_garde(importation: ImportCadres) -> bytes | None:
    return ouvrir_le_fichier(cache.get(_cle_fichier(importation)))


def oublier_le_fichier(importation: ImportCadres) -> None:
    cache.delete(_cle_fichier(importation))


def _cle_fichier(importation: ImportCadres) -> str:
    return f"import-cadres:{importation.pk}"
