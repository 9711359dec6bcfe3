"""From the time worked to the share paid."""

from fractions import Fraction

import pytest

from opportunites.remuneration.bulletin.temps_partiel import part_payee
from opportunites.remuneration.erreurs import SaisieRefusee
from tests.opportunites.remuneration.aide import BAREMES, JOUR


@pytest.mark.parametrize(
    ("travaillee", "payee"),
    [
        ("1", "1"),
        ("9/10", "32/35"),
        ("4/5", "6/7"),
        ("79/100", "79/100"),
        ("81/100", "81/100"),
        ("1/2", "1/2"),
        ("6/7", "6/7"),
    ],
)
def test_80_et_90_pour_cent_sont_bonifies_et_eux_seuls(travaillee, payee):
    assert part_payee(Fraction(travaillee), JOUR, BAREMES) == Fraction(payee)


@pytest.mark.parametrize("travaillee", ["49/100", "101/100", "0", "-1/2"])
def test_hors_de_50_a_100_pour_cent_c_est_refuse(travaillee):
    with pytest.raises(SaisieRefusee) as refus:
        part_payee(Fraction(travaillee), JOUR, BAREMES)
    assert refus.value.refus[0].cle == "quot"
