"""Rounding of the euro: half up, to the cent, at each line, as a pay office does."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import floor

ZERO = Decimal("0.00")
_DEMI = Fraction(1, 2)


def arrondi(valeur: Decimal | Fraction) -> Decimal:
    """To the cent, a half going away from zero. Exact: 6/7 of a traitement has no decimal form."""
    exacte = Fraction(valeur)
    centimes = floor(abs(exacte) * 100 + _DEMI)
    return Decimal(-centimes if exacte < 0 else centimes).scaleb(-2)


def somme(montants: Iterable[Decimal]) -> Decimal:
    return sum(montants, ZERO)
