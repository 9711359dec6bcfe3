"""Statistical secrecy, attacked: every table that agrees with the published one is tried."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.indicateurs.secret import est_petit, publiable, publier_table

SEUIL = 5
nombres = st.one_of(st.integers(0, 7), st.integers(0, 40))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(nombres, min_size=3, max_size=3), min_size=1, max_size=3), st.integers(2, 8)
)
def test_no_small_cell_is_published_and_what_is_published_is_true(cases, seuil):
    table = publier_table(cases, seuil)
    vues = [n for ligne in table.cases for n in ligne] + [*table.lignes, *table.colonnes]
    vraies = [n for ligne in cases for n in ligne]
    vraies += [*map(sum, cases), *map(sum, zip(*cases, strict=True))]
    for vue, vraie in zip(vues, vraies, strict=True):
        assert vue is None or (vue == vraie and not est_petit(vue, seuil))


def tables(diagonale: bool):
    """2 × 2, 2 × 3 or 3 × 3 tables of small numbers, with or without a diagonal."""

    def vider(lignes):
        if not diagonale:
            return lignes
        return [[None if i == j else v for j, v in enumerate(row)] for i, row in enumerate(lignes)]

    def de_taille(taille):
        rangs, colonnes = taille
        ligne = st.lists(st.integers(0, 7), min_size=colonnes, max_size=colonnes)
        return st.lists(ligne, min_size=rangs, max_size=rangs).map(vider)

    tailles = [(3, 3)] if diagonale else [(2, 2), (2, 3)]
    return st.sampled_from(tailles).flatmap(de_taille)


def voisines(cases, table, pas):
    """Tables near the true one that agree with what is published: the true one plus a cycle.

    If another natural table agrees, their difference splits into cycles, and one of them alone
    agrees too: trying all changes of each cell by -1, 0, 1 is enough to tell.
    """
    lieux = [
        (i, j)
        for i, ligne in enumerate(cases)
        for j, v in enumerate(ligne)
        if v is not None and table.cases[i][j] is None
    ]
    for ecarts in itertools.product(pas, repeat=len(lieux)):
        autre = [list(ligne) for ligne in cases]
        for (i, j), ecart in zip(lieux, ecarts, strict=True):
            autre[i][j] += ecart
        if any(v is not None and v < 0 for ligne in autre for v in ligne):
            continue
        lignes = [sum(v or 0 for v in ligne) for ligne in autre]
        colonnes = [sum(ligne[j] or 0 for ligne in autre) for j in range(len(autre[0]))]
        montre = [*table.lignes, *table.colonnes, table.total]
        vrai = [*lignes, *colonnes, sum(lignes)]
        if all(m is None or m == v for m, v in zip(montre, vrai, strict=True)):
            yield autre, lignes, colonnes, sum(lignes)


@pytest.mark.parametrize("diagonale", [False, True])
def test_an_attacker_finds_no_hidden_cell_of_a_table(diagonale):
    @settings(max_examples=120, deadline=None)
    @given(tables(diagonale))
    def attaquer(cases):
        table = publier_table(cases, SEUIL)
        vus: dict[object, set[int]] = {}
        for autre, lignes, colonnes, total in voisines(cases, table, (-1, 0, 1)):
            for i, ligne in enumerate(autre):
                for j, v in enumerate(ligne):
                    vus.setdefault(("case", i, j), set()).add(v)
            for i, v in enumerate(lignes):
                vus.setdefault(("ligne", i), set()).add(v)
            for j, v in enumerate(colonnes):
                vus.setdefault(("colonne", j), set()).add(v)
            vus.setdefault("total", set()).add(total)
        for i, ligne in enumerate(cases):
            for j, v in enumerate(ligne):
                if v is not None and table.cases[i][j] is None:
                    assert len(vus["case", i, j]) > 1, (cases, table)
                assert v is None or table.cases[i][j] in (None, v)
        for nom, marges in (("ligne", table.lignes), ("colonne", table.colonnes)):
            for rang, marge in enumerate(marges):
                assert marge is not None or len(vus[nom, rang]) > 1, (cases, table)
        assert table.total is not None or len(vus["total"]) > 1

    attaquer()


def test_one_small_cell_hides_three_others():
    """Otherwise its row, or its column, tells it."""
    table = publier_table([[12, 3, 20], [9, 8, 30]], SEUIL)
    assert table.cases == ((None, None, 20), (None, None, 30))
    assert table.total == 82


def test_zero_names_nobody():
    assert publier_table([[0, 8], [0, 9]], SEUIL).cases == ((0, 8), (0, 9))
    assert publiable(0, SEUIL) == 0


def test_a_number_under_the_threshold_is_not_told():
    assert publiable(4, SEUIL) is None
    assert publiable(5, SEUIL) == 5


def test_a_small_total_hides_all():
    assert publier_table([[1, 1], [1, 0]], SEUIL).total is None


def test_a_threshold_of_one_hides_nothing():
    assert publier_table([[1, 2], [3, 4]], 1).cases == ((1, 2), (3, 4))
