"""The balance to come: what the moves already prepared will do to the exchange, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from collectivites.models import Collectivite
from pilotage.indicateurs.matrice import Matrice


@dataclass(frozen=True)
class Avenir:
    """One employer: its balance after each day on which it changes."""

    collectivite: Collectivite
    soldes: tuple[tuple[date, int], ...]
    tolerance: int

    @property
    def sort(self) -> bool:
        """Whether it leaves the tolerance on the way, even for a time."""
        return any(abs(solde) > self.tolerance for _, solde in self.soldes)


def calculer(
    matrice: Matrice, mouvements: Iterable[tuple[date, int, int]], jour: date
) -> list[Avenir]:
    """Those whose balance will change, in the order of the matrix. A move whose day has passed, and
    that nobody has certified yet, is counted today."""
    mouvements = list(mouvements)
    avenirs = []
    for bilan in matrice.bilans:
        pk, solde = bilan.collectivite.pk, bilan.solde
        par_jour: dict[date, int] = {}
        for quand, origine, accueil in mouvements:
            effet = (accueil == pk) - (origine == pk)
            if effet:
                par_jour[max(quand, jour)] = par_jour.get(max(quand, jour), 0) + effet
        soldes = []
        for quand in sorted(par_jour):
            if par_jour[quand]:
                solde += par_jour[quand]
                soldes.append((quand, solde))
        if soldes:
            avenirs.append(Avenir(bilan.collectivite, tuple(soldes), matrice.tolerance))
    return avenirs
