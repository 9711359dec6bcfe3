"""How amounts, rates and dates are written in French; spaces that must not break are U+00A0."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

INSECABLE = "\u00a0"
MOIS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()
_AVANT = re.compile(r" (?=[:;?!%€»])")
_APRES = re.compile(r"(?<=«) ")


def insecables(texte: str) -> str:
    """The text with the spaces of French typography made unbreakable."""
    return _APRES.sub(INSECABLE, _AVANT.sub(INSECABLE, texte))


def nombre(valeur: Decimal, decimales: int | None = None) -> str:
    """« 1 944,50 », « −32,42 »; without `decimales`, as many as the value needs."""
    fixe = f"{valeur:f}" if decimales is None else f"{valeur:.{decimales}f}"
    entier, _, reste = fixe.lstrip("-").partition(".")
    reste = reste if decimales is not None else reste.rstrip("0")
    groupes = f"{int(entier):,}".replace(",", INSECABLE)
    signe = "\u2212" if fixe.startswith("-") else ""
    return f"{signe}{groupes}{',' + reste if reste else ''}"


def euros(valeur: Decimal) -> str:
    return f"{nombre(valeur, 2)}{INSECABLE}€"


def taux(valeur: Decimal) -> str:
    """A rate in percent: « 37,65 % »."""
    return f"{nombre(valeur * 100)}{INSECABLE}%"


def fraction(valeur: Fraction) -> str:
    return str(valeur.numerator) if valeur.denominator == 1 else str(valeur)


def jour(valeur: date) -> str:
    """« 1er janvier 2024 »."""
    quantieme = "1er" if valeur.day == 1 else str(valeur.day)
    return f"{quantieme}{INSECABLE}{MOIS[valeur.month - 1]}{INSECABLE}{valeur.year}"


def enumeration(mots: Sequence[str], lien: str = "ou") -> str:
    """« A, B ou C »."""
    if len(mots) < 2:
        return "".join(mots)
    return f"{', '.join(mots[:-1])} {lien} {mots[-1]}"
