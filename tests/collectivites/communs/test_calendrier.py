"""Months and years later: the same day, or the last one of a month that is shorter."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectivites.communs.calendrier import decaler


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 1, 30), 1, date(2028, 2, 29)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 3, 31), -1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2027, 3, 31), 1, date(2027, 4, 30)),
        (date(2027, 12, 5), 1, date(2028, 1, 5)),
        (date(2027, 1, 5), -1, date(2026, 12, 5)),
    ],
)
def test_months_are_months(jour, mois, attendu):
    assert decaler(jour, mois=mois) == attendu


def test_years_are_years():
    assert decaler(date(2028, 2, 29), annees=-1) == date(2027, 2, 28)
    assert decaler(date(2028, 2, 29), annees=-4) == date(2024, 2, 29)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(-120, 120))
def test_the_month_is_the_right_one_and_the_day_the_nearest(jour, mois):
    apres = decaler(jour, mois=mois)
    assert (apres.year * 12 + apres.month) - (jour.year * 12 + jour.month) == mois
    if apres.day != jour.day:
        assert apres.day < jour.day
        assert (apres.month, apres.day) in {(2, 28), (2, 29), (4, 30), (6, 30), (9, 30), (11, 30)}
        lendemain = date.fromordinal(apres.toordinal() + 1)
        assert lendemain.day == 1
