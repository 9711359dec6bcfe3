"""The solver against an enumeration of all combinations, canonical solution included."""

import math

import pytest

from opportunites.mouvement.schema import valider
from opportunites.mouvement.solveur import resoudre
from tests.opportunites.mouvement import force_brute
from tests.opportunites.mouvement.hasard import cas_au_hasard

CAS = 360
COMBINAISONS = 3_000


def _cas(depuis, jusqu_a):
    for graine in range(depuis, jusqu_a):
        cas = cas_au_hasard(graine)
        if math.prod(len(force_brute.options(cas, c)) + 1 for c in cas["cadres"]) < COMBINAISONS:
            yield graine, cas


def _comparer(cas, probleme, boucle, chaine, mode):
    resultat = resoudre(probleme, mode)
    statut, affectation, objectif = force_brute.resoudre(cas, boucle, chaine, mode)
    assert resultat.statut == statut
    if statut == "infeasible":
        return False
    assert resultat.affectation == affectation
    assert resultat.soldes == force_brute.soldes(cas, affectation)
    tete = [resultat.mouvements, resultat.gardes]
    tete = tete if mode == "moves_first" else tete[::-1]
    assert objectif[:4] == (*tete, resultat.points, resultat.points_hotes)
    assert resultat.borne >= resultat.mouvements
    return True


@pytest.mark.parametrize("mode", ["moves_first", "kept_first"])
def test_sans_plafond_le_solveur_trouve_ce_que_trouve_l_enumeration(mode):
    vus = [_comparer(cas, valider(cas).sans_plafond(), None, None, mode) for _, cas in _cas(0, CAS)]
    assert len(vus) > 0.8 * CAS
    assert sum(vus) > 0.5 * CAS


@pytest.mark.parametrize("mode", ["moves_first", "kept_first"])
def test_avec_plafonds_aussi(mode):
    vus = [
        _comparer(cas, valider(cas), cas["config"]["max_cycle"], cas["config"]["max_chain"], mode)
        for _, cas in _cas(CAS, 2 * CAS)
    ]
    assert sum(vus) > 0.4 * CAS
