"""The reasons of refusals, pooled so that none points to a person."""

from __future__ import annotations

import pytest

from opportunites.models import Proposition
from pilotage.indicateurs import refus

M = Proposition.Motif


def test_reasons_under_the_threshold_are_pooled():
    r = refus.cumuler([{M.REMUNERATION: 6, M.CONTENU: 5, M.LIEU: 3, M.FAMILLE: 2}], 5)
    assert r.motifs == (("rémunération", 6), ("contenu du poste", 5), ("autres motifs", 5))
    assert set(r.regroupes) == {"lieu", "situation familiale"}


def test_a_pool_that_is_too_small_takes_the_smallest_reason_with_it():
    r = refus.cumuler([{M.REMUNERATION: 8, M.CONTENU: 5, M.LIEU: 1}], 5)
    assert r.motifs == (("rémunération", 8), ("autres motifs", 6))


@pytest.mark.parametrize("effectifs", [{M.LIEU: 4}, {M.LIEU: 2, M.AUTRE: 2}])
def test_too_few_refusals_say_nothing(effectifs):
    r = refus.cumuler([effectifs], 5)
    assert (r.total, r.motifs) == (None, ())


def test_no_refusal_is_zero_and_may_be_said():
    assert refus.cumuler([{}], 5).total == 0


def test_the_pay_is_not_told_when_few_invoke_it():
    assert refus.cumuler([{M.REMUNERATION: 2, M.LIEU: 6}], 5).remuneration is None
