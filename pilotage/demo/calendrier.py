"""Dates of the demonstration, counted back from the day it is loaded, so that it stays alive."""

from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from collectivites.communs.calendrier import ajouter_jours_ouvres, est_ouvre


def jour(*, mois: int = 0, jours: int = 0) -> date:
    """The day that lies `mois` and `jours` away from today (negative: in the past)."""
    return timezone.localdate() + relativedelta(months=mois, days=jours)


def ouvre(le: date) -> date:
    """The same day, or the first working day after it."""
    return le if est_ouvre(le) else ajouter_jours_ouvres(le, 1)


def ouvre_avant(le: date) -> date:
    """The same day, or the last working day before it."""
    while not est_ouvre(le):
        le -= timedelta(days=1)
    return le


def instant(le: date, heure: int = 10, minute: int = 0) -> datetime:
    """A moment of that day, Paris time."""
    return timezone.make_aware(datetime.combine(le, time(heure, minute)))
