"""What the ORM lacks to count days, the same on SQLite and on PostgreSQL; and the part of a démarche that
is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Func, IntegerField, OuterRef, Q, QuerySet

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
