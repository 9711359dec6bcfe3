"""What the ORM lacks to count days and find a median, the same on SQLite and on PostgreSQL; and the
part of a démarche that is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Count,
    Exists,
    Expression,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    Window,
)
from django.db.models.functions import RowNumber

from collectivites.communs.calendrier import fin_du_jour, minuit
from parcours.models import Inscription


@dataclass(frozen=True)
class Perimetre:
    """A promotion, or days, or both; the whole démarche when neither is chosen.

    A period counts what happened in it: each step, those who took it on those days.
    """

    promotion: int | None = None
    du: date | None = None
    au: date | None = None

    @property
    def est_entier(self) -> bool:
        return self.promotion is None and self.du is None

    def inscriptions(self, cadre: str = "cadre_id") -> QuerySet[Inscription]:
        """Those of a cadre, in the promotion when one is chosen."""
        siennes = Inscription.objects.filter(cadre=OuterRef(cadre))
        return siennes if self.promotion is None else siennes.filter(promotion=self.promotion)

    def personnes(self, cadre: str = "cadre_id") -> Q:
        """The people of the promotion, from rows that lead to a cadre."""
        return Q() if self.promotion is None else Q(Exists(self.inscriptions(cadre)))

    def jours(self, champ: str, *, horodate: bool = True) -> Q:
        """The days of the period, on a field of date, or of date and hour."""
        if self.du is None or self.au is None:
            return Q()
        du, au = (minuit(self.du), fin_du_jour(self.au)) if horodate else (self.du, self.au)
        return Q(**{f"{champ}__gte": du, f"{champ}__lte": au})


ENTIER = Perimetre()


class EcartJours(Func):
    """Whole days from the second date to the first. Both are dates, not datetimes."""

    arity = 2
    arg_joiner = " - "
    template = "(%(expressions)s)"
    output_field = IntegerField()

    def as_sqlite(
        self, compiler: Any, connection: Any, **extra: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        (fin, p_fin), (debut, p_debut) = (
            compiler.compile(e) for e in self.get_source_expressions()
        )
        sql = f"CAST(julianday({fin}) - julianday({debut}) AS INTEGER)"
        return sql, (*p_fin, *p_debut)


def valeurs_du_milieu(
    lignes: QuerySet[Any], expressions: Mapping[str, Expression | str]
) -> dict[str, list[Any]]:
    """For each expression, the value in the middle, or the two when the rows are even in number. One
    query."""
    requetes = []
    for nom, expression in expressions.items():
        valeur = F(expression) if isinstance(expression, str) else expression
        requetes.append(
            lignes.order_by()
            .annotate(_nom=Value(nom, output_field=CharField()), _valeur=valeur)
            .annotate(
                _rang=Window(RowNumber(), order_by=[F("_valeur").asc(), F("pk").asc()]),
                _nombre=Window(Count("*")),
            )
            .filter(_rang__gte=(F("_nombre") + 1) / 2, _rang__lte=(F("_nombre") + 2) / 2)
            .values_list("_nom", "_valeur")
        )
    milieux: dict[str, list[Any]] = {nom: [] for nom in expressions}
    for nom, valeur in requetes[0].union(*requetes[1:], all=True):
        milieux[nom].append(valeur)
    return milieux
