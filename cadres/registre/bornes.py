"""Counts and lists that cost a bounded time, however many cadres there are."""

from __future__ import annotations

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from cadres.models import Cadre
from collectivites.communs.listes import valeurs_de
from collectivites.communs.typographie import compter
from collectivites.models import Collectivite

#: Beyond, « plus de 10 000 » says as much as the exact number, and costs a bounded time.
COMPTE_MAX = 10_000


class CompteBorne(Subquery):
    """How many rows a sliced queryset has, as an expression: several counts make one query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS borne)"
    output_field = IntegerField()


def compter_ensemble(collectivite: Collectivite, **listes: QuerySet[Any]) -> dict[str, int]:
    """How many each list has, at most COMPTE_MAX + 1. One query for them all, which hangs on the
    row of `collectivite`."""
    comptes = {
        nom: CompteBorne(liste.order_by().values("pk")[: COMPTE_MAX + 1])
        for nom, liste in listes.items()
    }
    un: Any = Collectivite.objects.filter(pk=collectivite.pk)
    return un.annotate(**comptes).values(*comptes).get()


def compter_borne(cadres: QuerySet[Cadre], borne: int | None = None) -> int:
    """How many, at most `borne` + 1 (COMPTE_MAX): the database stops reading there."""
    borne = COMPTE_MAX if borne is None else borne
    return cadres.order_by().values("pk")[: borne + 1].count()


def compte_texte(n: int, borne: int | None = None) -> str:
    """« 12 cadres », « plus de 10 000 cadres »."""
    borne = COMPTE_MAX if borne is None else borne
    return compter(n, "cadre") if n <= borne else f"plus de {compter(borne, 'cadre')}"


def domaines_de(collectivite: Collectivite, nombre: int) -> list[str]:
    """The families of métiers of its cadres, in order: so many at most."""
    siens = Cadre.objects.filter(collectivite=collectivite, anonymise_le=None).exclude(domaine="")
    return valeurs_de("domaine", siens, au_plus=nombre)
