"""Is the exchange balanced? Effective moves from each employer to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from collectivites.models import Collectivite


class Equilibre(Enum):
    DANS = "dans la tolérance"
    LIMITE = "à la limite de la tolérance"
    HORS = "hors de la tolérance"


@dataclass(frozen=True)
class Bilan:
    """Departures, arrivals and balance of one employer."""

    collectivite: Collectivite
    departs: int
    arrivees: int
    tolerance: int

    @property
    def solde(self) -> int:
        return self.arrivees - self.departs

    @property
    def equilibre(self) -> Equilibre:
        if abs(self.solde) > self.tolerance:
            return Equilibre.HORS
        if self.solde and abs(self.solde) == self.tolerance:
            return Equilibre.LIMITE
        return Equilibre.DANS


@dataclass(frozen=True)
class Matrice:
    """`cases[i][j]`: moves from the i-th employer to the j-th; None on the diagonal."""

    collectivites: tuple[Collectivite, ...]
    cases: tuple[tuple[int | None, ...], ...]
    bilans: tuple[Bilan, ...]
    internes: int
    tolerance: int

    @property
    def total(self) -> int:
        return sum(bilan.departs for bilan in self.bilans)

    @property
    def equilibre(self) -> Equilibre:
        """The worst of the four."""
        constats = {bilan.equilibre for bilan in self.bilans}
        return next(e for e in (Equilibre.HORS, Equilibre.LIMITE, Equilibre.DANS) if e in constats)

    def au_bord(self) -> list[Bilan]:
        """Those that set `equilibre`, when it is not all well."""
        if self.equilibre == Equilibre.DANS:
            return []
        return [b for b in self.bilans if b.equilibre == self.equilibre]


def calculer(
    collectivites: Iterable[Collectivite], flux: Iterable[tuple[int, int, int]], tolerance: int
) -> Matrice:
    """`flux`: (origin, host, how many). Moves within one employer are counted apart."""
    liste = tuple(collectivites)
    nombre: dict[tuple[int, int], int] = {}
    for origine, accueil, combien in flux:
        nombre[origine, accueil] = nombre.get((origine, accueil), 0) + combien
    cases = tuple(
        tuple(None if o == a else nombre.get((o.pk, a.pk), 0) for a in liste) for o in liste
    )
    bilans = tuple(
        Bilan(
            collectivite=c,
            departs=sum(n for (o, a), n in nombre.items() if o == c.pk != a),
            arrivees=sum(n for (o, a), n in nombre.items() if a == c.pk != o),
            tolerance=tolerance,
        )
        for c in liste
    )
    internes = sum(n for (o, a), n in nombre.items() if o == a)
    return Matrice(liste, cases, bilans, internes, tolerance)
