"""Ties, settled one way only: in lot order, each the best option that any optimum leaves them."""

from dataclasses import replace

import pytest

from opportunites.mouvement.solveur import resoudre
from tests.opportunites.mouvement.campagnes import campagne

NOMBRE = 12
# Four who exchange: with rings of three at most, the capped engine has to answer.
QUATRE = {"W": ("z1", "z2"), "X": ("z2", "z3"), "Y": ("z3", "z4"), "Z": ("z4", "z1")}


@pytest.mark.parametrize("boucle", [3, 4, None])
def test_a_egalite_parfaite_le_plus_petit_tirage_a_le_plus_petit_poste(boucle):
    """Twelve who want the same twelve vacancies, all alike: 12! optima."""
    vacants = [f"d{k:02d}" for k in range(NOMBRE)]
    tenus = [f"a{k:02d}" for k in range(NOMBRE)]
    cadres = {f"C{k:02d}": (tenus[k], " ".join(vacants)) for k in range(NOMBRE)}
    probleme = campagne(
        " ".join([*tenus, *vacants, "z1 z2 z3 z4"]),
        cadres | QUATRE,
        max_cycle=boucle,
        max_chain=boucle and 5,
    )
    tirages = {f"C{k:02d}": (5 * k) % NOMBRE for k in range(NOMBRE)}
    probleme = replace(
        probleme,
        cadres=tuple(
            replace(c, tirage=tirages[c.id], voeux=tuple((p, 1) for p, _ in c.voeux))
            if c.id in tirages
            else c
            for c in probleme.cadres
        ),
        avis={p: dict.fromkeys(avis, 1) for p, avis in probleme.avis.items()},
    )
    resultat = resoudre(probleme)
    assert resultat.mouvements == NOMBRE + (0 if boucle == 3 else 4)
    assert {c: p for c, p in resultat.affectation.items() if c in tirages} == {
        c: vacants[rang] for c, rang in tirages.items()
    }
