"""The uncapped movement as a network: cadre → poste → collectivité → sink.

Each cadre who does not leave the programme is one unit, who stays or takes an admissible wish. Postes
lie inside collectivités, and the places a collectivité fills after, less whom it homed before, is its
balance: so capacities, `min_fill`, tolerances and |balance| are all bounds and convex costs on arcs
of a flow, whose optima are integral.
"""

from dataclasses import dataclass

import numpy as np

from opportunites.mouvement.calcul.flot import Graphe
from opportunites.mouvement.normalisation import Entiers, Instance


@dataclass(frozen=True, slots=True)
class Reseau:
    graphe: Graphe
    #: For each arc, its wish, or -1.
    voeu: Entiers
    #: For each arc, how a unit changes a collectivité's |balance − target|: -1, 0, 1.
    ecart: Entiers
    #: For each arc, which unit of deviation it is (1: the last before the target), or 0: credits.
    marche: Entiers
    #: How many arcs come before those of the collectivités.
    communs: int

    def couts(self, gains: Entiers) -> Entiers:
        couts = np.zeros(len(self.voeu), dtype=np.int64)
        du_voeu = self.voeu >= 0
        couts[du_voeu] = -gains[self.voeu[du_voeu]]
        return couts

    def choix(self, flot: Entiers, instance: Instance) -> Entiers:
        choix = np.full(len(instance.cadres), -1, dtype=np.int64)
        pris = self.voeu[(flot > 0) & (self.voeu >= 0)]
        choix[instance.v_cadre[pris]] = pris
        return choix


def construire(
    instance: Instance, souple: bool = False, ecart_max: int | None = None
) -> Reseau | None:
    """None when the bounds alone leave no room. With `ecart_max`, each unit of deviation up to it
    has an arc of its own, and none goes beyond."""
    n, m, c = len(instance.cadres), len(instance.postes), len(instance.collectivites)
    puits = n + m + c
    presents = np.flatnonzero(~instance.part)
    impose = instance.impose if not souple else np.full(n, -1, dtype=np.int64)
    libre = impose[instance.v_cadre] < 0
    voeux = np.flatnonzero(libre | (impose[instance.v_cadre] == np.arange(len(libre))))
    restent = presents[impose[presents] < 0]
    chez_soi = np.where(
        instance.origine >= 0,
        n + instance.origine,
        np.where(instance.employeur >= 0, n + m + instance.employeur, puits),
    )
    bornes = _arcs_des_collectivites(instance, len(presents), ecart_max)
    if bornes is None:
        return None
    coll, bas_c, haut_c, ecart_c, marche_c = bornes
    zeros = np.zeros(len(voeux) + len(restent), dtype=np.int64)
    rien = np.zeros(m, dtype=np.int64)
    apports = np.zeros(puits + 1, dtype=np.int64)
    apports[presents] = 1
    apports[puits] = -len(presents)
    graphe = Graphe(
        noeuds=puits + 1,
        queue=np.concatenate([instance.v_cadre[voeux], restent, n + np.arange(m), n + m + coll]),
        tete=np.concatenate(
            [
                n + instance.v_poste[voeux],
                chez_soi[restent],
                n + m + instance.coll,
                np.full(len(coll), puits),
            ]
        ),
        bas=np.concatenate([zeros, instance.minimum, bas_c]),
        haut=np.concatenate([zeros + 1, instance.places, haut_c]),
        apports=apports,
    )
    sans_voeu = np.full(len(restent) + m + len(coll), -1, dtype=np.int64)
    return Reseau(
        graphe=graphe,
        voeu=np.concatenate([voeux, sans_voeu]),
        ecart=np.concatenate([zeros, rien, ecart_c]),
        marche=np.concatenate([zeros, rien, marche_c]),
        communs=len(zeros) + m,
    )


def _arcs_des_collectivites(
    instance: Instance, total: int, ecart_max: int | None
) -> tuple[Entiers, Entiers, Entiers, Entiers, Entiers] | None:
    """Arcs (collectivité, low, high, slope of the deviation, unit): convex, so filled in order."""
    arcs: list[tuple[int, int, int, int, int]] = []
    references = instance.compte_avant + instance.cible
    for k, reference in enumerate(references.tolist()):
        bas = max(0, reference + int(instance.bas[k]))
        haut = min(total, reference + int(instance.haut[k]))
        if ecart_max is not None:
            bas, haut = max(bas, reference - ecart_max), min(haut, reference + ecart_max)
        if bas > haut:
            return None
        pivot = min(max(reference, bas), haut)
        if bas:  # what must be there in any case
            arcs.append((k, bas, bas, -1 if bas <= reference else 1, 0))
        if ecart_max is None:
            arcs.append((k, 0, pivot - bas, -1, 0))
            arcs.append((k, 0, haut - pivot, 1, 0))
        else:
            arcs += [(k, 0, 1, -1, reference - x) for x in range(bas, pivot)]
            arcs += [(k, 0, 1, 1, x + 1 - reference) for x in range(pivot, haut)]
    colonnes = np.array(arcs, dtype=np.int64).reshape(len(arcs), 5).T
    return colonnes[0], colonnes[1], colonnes[2], colonnes[3], colonnes[4]
