"""Days and months: working days, public holidays, months later, the limits of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta
from django.utils import timezone


@lru_cache(maxsize=32)
def _feries(annee: int) -> frozenset[date]:
    import holidays  # a heavy module, for few pages

    return frozenset(holidays.country_holidays("FR", years=annee).keys())


def est_ouvre(jour: date) -> bool:
    """Monday to Friday, but for the eleven public holidays of metropolitan France."""
    return jour.weekday() < 5 and jour not in _feries(jour.year)


def jours_ouvres(debut: date, fin: date, semaine: Iterable[int] = range(5)) -> list[date]:
    """The working days of a period that fall on these days of the week (0 is Monday)."""
    choisis = frozenset(semaine)
    jours = (debut + timedelta(days=n) for n in range((fin - debut).days + 1))
    return [jour for jour in jours if jour.weekday() in choisis and est_ouvre(jour)]


def ajouter_jours_ouvres(depart: date, nombre: int) -> date:
    """The `nombre`-th working day after `depart`, which itself does not count."""
    jour = depart
    while nombre:
        jour += timedelta(days=1)
        nombre -= est_ouvre(jour)
    return jour


def decaler(jour: date, *, mois: int = 0, annees: int = 0) -> date:
    """The same day so many months and years later (earlier when negative); the last day of a month
    that is shorter."""
    return jour + relativedelta(months=mois, years=annees)


def plus_tard(instant: datetime, delai: timedelta) -> datetime:
    """So many days later (earlier when negative), at the same hour of Paris, whatever the changes of
    the hour between: its day is the day of `instant`, so many days later."""
    return timezone.localtime(instant) + delai


def minuit(jour: date) -> datetime:
    """The beginning of a day, Paris time, whatever the season."""
    return timezone.make_aware(datetime.combine(jour, time()))


def fin_du_jour(jour: date) -> datetime:
    """The last instant of a day, Paris time."""
    return timezone.make_aware(datetime.combine(jour, time.max))
