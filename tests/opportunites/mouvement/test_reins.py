"""Kidney exchange, whose solvers are the nearest relatives of the capped mode.

No published file is kept here (they belong to PrefLib, 00036): instances in the same format are drawn,
written, read back, and compared with the cycle formulation, in which every cycle and every chain is
enumerated (ours never enumerates a chain), and with an assignment where nothing is capped.
"""

import random

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp

from opportunites.mouvement.solveur import resoudre
from tests.opportunites.mouvement import preflib

GROUPES = ["O"] * 48 + ["A"] * 34 + ["B"] * 14 + ["AB"] * 4
DONNE = {"O": {"O", "A", "B", "AB"}, "A": {"A", "AB"}, "B": {"B", "AB"}, "AB": {"AB"}}


def _bassin(graine, paires, altruistes):
    """Blood groups and sensitisation: the shape of Saidman's generator. (`.wmd`, `.dat`)"""
    h = random.Random(graine)
    tous = range(1, paires + altruistes + 1)
    donneur = {k: h.choice(GROUPES) for k in tous}
    patient = {k: h.choice(GROUPES) for k in tous}
    refus = {k: h.choice([0.05, 0.45, 0.9]) for k in tous}
    arcs = [
        f"{u}, {v}, 1.0"
        for u in tous
        for v in range(1, paires + 1)
        if u != v and patient[v] in DONNE[donneur[u]] and h.random() > refus[v]
    ]
    entete = [f"# NUMBER ALTERNATIVES: {paires + altruistes}", f"# NUMBER EDGES: {len(arcs)}"]
    noms = [f"# ALTERNATIVE NAME {k}: Pair {k}" for k in tous]
    fermetures = [f"{v}, {paires + 1}, 0.0" for v in range(1, paires + 1) if altruistes]
    dat = ["Pair,Patient,Donor,Wife-P?,%Pra,Out-Deg,Altruist"]
    dat += [f"{k},O,O,0,0.5,1,{int(k > paires)}" for k in tous]
    return "\n".join([*entete, *noms, *arcs, *fermetures]), "\n".join(dat)


def _par_enumeration(sommets, altruistes, arcs, boucle, chaine):
    suivants = {}
    for u, v in arcs:
        suivants.setdefault(u, []).append(v)
    groupes = []

    def prolonger(chemin, limite, ferme):
        if ferme and len(chemin) > 1 and chemin[0] in suivants.get(chemin[-1], ()):
            groupes.append((tuple(chemin), len(chemin)))
        if not ferme and len(chemin) > 1:
            groupes.append((tuple(chemin), len(chemin) - 1))
        if len(chemin) == limite:
            return
        for v in suivants.get(chemin[-1], ()):
            if v not in chemin and (not ferme or v > chemin[0]):
                prolonger([*chemin, v], limite, ferme)

    for k in range(1, sommets + 1):
        if k in altruistes:
            prolonger([k], chaine + 1, ferme=False)
        else:
            prolonger([k], boucle, ferme=True)
    matrice = np.zeros((sommets, len(groupes)))
    for j, (membres, _) in enumerate(groupes):
        matrice[[k - 1 for k in membres], j] = 1
    poids = -np.array([gain for _, gain in groupes], dtype=float)
    fini = milp(
        poids,
        integrality=np.ones(len(groupes)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrice, -np.inf, 1),
        options={"mip_rel_gap": 0},
    )
    return round(-fini.fun)


@pytest.mark.parametrize("graine", range(4))
@pytest.mark.parametrize(("boucle", "chaine"), [(2, 0), (3, 0), (3, 2), (3, 3)])
def test_avec_plafonds_comme_la_formulation_par_cycles(graine, boucle, chaine):
    bassin = preflib.lire(*_bassin(graine, paires=22, altruistes=2))
    attendu = _par_enumeration(*bassin, boucle, chaine)
    resultat = resoudre(preflib.mouvement(*bassin, boucle, chaine))
    assert (resultat.statut, resultat.mouvements) == ("optimal", attendu)


@pytest.mark.parametrize("graine", range(4))
def test_sans_plafond_comme_une_affectation(graine):
    sommets, altruistes, arcs = preflib.lire(*_bassin(graine, paires=60, altruistes=4))
    gains = np.full((sommets, sommets), -1.0)  # patients × donors
    np.fill_diagonal(gains, 0)
    for k in altruistes:
        gains[k - 1, :] = 0  # an altruist receives nothing: any donor left over
    for u, v in arcs:
        gains[v - 1, u - 1] = 1
    lignes, colonnes = linear_sum_assignment(gains, maximize=True)
    resultat = resoudre(preflib.mouvement(sommets, altruistes, arcs, None, None))
    assert resultat.mouvements == round(gains[lignes, colonnes].sum())


def test_le_lecteur_lit_les_entetes_d_avant_et_d_aujourd_hui():
    avant = "3,3\n1,Pair 1\n2,Pair 2\n3,Alturist 3\n0,1,1\n2,0,1\n0,2,0"
    apres = (
        "# FILE NAME: x.wmd\n# ALTERNATIVE NAME 1: Pair 1\n# ALTERNATIVE NAME 2: Pair 2\n"
        "# ALTERNATIVE NAME 3: Pair 3\n1, 2, 1.0\n3, 1, 1.0\n1, 3, 0.0"
    )
    dat = "Pair,Patient,Donor,Wife-P?,%Pra,Out-Deg,Altruist\n1,A,B,0,0,0,0\n2,A,B,0,0,0,0\n3,A,B,0,0,0,1"
    assert preflib.lire(avant) == (3, {3}, [(1, 2), (3, 1)])
    assert preflib.lire(apres, dat) == preflib.lire(avant)
