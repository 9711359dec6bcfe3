"""The long work of the registre (reading a staff list, writing it), and what its clock does."""

from typing import Any

from cadres.candidature.relances import fermer_sans_reponse, relancer_sans_reponse
from cadres.donnees_personnelles.purge import purger
from cadres.imports.actions import diagnostiquer_import, ecrire_recensement
from cadres.models import ImportCadres
from cadres.registre.en_nombre import agir_par_lots
from collectivites.travaux.horloge import a_l_heure
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


@travail("cadres.agir_en_nombre")
def agir_en_nombre(
    suivi: Suivi, *, acte: str, cadres: list[int], options: dict[str, Any]
) -> dict[str, Any]:
    return agir_par_lots(
        acteur=suivi.acteur, acte=acte, cadres=cadres, options=options, avancer=suivi.avancer
    )


@a_l_heure("cadres.relancer_sans_reponse", "rappel(s) à des cadres sans réponse")
def relancer() -> int:
    return relancer_sans_reponse()


@a_l_heure("cadres.fermer_sans_reponse", "candidature(s) refermée(s) sans réponse")
def fermer() -> int:
    return fermer_sans_reponse()


@a_l_heure("cadres.purger", "trace(s) effacée(s), selon les durées de conservation")
def effacer_les_echus() -> int:
    return purger().total()
