"""Instants and days around today."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def il_y_a(jours: float) -> datetime:
    """The instant `jours` days ago (in the future when negative), for delays that run by the hour.

    Late in the evening, across a change of the hour, it may fall on another day than `dans(-jours)`:
    where days are counted, use `midi`.
    """
    return timezone.now() - timedelta(days=jours)


def midi(jours: int) -> datetime:
    """Noon, Paris time, of the day `jours` days from today: the same number of days at any hour."""
    return timezone.make_aware(datetime.combine(dans(jours), time(12)))


def dans(jours: int) -> date:
    """The day `jours` days from today (in the past when negative)."""
    return timezone.localdate() + timedelta(days=jours)
