"""What the ORM lacks to count days and find a median, the same on SQLite and on PostgreSQL."""

from typing import Any

from django.db.models import Count, Expression, F, Func, IntegerField, QuerySet, Window
from django.db.models.functions import RowNumber


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


def valeurs_du_milieu(lignes: QuerySet[Any], expression: Expression | str) -> list[Any]:
    """The value in the middle, or the two when the rows are even in number. One query."""
    valeur = F(expression) if isinstance(expression, str) else expression
    return list(
        lignes.order_by()
        .annotate(_valeur=valeur)
        .annotate(
            _rang=Window(RowNumber(), order_by=[F("_valeur").asc(), F("pk").asc()]),
            _nombre=Window(Count("*")),
        )
        .filter(_rang__gte=(F("_nombre") + 1) / 2, _rang__lte=(F("_nombre") + 2) / 2)
        .values_list("_valeur", flat=True)
    )
