"""What became of the reserves of each collectivité. Aggregates only: nobody is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from collectivites.models import Collectivite, Demarche
from opportunites.models import Reserve

R = Reserve.Etat


@dataclass(frozen=True)
class BilanReserves:
    """The reserves that a collectivité filed, and what became of them."""

    collectivite: Collectivite
    en_attente: int
    levees: int
    retenues: int
    caduques: int
    #: days from the filing to the arbitration, of those a DGS arbitrated; None without any
    delai_median: float | None

    @property
    def total(self) -> int:
        return self.en_attente + self.levees + self.retenues + self.caduques


def reserves_par_collectivite(
    demarche: Demarche, collectivites: Iterable[Collectivite] | None = None
) -> list[BilanReserves]:
    """One line a collectivité, in their order. Two queries, one when `collectivites` are read."""
    if collectivites is None:
        collectivites = Collectivite.objects.filter(demarche=demarche).order_by("pk")
    lignes: dict[int, list[tuple[str, int | None]]] = {}
    reserves = Reserve.objects.filter(collectivite__demarche=demarche).values_list(
        "collectivite_id", "etat", "deposee_le", "arbitree_le"
    )
    for collectivite, etat, deposee, arbitree in reserves:
        jours = (arbitree - deposee).days if arbitree and etat != R.CADUQUE else None
        lignes.setdefault(collectivite, []).append((etat, jours))
    return [_bilan(collectivite, lignes.get(collectivite.pk, [])) for collectivite in collectivites]


def _bilan(collectivite: Collectivite, lignes: list[tuple[str, int | None]]) -> BilanReserves:
    etats = [etat for etat, _ in lignes]
    delais = [jours for _, jours in lignes if jours is not None]
    return BilanReserves(
        collectivite=collectivite,
        en_attente=sum(etat in Reserve.ETATS_OUVERTS for etat in etats),
        levees=etats.count(R.LEVEE),
        retenues=etats.count(R.RETENUE),
        caduques=etats.count(R.CADUQUE),
        delai_median=median(delais) if delais else None,
    )
