"""An amount of which one may know only the bounds: what is unknown is never counted as zero."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from opportunites.remuneration.montants import ZERO
from opportunites.remuneration.textes import euros


@dataclass(frozen=True)
class Intervalle:
    """Between `bas` and `haut` inclusive; None: no bound on that side."""

    bas: Decimal | None
    haut: Decimal | None

    def __post_init__(self) -> None:
        if self.bas is not None and self.haut is not None and self.bas > self.haut:
            raise ValueError(f"{self.bas} > {self.haut}")

    @classmethod
    def exact(cls, montant: Decimal) -> Intervalle:
        return cls(montant, montant)

    @classmethod
    def inconnu(cls) -> Intervalle:
        """An amount due that nobody has told: nothing or more."""
        return cls(ZERO, None)

    @property
    def est_exact(self) -> bool:
        return self.bas is not None and self.bas == self.haut

    @property
    def largeur(self) -> Decimal | None:
        """None: without limit."""
        if self.bas is None or self.haut is None:
            return None
        return self.haut - self.bas

    def __add__(self, autre: Intervalle) -> Intervalle:
        return Intervalle(_ajoute(self.bas, autre.bas), _ajoute(self.haut, autre.haut))

    def __neg__(self) -> Intervalle:
        return Intervalle(
            None if self.haut is None else -self.haut, None if self.bas is None else -self.bas
        )

    def __sub__(self, autre: Intervalle) -> Intervalle:
        return self + -autre

    def fois(self, facteur: int | Decimal) -> Intervalle:
        """`facteur` is positive."""
        return Intervalle(
            None if self.bas is None else self.bas * facteur,
            None if self.haut is None else self.haut * facteur,
        )

    def contient(self, montant: Decimal) -> bool:
        return (self.bas is None or self.bas <= montant) and (
            self.haut is None or montant <= self.haut
        )

    def couvre(self, autre: Intervalle) -> bool:
        """Whether it is at least as wide as the other, on both sides."""
        return (self.bas is None or (autre.bas is not None and self.bas <= autre.bas)) and (
            self.haut is None or (autre.haut is not None and autre.haut <= self.haut)
        )

    def __str__(self) -> str:
        return self.ecrit()

    def ecrit(self, quantite: Callable[[Decimal], str] = euros) -> str:
        """In words; `quantite` writes one figure with its unit."""
        if self.bas is not None and self.bas == self.haut:
            return quantite(self.bas)
        if self.haut is None and not self.bas:
            return "inconnu"
        if self.haut is None:
            return f"au moins {quantite(self.bas or ZERO)}"
        if self.bas is None:
            return f"au plus {quantite(self.haut)}"
        return f"de {quantite(self.bas)} à {quantite(self.haut)}"


def _ajoute(un: Decimal | None, autre: Decimal | None) -> Decimal | None:
    return None if un is None or autre is None else un + autre


def total(intervalles: list[Intervalle]) -> Intervalle:
    return sum(intervalles, Intervalle.exact(ZERO))
