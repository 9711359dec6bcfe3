"""An interval only ever grows when something is added to it that is not known."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunites.remuneration.intervalle import Intervalle, total
from tests.opportunites.remuneration.aide import entre, exact

MONTANTS = st.integers(-10_000, 10_000).map(Decimal)
BORNES = st.one_of(st.none(), MONTANTS)


@st.composite
def intervalles(draw):
    bas, haut = draw(BORNES), draw(BORNES)
    if bas is not None and haut is not None:
        bas, haut = min(bas, haut), max(bas, haut)
    return Intervalle(bas, haut)


@given(intervalles(), intervalles(), MONTANTS, MONTANTS)
def test_la_difference_contient_celle_de_deux_montants_possibles(un, autre, a, b):
    if un.contient(a) and autre.contient(b):
        assert (un - autre).contient(a - b)
        assert (un + autre).contient(a + b)


@given(intervalles(), intervalles())
def test_ajouter_un_inconnu_elargit(un, autre):
    assert (un + Intervalle.inconnu()).couvre(un)
    assert (un + autre).largeur is None or (un + autre).largeur >= (un.largeur or 0)


@given(st.lists(MONTANTS))
def test_une_somme_de_montants_exacts_est_exacte(montants):
    assert total([Intervalle.exact(m) for m in montants]) == Intervalle.exact(
        sum(montants, Decimal(0))
    )


def test_des_bornes_a_l_envers_sont_une_faute():
    with pytest.raises(ValueError, match="2 > 1"):
        Intervalle(Decimal(2), Decimal(1))


@pytest.mark.parametrize(
    ("plage", "dit"),
    [
        (exact("12.5"), "12,50\u00a0€"),
        (exact(-1200), "\u22121\u00a0200,00\u00a0€"),
        (entre(1, 2), "de 1,00\u00a0€ à 2,00\u00a0€"),
        (entre(700, None), "au moins 700,00\u00a0€"),
        (Intervalle(None, Decimal(3)), "au plus 3,00\u00a0€"),
        (Intervalle.inconnu(), "inconnu"),
        (Intervalle(None, None), "inconnu"),
    ],
)
def test_il_se_lit_en_francais(plage, dit):
    assert str(plage) == dit
