"""What each collectivité pledged, opened and filled. Aggregates only: nobody is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from collectivites.models import Collectivite, Demarche
from opportunites.models import Opportunite

E = Opportunite.Etat


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
    collectivites = Collectivite.objects.filter(demarche=demarche).order_by("pk")
    return [bilan_de(collectivite) for collectivite in avec_les_postes(collectivites)]


def bilan_de(collectivite: Any) -> BilanPostes:
    """Of a row of `avec_les_postes`."""
    return BilanPostes(
        collectivite=collectivite,
        promis=collectivite.promis,
        ouverts=collectivite.ouverts,
        pourvus=collectivite.pourvus,
    )


def avec_les_postes(collectivites: QuerySet[Collectivite]) -> QuerySet[Collectivite]:
    """The same rows, each with what it pledged, opened and filled."""
    offres = Opportunite.objects.filter(poste__collectivite=OuterRef("pk"))
    tenues = offres.filter(etat__in=[*Opportunite.ETATS_OUVERTS, E.POURVUE])
    return collectivites.annotate(
        promis=F("engagement_postes__nombre"),
        ouverts=_nombre(tenues),
        pourvus=_nombre(offres.filter(etat=E.POURVUE)),
    )


def _nombre(offres: QuerySet[Opportunite]) -> Coalesce:
    """From the openings, which are few: a collectivité has thousands of postes that none opens."""
    par_employeur = offres.order_by().values("poste__collectivite").annotate(n=Count("pk"))
    return Coalesce(Subquery(par_employeur.values("n")), Value(0), output_field=IntegerField())
