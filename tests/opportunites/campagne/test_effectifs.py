"""How many wished is told of no small group, nor found by subtraction."""

from collections import Counter

import pytest

from opportunites.campagne.ecran.effectifs import effectifs, secrets

LIGNES = [("v", "Ville", None), ("a", "Agglomération", None), ("d", "Département", None)]


@pytest.mark.parametrize(
    ("nombres", "caches"),
    [
        ({"v": 5, "a": 6, "d": 7}, set()),
        ({"v": 4, "a": 6, "d": 7}, {"v", "a"}),
        ({"v": 4, "a": 3, "d": 7}, {"v", "a"}),
        ({"v": 0, "a": 6, "d": 7}, set()),
        ({"v": 4, "a": 0, "d": 0}, {"v"}),
    ],
)
def test_a_group_under_the_threshold_and_what_would_give_it_back(nombres, caches):
    assert secrets(nombres, 5) == caches


def test_those_served_are_told_since_they_are_named():
    lignes = effectifs(LIGNES, Counter(v=1), Counter(v=2, a=9, d=8), 5)

    assert [(e.servis, e.sur) for e in lignes] == [(1, None), (0, 9), (0, None)]
