"""How a quantity is written, and how a difference is."""

from decimal import Decimal

import pytest

from opportunites.remuneration.comparaison.avantages import Unite


@pytest.mark.parametrize(
    ("unite", "valeur", "lu", "ecart"),
    [
        (Unite.JOURS_PAR_AN, "0", "0\u00a0jour par an", "0\u00a0jour par an"),
        (Unite.JOURS_PAR_AN, "2", "2\u00a0jours par an", "+2\u00a0jours par an"),
        (
            Unite.HEURES,
            "-1.5",
            "\u22121,5\u00a0heure par semaine",
            "\u22121,5\u00a0heure par semaine",
        ),
        (Unite.MINUTES, "1", "1\u00a0minute par trajet", "+1\u00a0minute par trajet"),
        (Unite.EUROS_PAR_AN, "190", "190,00\u00a0€", "+190,00\u00a0€"),
    ],
)
def test_it_agrees_and_a_difference_says_its_way(unite, valeur, lu, ecart):
    assert unite.ecrit(Decimal(valeur)) == lu
    assert unite.ecart(Decimal(valeur)) == ecart
