"""The levels of the objective, and how several fit into one 64-bit cost without mixing.

A level counts something per wish taken (`gains`, to be maximised), or the balance of the
collectivités, which each engine writes its own way.
"""

from dataclasses import dataclass

import numpy as np

from opportunites.mouvement.normalisation import Entiers, Instance

ACCEPTES = "acceptés"
MOUVEMENTS, GARDES = "mouvements", "propositions gardées"
POINTS, POINTS_HOTE = "points des cadres", "points des hôtes"
SOMME, PLUS_GRAND_ECART = "somme des écarts", "plus grands écarts d’abord"
#: The levels before balance, the most important first; after balance comes the lot.
ORDRES = {
    "moves_first": (MOUVEMENTS, GARDES, POINTS, POINTS_HOTE),
    "kept_first": (GARDES, MOUVEMENTS, POINTS, POINTS_HOTE),
}


@dataclass(frozen=True, slots=True)
class Niveau:
    nom: str
    gains: Entiers  # per wish
    #: The level lies between 0 and this.
    etendue: int


def niveaux(instance: Instance, mode: str, souple: bool = False) -> list[Niveau]:
    """The levels before balance, the first first. `souple`: accepted moves become a wish above all
    others, to learn which of them fall."""
    un = np.ones(len(instance.v_cadre), dtype=np.int64)
    gains = {
        MOUVEMENTS: un,
        GARDES: instance.v_propose.astype(np.int64),
        POINTS: instance.points,
        POINTS_HOTE: instance.points_hote,
    }
    ordre = [_niveau(instance, nom, gains[nom]) for nom in ORDRES[mode]]
    if souple:
        acceptes = np.zeros_like(un)
        acceptes[instance.impose[instance.impose >= 0]] = 1
        ordre.insert(0, _niveau(instance, ACCEPTES, acceptes))
    return [n for n in ordre if n.etendue or n.nom == MOUVEMENTS]


def _niveau(instance: Instance, nom: str, gains: Entiers) -> Niveau:
    meilleurs = np.zeros(len(instance.cadres), dtype=np.int64)
    np.maximum.at(meilleurs, instance.v_cadre, gains)
    return Niveau(nom, gains, int(meilleurs.sum()))


def valeur(niveau: Niveau, choix: Entiers) -> int:
    return int(niveau.gains[choix[choix >= 0]].sum())


def fondre(niveaux: list[tuple[int, int]], limite: int) -> list[list[int]]:
    """Packs consecutive levels into groups of weights, one list a group, so that no cost of an arc
    goes beyond `limite`. Each level is (largest cost of an arc, range of its total), the first the
    most important: a level weighs more than all that the next ones of its group can bring."""
    groupes: list[list[int]] = []
    reste = list(niveaux)
    while reste:
        poids = [1]
        for taille in range(2, len(reste) + 1):
            essai = _poids(reste[:taille])
            if sum(p * cout for p, (cout, _) in zip(essai, reste, strict=False)) > limite:
                break
            poids = essai
        groupes.append(poids)
        reste = reste[len(poids) :]
    return groupes


def _poids(niveaux: list[tuple[int, int]]) -> list[int]:
    poids = [1]
    for _, etendue in reversed(niveaux[1:]):
        poids.insert(0, poids[0] * (etendue + 1))
    return poids
