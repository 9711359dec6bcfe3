"""Counts that the dashboard compares, by collectivité. Aggregates only: nobody is named."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite, Demarche
from opportunites.models import Mobilite, Opportunite, Reserve

E = Opportunite.Etat
R = Reserve.Etat


@dataclass(frozen=True)
class BilanPostes:
    """What a collectivité pledged, what it has opened (published or beyond), what is filled."""

    collectivite: Collectivite
    promis: int | None
    ouverts: int
    pourvus: int

    @property
    def reste(self) -> int | None:
        """Postes still to open to keep the pledge; 0 once it is kept."""
        return None if self.promis is None else max(0, self.promis - self.ouverts)


def postes_par_collectivite(demarche: Demarche) -> list[BilanPostes]:
    """One line a collectivité, in their order. One query.

    An opening that was withdrawn does not count: the poste was not kept open.
    """
    offres = Opportunite.objects.filter(poste__collectivite=OuterRef("pk"))
    tenues = offres.filter(etat__in=[*Opportunite.ETATS_OUVERTS, E.POURVUE])
    return [
        BilanPostes(
            collectivite=collectivite,
            promis=collectivite.promis,
            ouverts=collectivite.ouverts,
            pourvus=collectivite.pourvus,
        )
        for collectivite in Collectivite.objects.filter(demarche=demarche)
        .annotate(
            promis=F("engagement_postes__nombre"),
            ouverts=_nombre(tenues),
            pourvus=_nombre(offres.filter(etat=E.POURVUE)),
        )
        .order_by("pk")
    ]


def _nombre(offres: QuerySet[Opportunite]) -> Coalesce:
    """From the openings, which are few: a collectivité has thousands of postes that none opens."""
    par_employeur = offres.order_by().values("poste__collectivite").annotate(n=Count("pk"))
    return Coalesce(Subquery(par_employeur.values("n")), Value(0), output_field=IntegerField())


def equipes_sans_plan(acteur: Acteur) -> int:
    """Teams of the acteur's collectivité that a move under way leaves without a replacement plan.
    The plan is the affair of the origin alone: nobody counts those of the others. One query."""
    return (
        Mobilite.objects.visibles_par(acteur)
        .sans_plan()
        .filter(collectivite_origine=acteur.collectivite)
        .count()
    )


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


def reserves_par_collectivite(demarche: Demarche) -> list[BilanReserves]:
    """One line a collectivité, in their order. Two queries."""
    lignes: dict[int, list[tuple[str, int | None]]] = {}
    reserves = Reserve.objects.filter(collectivite__demarche=demarche).values_list(
        "collectivite_id", "etat", "deposee_le", "arbitree_le"
    )
    for collectivite, etat, deposee, arbitree in reserves:
        jours = (arbitree - deposee).days if arbitree and etat != R.CADUQUE else None
        lignes.setdefault(collectivite, []).append((etat, jours))
    return [
        _bilan(collectivite, lignes.get(collectivite.pk, []))
        for collectivite in Collectivite.objects.filter(demarche=demarche).order_by("pk")
    ]


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
