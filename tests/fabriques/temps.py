"""Instants and days around today."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone


def il_y_a(jours: float) -> datetime:
    """The instant `jours` days ago (in the future when negative)."""
    return timezone.now() - timedelta(days=jours)


def dans(jours: int) -> date:
    """The day `jours` days from today (in the past when negative)."""
    return timezone.localdate() + timedelta(days=jours)
