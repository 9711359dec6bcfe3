"""Scenarios side by side, and today's practice (one poste after another) on the same data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from collectivites.communs.typographie import compter
from collectivites.models import Collectivite
from opportunites.campagne.mots import Scenario
from opportunites.models import Simulation

#: Half of the height of a drawing of balances, and what one move takes of it at most.
DEMI, PAS = 18, 7


@dataclass(frozen=True)
class Barre:
    """A balance, drawn over or under its axis."""

    code: str
    initiale: str
    nom: str
    solde: int
    y: int
    haut: int
    texte_y: int


@dataclass(frozen=True)
class Ligne:
    """`simulation` None: today's practice."""

    simulation: Simulation | None
    nom: str
    precision: str
    mouvements: int
    premiers: int
    chaine: int
    boucle: int
    restent: int
    barres: list[Barre]
    perime: bool = False


def comparer(simulations: Iterable[Simulation], collectivites: list[Collectivite]) -> list[Ligne]:
    """The first of `simulations` gives the reference: same data, same day."""
    simulations = [s for s in simulations if s.resultat.get("resume")]
    if not simulations:
        return []
    courante = simulations[0]
    return [
        *_pratique_actuelle(courante, collectivites),
        *(
            _ligne(
                s,
                nommer(s),
                precision(s),
                s.resultat["resume"],
                collectivites,
                perime=s.empreinte_des_donnees != courante.empreinte_des_donnees,
            )
            for s in simulations
        ),
    ]


def _pratique_actuelle(simulation: Simulation, collectivites: list[Collectivite]) -> list[Ligne]:
    """Held to the same tolerance, then as it is: nobody looks at balances today."""
    return [
        _ligne(None, "Un poste après l’autre", precision, simulation.resultat[cle], collectivites)
        for cle, precision in (
            ("reference", "pratique actuelle, dans le même écart toléré"),
            ("reference_sans_limite", "pratique actuelle, sans regarder les soldes"),
        )
    ]


def nommer(simulation: Simulation) -> str:
    """« Écart de 2, chaînes de 5 » : what was asked."""
    p = simulation.parametres
    tolerances = set(p["tolerances"].values())
    if len(tolerances) > 1:
        ecart = "Écarts propres à chacune"
    else:
        (tolerance,) = tolerances
        ecart = "Sans limite d’écart" if tolerance is None else f"Écart de {tolerance} au plus"
    chaines = "chaînes sans limite" if p["chaine_max"] is None else f"chaînes de {p['chaine_max']}"
    return f"{ecart}, {chaines}"


def precision(simulation: Simulation) -> str:
    p = simulation.parametres
    morceaux = []
    if p["scenario"] == Scenario.ENVIE:
        morceaux.append("le moins d’envie")
    if simulation.est_une_reparation:
        morceaux.append("réparation")
    if p["decisions"]:
        morceaux.append(compter(len(p["decisions"]), "décision"))
    if p["boucle_max"] != 3:
        morceaux.append(
            "échanges sans limite" if p["boucle_max"] is None else f"échanges à {p['boucle_max']}"
        )
    return ", ".join(morceaux)


def _ligne(
    simulation: Simulation | None,
    nom: str,
    precision: str,
    resume: dict[str, Any],
    collectivites: list[Collectivite],
    *,
    perime: bool = False,
) -> Ligne:
    rangs = {int(r): n for r, n in resume["rangs"].items()}
    return Ligne(
        simulation=simulation,
        nom=nom,
        precision=precision,
        mouvements=resume["mouvements"],
        premiers=sum(n for r, n in rangs.items() if r <= 2),
        chaine=resume["chaine"],
        boucle=resume["boucle"],
        restent=resume["restent"],
        barres=[_barre(c, resume["soldes"].get(c.code, 0)) for c in collectivites],
        perime=perime,
    )


def _barre(collectivite: Collectivite, solde: int) -> Barre:
    haut = min(abs(solde) * PAS, DEMI - 4)
    return Barre(
        code=collectivite.code[0],
        initiale=collectivite.initiale,
        nom=collectivite.nom_court,
        solde=solde,
        y=DEMI - haut if solde > 0 else DEMI,
        haut=haut,
        texte_y=DEMI + 14 if solde > 0 else DEMI - 5,
    )
