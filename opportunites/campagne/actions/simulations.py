"""Runs are asked for, decided upon, stopped, found dead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.mots import Acte
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux.taches import lancer
from opportunites.campagne.actions.campagnes import verrouiller
from opportunites.campagne.calcul import travail
from opportunites.campagne.calcul.parametres import (
    REPARATION,
    Parametres,
    avec_une_decision,
    sans_la_decision,
)
from opportunites.campagne.mots import EtatSimulation
from opportunites.campagne.predicats import (
    est_morte,
    refus_arreter,
    refus_calculer,
    refus_de_la_decision,
    refus_decider,
    refus_simuler,
)
from opportunites.models import Campagne, Simulation
from opportunites.mots import Actes

MORTE = (
    "Le calcul s’est interrompu, sans doute parce que le serveur a redémarré. Rien n’a été écrit : "
    "relancez-le."
)


def simuler(
    *,
    acteur: Acteur,
    campagne: Campagne,
    parametres: Parametres,
    origine: Simulation | None = None,
) -> Simulation:
    """Launch a new scenario."""
    return _lancer(acteur, campagne, parametres, origine, refus_simuler)


def relancer(*, acteur: Acteur, origine: Simulation) -> Simulation:
    """The same scenario on the data of today."""
    return _lancer(acteur, origine.campagne, origine.parametres, origine, refus_calculer)


def reparer(*, acteur: Acteur, origine: Simulation) -> Simulation:
    """After answers: what is out is kept first. With the settings of `origine`, without what was
    decided on it."""
    parametres = origine.parametres | {"mode": REPARATION, "decisions": []}
    return _lancer(acteur, origine.campagne, parametres, origine, refus_calculer)


def _lancer(
    acteur: Acteur,
    campagne: Campagne,
    parametres: Parametres,
    origine: Simulation | None,
    refus: Callable[[Acteur, Campagne], str | None],
) -> Simulation:
    """One at a time in a campaign: a second is refused by the database as well."""
    campagne = verrouiller(campagne.pk)
    exiger(refus(acteur, campagne))
    constater_les_mortes(campagne)
    if Simulation.objects.vivantes().filter(campagne=campagne).exists():
        raise ActionImpossible("Une simulation est déjà en cours : attendez sa fin, ou arrêtez-la.")
    simulation = Simulation.objects.create(
        campagne=campagne, auteur=acteur.mandat, parametres=parametres, origine=origine
    )
    simulation.tache = lancer(
        travail.NOM,
        acteur=acteur,
        libelle="Simulation du mouvement",
        suite=reverse("opportunites:simulation", args=[simulation.pk]),
        simulation=simulation.pk,
    )
    simulation.save(update_fields=["tache"])
    _noter(acteur, simulation, Actes.SIMULATION_LANCEE, "Simulation lancée")
    return simulation


def decider(
    *, acteur: Acteur, simulation: Simulation, cadre: int, poste: int, geste: str, motif: str
) -> Simulation:
    """Keep, forbid or force a move, with a reason, and solve again."""
    exiger(refus_decider(acteur, simulation))
    exiger(refus_de_la_decision(acteur, simulation, cadre, poste, geste))
    if not motif.strip():
        raise ActionImpossible("Dites pourquoi en quelques mots : le journal garde cette raison.")
    parametres = avec_une_decision(
        simulation.parametres, cadre=cadre, poste=poste, geste=geste, motif=motif.strip()
    )
    suite = simuler(
        acteur=acteur, campagne=simulation.campagne, parametres=parametres, origine=simulation
    )
    _noter(
        acteur,
        suite,
        Actes.SIMULATION_DECISION,
        {"garder": "Mouvement gardé", "ecarter": "Mouvement écarté", "imposer": "Mouvement imposé"}[
            geste
        ],
        motif=motif.strip(),
        details={"geste": geste},
    )
    return suite


def reprendre_la_decision(
    *, acteur: Acteur, simulation: Simulation, cadre: int, poste: int
) -> Simulation:
    """Take a decision back, and solve again."""
    exiger(refus_decider(acteur, simulation))
    parametres = sans_la_decision(simulation.parametres, cadre=cadre, poste=poste)
    if parametres == simulation.parametres:
        raise ActionImpossible("Cette décision n’est pas dans ce scénario.")
    return simuler(
        acteur=acteur, campagne=simulation.campagne, parametres=parametres, origine=simulation
    )


def arreter(*, acteur: Acteur, simulation: Simulation) -> None:
    """Stop it: at once if it has not begun, at the job's next look otherwise."""
    simulation = Simulation.objects.select_for_update(of=("self",)).get(pk=simulation.pk)
    exiger(refus_arreter(acteur, simulation))
    Simulation.objects.filter(pk=simulation.pk).update(
        etat=EtatSimulation.ANNULEE, finie_le=timezone.now()
    )
    transaction.on_commit(lambda: travail.demander_l_arret(simulation), robust=True)
    _noter(acteur, simulation, Actes.SIMULATION_ARRETEE, "Simulation arrêtée")


def constater_les_mortes(campagne: Campagne | None = None) -> int:
    """Runs whose job died: said so, so that another may start. Returns their number."""
    vivantes = Simulation.objects.vivantes().select_related("tache")
    if campagne is not None:
        vivantes = vivantes.filter(campagne=campagne)
    mortes = [s.pk for s in vivantes if est_morte(s)]
    return (
        Simulation.objects.vivantes()
        .filter(pk__in=mortes)
        .update(etat=EtatSimulation.ECHOUEE, finie_le=timezone.now(), erreur=MORTE)
    )


def _noter(
    acteur: Acteur, simulation: Simulation, acte: Actes, libelle: str, **champs: Any
) -> None:
    """A line of the author's side: it names nobody."""
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=libelle,
        objet=simulation,
        collectivite=acteur.collectivite,
        delegue=Acte.SIMULER_MOUVEMENT,
        **champs,
    )
