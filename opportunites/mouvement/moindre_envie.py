"""The scenario « at least 85 % of the possible moves, least envy ».

Envy constraints break the network: an integer programme, with or without caps. The number of couples of
justified envy comes first, then the levels of the objective among what is left.
"""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack

from opportunites.mouvement.calcul.avec_plafonds import Recherche
from opportunites.mouvement.calcul.objectif import niveaux
from opportunites.mouvement.calcul.plafonds import construire
from opportunites.mouvement.calcul.programme import IRREALISABLE, OPTIMAL, Moteur, Programme
from opportunites.mouvement.donnees import Conduite
from opportunites.mouvement.normalisation import Instance
from opportunites.mouvement.resultat import REALISABLE, Resultat
from opportunites.mouvement.solveur import decrire

PART = 0.85
ENVIE = "envies justifiées"

Envie = tuple[list[int], list[int]]


def moindre_envie(
    resultat: Resultat, part: float = PART, conduite: Conduite | None = None
) -> Resultat:
    """From a run (whose moves are the most that was found possible), the scenario with least envy."""
    if resultat.solution is None:
        return resultat
    conduite = conduite or Conduite()
    instance = resultat.instance
    modele = construire(instance)
    with Moteur(conduite) as moteur:
        recherche = Recherche(modele, moteur, resultat.solution.choix, resultat.borne)
        programme = recherche.programme
        assez = math.ceil(part * resultat.mouvements - 1e-9)
        programme.ajouter(np.asarray(modele.usage.sum(axis=0)), assez, np.inf)
        envies = list(_envies(instance))
        _ranger(programme, modele.usage, envies)
        couts = np.zeros(len(programme.plafond))
        couts[recherche.base :] = 1
        etat = recherche.groupes([(couts, ENVIE, len(envies))])
        if etat == IRREALISABLE:  # the run itself satisfies everything
            raise RuntimeError("HiGHS finds nothing where a solution is known")
        if recherche.x is None:  # no time for better than the run itself
            return replace(resultat, statut=REALISABLE)
        solution = (
            recherche.mener(niveaux(instance, resultat.mode))
            if etat == OPTIMAL
            else recherche.conclure(etat, canonique=False)
        )
    assert solution is not None
    return decrire(instance, solution, resultat.mode)


def _envies(instance: Instance) -> Iterator[Envie]:
    """For each possible envy, the wishes of those whom the host likes less, at the same poste, and
    those that content the envious (that poste, or what they like as much)."""
    par_poste: dict[int, list[int]] = {}
    for w, poste in enumerate(instance.v_poste.tolist()):
        par_poste.setdefault(poste, []).append(w)
    debuts = np.searchsorted(instance.v_cadre, np.arange(len(instance.cadres) + 1)).tolist()
    for poste, voeux in par_poste.items():
        for w in voeux:
            moins_aimes = [a for a in voeux if instance.v_hote[a] > instance.v_hote[w]]
            if not moins_aimes:
                continue
            i = int(instance.v_cadre[w])
            contents = [
                v
                for v in range(debuts[i], debuts[i + 1])
                if instance.v_rang[v] <= instance.v_rang[w]
            ]
            if instance.places[poste] == 1:  # one arrival at most: one row for all
                yield moins_aimes, contents
            else:
                yield from (([a], contents) for a in moins_aimes)


def _ranger(programme: Programme, usage: csr_array, envies: list[Envie]) -> None:
    """A column for each: envy ≥ (one whom the host likes less is there) − (the envious is content)."""
    programme.elargir(len(envies), 1.0)
    ligne = [r for r, (moins, contents) in enumerate(envies) for _ in (*contents, *moins)]
    voeu = [w for moins, contents in envies for w in (*contents, *moins)]
    signe = [
        s for moins, contents in envies for s in (*[1.0] * len(contents), *[-1.0] * len(moins))
    ]
    poids = csr_array((signe, (ligne, voeu)), shape=(len(envies), usage.shape[0]))
    soi = csr_array(eye_array(len(envies)))
    programme.ajouter_lignes(csr_array(hstack([poids @ usage, soi])), 0.0, np.inf)
