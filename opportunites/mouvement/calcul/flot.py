"""Lexicographic minimum-cost flow: one call of OR-Tools for each group of levels, each followed by
the potentials that prove it, which also leave only the arcs of other optima to the next group.

Complementary slackness: given optimal potentials, the optimal flows are exactly those at their lower
bound where the reduced cost is positive, at their upper bound where it is negative. So fixing those
arcs, and only those, keeps every optimum of the group, and the face is a network again.
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from opportunites.mouvement.normalisation import Booleens, Entiers

#: OR-Tools multiplies costs by the number of nodes and answers BAD_COST_RANGE beyond 64 bits.
COUT_TOTAL_MAX = 2**61


@dataclass(slots=True)
class Graphe:
    noeuds: int
    queue: Entiers
    tete: Entiers
    bas: Entiers
    haut: Entiers
    apports: Entiers  # supply of each node


@dataclass(frozen=True, slots=True)
class Preuve:
    """Potentials under which no arc of the (remaining) network can improve this flow."""

    couts: Entiers
    bas: Entiers
    haut: Entiers
    potentiels: Entiers


def flot_minimal(g: Graphe, couts: Entiers) -> Entiers | None:
    """A cheapest flow within bounds, or None when there is none."""
    apports = g.apports.copy()
    np.subtract.at(apports, g.queue, g.bas)
    np.add.at(apports, g.tete, g.bas)
    capacites = g.haut - g.bas
    if (capacites < 0).any() or apports.sum():
        return None
    libres = np.flatnonzero(capacites)
    solveur = min_cost_flow.SimpleMinCostFlow()
    arcs = solveur.add_arcs_with_capacity_and_unit_cost(
        g.queue[libres], g.tete[libres], capacites[libres], couts[libres]
    )
    # Whatever the arcs left, every node is told its supply: a lone node with some is infeasible.
    solveur.set_nodes_supplies(np.arange(g.noeuds), apports)
    etat = solveur.solve()
    if etat == solveur.INFEASIBLE:
        return None
    if etat != solveur.OPTIMAL:
        raise RuntimeError(f"SimpleMinCostFlow answered {etat}")
    flot = g.bas.copy()
    flot[libres] += solveur.flows(arcs)
    return flot


def potentiels(g: Graphe, flot: Entiers, couts: Entiers) -> Entiers:
    """Shortest distances in the residual graph (Bellman-Ford, all nodes at 0 to begin with).

    Backward arcs first, forward arcs next, within one round: a place given up and the place taken
    by the same cadre are two arcs, and so count as one step.
    """
    recule = flot > g.bas
    avance = flot < g.haut
    pas = [
        _pas(g.tete[recule], g.queue[recule], -couts[recule]),
        _pas(g.queue[avance], g.tete[avance], couts[avance]),
    ]
    d = np.zeros(g.noeuds, dtype=np.int64)
    for _ in range(g.noeuds + 1):
        change = False
        for depuis, cibles, debuts, cout in pas:
            if not len(depuis):
                continue
            trouve = np.minimum.reduceat(d[depuis] + cout, debuts)
            mieux = trouve < d[cibles]
            if mieux.any():
                change = True
                d[cibles[mieux]] = trouve[mieux]
        if not change:
            return d
    raise RuntimeError("a negative cycle: this flow is not of least cost")


def _pas(
    depuis: Entiers, vers: Entiers, cout: Entiers
) -> tuple[Entiers, Entiers, Entiers, Entiers]:
    ordre = np.argsort(vers, kind="stable")
    triees = vers[ordre]
    nouvelles = np.ones(len(triees), dtype=np.bool_)
    nouvelles[1:] = triees[1:] != triees[:-1]
    debuts = np.flatnonzero(nouvelles)
    return depuis[ordre], triees[debuts], debuts, cout[ordre]


def couts_reduits(g: Graphe, couts: Entiers, d: Entiers) -> Entiers:
    return couts + d[g.queue] - d[g.tete]


def face(g: Graphe, couts: Entiers, d: Entiers) -> tuple[Graphe, Booleens]:
    """The network of the flows as good as this one, and its free arcs."""
    reduits = couts_reduits(g, couts, d)
    bas = np.where(reduits < 0, g.haut, g.bas)
    haut = np.where(reduits > 0, g.bas, g.haut)
    return Graphe(g.noeuds, g.queue, g.tete, bas, haut, g.apports), bas < haut


def prouve(preuve: Preuve, g: Graphe, flot: Entiers) -> bool:
    """Independent of how the flow was found: conservation, bounds, and no residual arc that pays."""
    net = np.zeros(g.noeuds, dtype=np.int64)
    np.add.at(net, g.queue, flot)
    np.subtract.at(net, g.tete, flot)
    reduits = preuve.couts + preuve.potentiels[g.queue] - preuve.potentiels[g.tete]
    return bool(
        (net == g.apports).all()
        and (flot >= preuve.bas).all()
        and (flot <= preuve.haut).all()
        and (reduits[flot < preuve.haut] >= 0).all()
        and (reduits[flot > preuve.bas] <= 0).all()
    )
