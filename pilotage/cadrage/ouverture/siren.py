"""The SIREN of an employer: nine digits whose key is right (Luhn)."""

from __future__ import annotations


def siren_propre(texte: str) -> str:
    """Its nine digits, as people type them: with spaces, with points."""
    return "".join(c for c in texte if not c.isspace() and c not in ".-\u00a0")


def est_un_siren(siren: str) -> bool:
    """Nine digits in ASCII, whose Luhn sum is a multiple of ten. Zeros alone name nobody."""
    if len(siren) != 9 or not (siren.isascii() and siren.isdigit()) or set(siren) == {"0"}:
        return False
    total = 0
    for rang, chiffre in enumerate(reversed(siren)):
        valeur = int(chiffre) * (2 if rang % 2 else 1)
        total += valeur - 9 if valeur > 9 else valeur
    return total % 10 == 0
