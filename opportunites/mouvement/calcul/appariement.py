"""From the columns of the capped programme to the moves, and to whose place each takes."""

import numpy as np

from opportunites.mouvement.calcul.plafonds import Modele
from opportunites.mouvement.calcul.programme import Reels
from opportunites.mouvement.composantes import LIBRE, Appariement, apparier, decomposer
from opportunites.mouvement.normalisation import Entiers, Instance


def apparier_colonnes(modele: Modele, x: Reels) -> tuple[Entiers, Appariement]:
    instance = modele.instance
    choix = np.full(len(instance.cadres), -1, dtype=np.int64)
    sources: Appariement = {}
    par_position: dict[int, list[int]] = {}
    for j in np.flatnonzero(np.round(x) > 0).tolist():
        voeux = modele.colonnes.voeux[j]
        cadres = [int(instance.v_cadre[w]) for w in voeux]
        choix[cadres] = voeux
        if len(voeux) > 1:  # a cycle: each takes the place of the next
            sources |= dict(zip(cadres, [*cadres[1:], cadres[0]], strict=True))
        elif voeux:
            par_position.setdefault(modele.colonnes.position[j], []).append(cadres[0])
    reglages = instance.probleme.reglages
    if reglages.sans_plafond:
        return choix, apparier(instance, choix)
    if 0 in par_position:  # a circulation
        _apparier(instance, choix, par_position[0], par_position[0], {}, sources)
    libres = dict(enumerate((instance.places - instance.tenus).tolist()))
    if reglages.chaine_max is None:
        en_chaine = par_position.get(1, [])
        _apparier(instance, choix, en_chaine, en_chaine, libres, sources)
        _recoudre(instance, choix, en_chaine, sources)
        return choix, dict(sorted(sources.items()))
    precedents: list[int] = []
    for position in sorted(p for p in par_position if p > 0):
        _apparier(instance, choix, par_position[position], precedents, libres, sources)
        precedents, libres = par_position[position], {}
    return choix, dict(sorted(sources.items()))


def _apparier(
    instance: Instance,
    choix: Entiers,
    arrivants: list[int],
    partants: list[int],
    libres: dict[int, int],
    sources: Appariement,
) -> None:
    liberes: dict[int, list[int]] = {}
    for i in sorted(partants, reverse=True):
        liberes.setdefault(int(instance.origine[i]), []).append(i)
    for i in sorted(arrivants):
        poste = int(instance.v_poste[choix[i]])
        if libres.get(poste, 0) > 0:
            libres[poste] -= 1
            sources[i] = LIBRE
        else:
            sources[i] = liberes[poste].pop()


def _recoudre(
    instance: Instance, choix: Entiers, en_chaine: list[int], sources: Appariement
) -> None:
    """Where a poste has several places, moves of chains may have been tied into a ring by the
    convention alone: something else comes to, or leaves, one of its postes, and takes it in.
    Each time there is one piece fewer."""
    poste = {i: int(instance.v_poste[choix[i]]) for i in en_chaine}
    while True:
        boucle = next(
            (set(c.cadres) for c in decomposer({i: sources[i] for i in en_chaine}) if c.boucle),
            set(),
        )
        autres = [j for j in en_chaine if j not in boucle]
        couture = next(
            (
                (i, j)
                for i in sorted(boucle)
                for j in autres
                if poste[i] in (poste[j], int(instance.origine[j]))
            ),
            None,
        )
        if couture is None:
            return
        i, j = couture
        preneur = j if poste[j] == poste[i] else next((k for k in autres if sources[k] == j), None)
        if preneur is None:
            sources[i] = j  # a place that j frees and nobody takes
        else:
            sources[i], sources[preneur] = sources[preneur], sources[i]
