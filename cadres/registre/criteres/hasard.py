"""Fisher's exact test, two-sided: could chance alone have made such a gap? Pure Python."""

from __future__ import annotations

from math import comb, exp, lgamma

#: Above it, whole numbers of that many digits cost more than their exactness is worth.
_EXACT_JUSQU_A = 2000
#: Two tables as improbable as one another, but for rounding.
_MARGE = 1 + 1e-9


def probabilite_du_hasard(a: int, b: int, c: int, d: int) -> float:
    """The probability, when nothing links rows and columns, of a table at least as unequal as
    [[a, b], [c, d]]: kept and set aside, among women, then among men."""
    lignes, gardes, total = (a + b, c + d), a + c, a + b + c + d
    premier, dernier = max(0, gardes - lignes[1]), min(lignes[0], gardes)

    def poids(k: int) -> float:
        if total <= _EXACT_JUSQU_A:
            return comb(lignes[0], k) * comb(lignes[1], gardes - k) / comb(total, gardes)
        return exp(
            _log_comb(lignes[0], k) + _log_comb(lignes[1], gardes - k) - _log_comb(total, gardes)
        )

    vu = poids(a)
    return min(1.0, sum(p for k in range(premier, dernier + 1) if (p := poids(k)) <= vu * _MARGE))


def _log_comb(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
