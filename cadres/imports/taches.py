"""The long work of an import: reading a staff list, writing it."""

from typing import Any

from cadres.imports.actions import diagnostiquer_import, ecrire_recensement
from cadres.imports.retour import annuler_import
from cadres.models import ImportCadres
from collectivites.travaux.taches import Suivi, travail


@travail("cadres.diagnostiquer")
def diagnostiquer(suivi: Suivi, *, importation: int) -> dict[str, Any]:
    return diagnostiquer_import(importation_id=importation)


@travail("cadres.ecrire_recensement")
def ecrire(suivi: Suivi, *, importation: int, motifs: dict[str, str]) -> dict[str, Any]:
    return {
        **ecrire_recensement(
            acteur=suivi.acteur,
            importation=ImportCadres.objects.get(pk=importation),
            motifs={int(ligne): motif for ligne, motif in motifs.items()},
            avancer=suivi.avancer,
        )
    }


@travail("cadres.annuler_import")
def annuler(suivi: Suivi, *, importation: int) -> dict[str, Any]:
    return {
        **annuler_import(acteur=suivi.acteur, importation=ImportCadres.objects.get(pk=importation))
    }
