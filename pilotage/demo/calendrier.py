"""Dates of the demonstration, counted back from the day it is loaded, so that it stays alive."""

from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import timezone


def jour(*, mois: int = 0, jours: int = 0) -> date:
    """The day that lies `mois` and `jours` away from today (negative: in the past)."""
    return timezone.localdate() + relativedelta(months=mois, days=jours)


def ouvre(le: date) -> date:
    """The same day, or the Monday after a week-end."""
    return le + timedelta(days={5: 2, 6: 1}.get(le.weekday(), 0))


def instant(le: date, heure: int = 10, minute: int = 0) -> datetime:
    """A moment of that day, Paris time."""
    return timezone.make_aware(datetime.combine(le, time(heure, minute)))
