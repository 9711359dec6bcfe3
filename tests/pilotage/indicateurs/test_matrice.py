"""The matrix of exchanges, exact, on flows whose answer is known."""

from __future__ import annotations

from pilotage.indicateurs import matrice
from pilotage.indicateurs.matrice import Equilibre
from tests.pilotage.indicateurs.lieux import quatre


def test_the_matrix_gives_departures_arrivals_and_balance():
    m = matrice.calculer(quatre(), [(1, 2, 3), (1, 3, 2), (2, 1, 1)], 2)
    assert m.cases[0] == (None, 3, 2, 0)
    ville = m.bilans[0]
    assert (ville.departs, ville.arrivees, ville.solde) == (5, 1, -4)
    assert ville.equilibre == m.equilibre == Equilibre.HORS
    assert sum(b.solde for b in m.bilans) == 0
    assert m.total == 6


def test_at_the_tolerance_the_balance_has_no_margin():
    m = matrice.calculer(quatre(), [(1, 2, 2)], 2)
    assert m.equilibre == Equilibre.LIMITE
    assert [b.collectivite.code for b in m.au_bord()] == ["ville", "agglomeration"]


def test_a_move_inside_one_employer_is_counted_apart():
    m = matrice.calculer(quatre(), [(1, 1, 2), (1, 2, 1)], 2)
    assert (m.internes, m.total, m.bilans[0].departs) == (2, 1, 1)
    assert m.cases[0][0] is None
