"""Which nine digits are a SIREN."""

import pytest

from pilotage.cadrage.ouverture.siren import est_un_siren, siren_propre


@pytest.mark.parametrize("siren", ["214502346", "244500468", "224500017", "234500023"])
def test_the_key_of_real_employers_is_right(siren):
    assert est_un_siren(siren)


@pytest.mark.parametrize(
    "faux",
    ["214502347", "214502364", "21450234", "2145023460", "", "000000000", "21450234A", "²14502346"],
)
def test_one_digit_wrong_or_swapped_and_it_is_no_siren(faux):
    assert not est_un_siren(faux)


def test_spaces_and_points_are_how_people_type_it():
    assert siren_propre(" 214 502\u00a0346 ") == "214502346"
    assert siren_propre("214.502.346") == "214502346"
