"""All that the page of the workshop shows of a scenario."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite
from opportunites.campagne import predicats
from opportunites.campagne.actions.ensembles import ce_qui_a_change, tombees
from opportunites.campagne.calcul.instance import numero
from opportunites.campagne.ecran.comparaison import comparer
from opportunites.campagne.ecran.composantes import Composante
from opportunites.campagne.ecran.dessin import Dessin, dessiner
from opportunites.campagne.ecran.lecture import Scenario
from opportunites.campagne.ecran.suivi import a_reparer, suivre
from opportunites.campagne.lecteurs import voeux_de_l_hote
from opportunites.campagne.mots import EtatSimulation
from opportunites.models import Campagne, Proposition, Simulation, Voeu

#: Scenarios side by side.
COMPARES = 5


def page_du_scenario(
    acteur: Acteur, campagne: Campagne, simulation: Simulation | None
) -> dict[str, Any]:
    """Whatever the scenario: what runs, what was already drafted. With one: its figures."""
    visibles = Simulation.objects.visibles_par(acteur).filter(campagne=campagne)
    en_cours = visibles.vivantes().select_related("tache").first()
    suivis = suivre(campagne)
    sues = propositions_sues(acteur, campagne)
    contexte: dict[str, Any] = {
        "simulation": simulation,
        "en_cours": en_cours,
        "suivis": suivis,
        "sues": set(sues),
        "a_reparer": a_reparer(suivis),
        "peut_clore": predicats.refus_clore(acteur, campagne) is None,
        "peut_deplacer": predicats.refus_deplacer(acteur, campagne) is None,
    }
    if simulation is None:
        return contexte
    scenario = Scenario(simulation, campagne.demarche.seuil_secret, set(sues.values()))
    autres = visibles.filter(etat=EtatSimulation.CALCULEE).exclude(pk=simulation.pk)[:COMPARES]
    lisibles = _voeux_lisibles(acteur, simulation)
    return contexte | {
        "scenario": scenario,
        "constats": simulation.entree["constats"],
        "reference": simulation.resultat["reference"],
        "dessins": [_dessins(c) for c in scenario.composantes if len(c.mouvements) > 1],
        "simples": [_dessins(c) for c in scenario.composantes if len(c.mouvements) == 1],
        "lignes": comparer(
            [simulation, *autres],
            _collectivites(campagne),
            campagne.demarche.seuil_secret,
            set(sues.values()),
        ),
        "tombes": scenario.tombes(lisibles),
        "decisions": scenario.decisions(lisibles),
        "envies": _envies(scenario, lisibles),
        "changements": ce_qui_a_change(simulation),
        "tombees": tombees(simulation) if simulation.est_une_reparation else [],
        "refus_preparer": predicats.refus_preparer(acteur, simulation),
        "peut_decider": predicats.refus_decider(acteur, simulation) is None,
        "pourquoi_pas": [v for v in lisibles.values() if not _servi(simulation, v)],
    }


def nommes(contexte: dict[str, Any]) -> set[int]:
    """The people whom a page of the workshop names: its moves, its sets of propositions, its wishes."""
    cites = {v.cadre_id for v in contexte.get("pourquoi_pas", [])}
    cites |= {p.cadre_id for p in contexte.get("tombees", [])}
    for suivi in contexte.get("suivis", []):
        cites |= {maillon.proposition.cadre_id for maillon in suivi.maillons}
    scenario = contexte.get("scenario")
    return cites | scenario.nommes if scenario else cites


def propositions_sues(acteur: Acteur, campagne: Campagne) -> dict[int, tuple[int, int]]:
    """Moves found are named to every DGS; where a proposition stands is for those whom it concerns.
    One query."""
    lignes = Proposition.objects.visibles_par(acteur).filter(
        Q(maillon__ensemble__campagne=campagne) | Q(etat__in=Proposition.ETATS_VIVANTS)
    )
    return {
        pk: (cadre, poste)
        for pk, cadre, poste in lignes.values_list("pk", "cadre_id", "opportunite__poste_id")
    }


def _dessins(composante: Composante) -> tuple[Composante, Dessin, Dessin]:
    return composante, dessiner(composante), dessiner(composante, etroit=True)


def _collectivites(campagne: Campagne) -> list[Collectivite]:
    return list(campagne.demarche.collectivites.order_by("pk"))


def _voeux_lisibles(acteur: Acteur, simulation: Simulation) -> dict[tuple[int, int], Voeu]:
    """The wishes that the reader knows as a host, among those that the run read. One query."""
    postes = [numero(p["id"]) for p in simulation.entree["postes"]]
    voeux = (
        voeux_de_l_hote(acteur)
        .filter(opportunite__poste__in=postes)
        .select_related("cadre", "opportunite__poste")
        .order_by("cadre__nom", "cadre__prenom", "rang")
    )
    return {(v.cadre_id, v.opportunite.poste_id): v for v in voeux}


def _servi(simulation: Simulation, voeu: Voeu) -> bool:
    obtenu = simulation.resultat["reponse"]["assignment"].get(f"c{voeu.cadre_id}")
    return bool(obtenu == f"p{voeu.opportunite.poste_id}")


def _envies(scenario: Scenario, lisibles: dict[tuple[int, int], Voeu]) -> list[str]:
    """Somebody whom the host liked better is not served: told to that host alone."""
    return [
        scenario.nommer(e["phrase"])
        for e in scenario.reponse["envy"]
        if (numero(e["cadre"]), numero(e["poste"])) in lisibles
    ]
