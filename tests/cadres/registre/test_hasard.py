"""The alarm on a criterion speaks only when numbers allow: Fisher's exact test."""

import pytest

from cadres.registre.criteres.effets import Compte, Effet
from cadres.registre.criteres.hasard import probabilite_du_hasard


@pytest.mark.parametrize(
    ("table", "attendue"),
    [
        ((3, 1, 1, 3), 0.4857),  # the lady tasting tea
        ((1, 9, 11, 3), 0.0028),
        ((10, 10, 10, 10), 1.0),
        ((0, 5, 0, 5), 1.0),
    ],
)
def test_against_published_values(table, attendue):
    assert probabilite_du_hasard(*table) == pytest.approx(attendue, abs=1e-4)


def test_large_lists_give_the_same_as_small_ones_do_exactly():
    exacte = probabilite_du_hasard(480, 520, 520, 480)
    assert probabilite_du_hasard(481, 521, 521, 481) == pytest.approx(exacte, rel=0.05)


def effet(femmes, hommes):
    return Effet(None, femmes=Compte(*femmes), hommes=Compte(*hommes))


def test_three_in_forty_is_no_alarm():
    """Seen: « Écarte nettement plus les femmes : 7 % (3 sur 43), 9 % (3 sur 34) »."""
    assert effet((3, 40), (3, 31)).alerte == ""


def test_a_gap_that_chance_does_not_make_is_said_with_its_level():
    alerte = effet((5, 38), (20, 14)).alerte

    assert "les femmes" in alerte
    assert "une fois sur vingt" in alerte
    assert "Fisher" in alerte
