"""Queries that every page asks: their SQL is written once, and sent each time with other values.

Django writes the SQL of a queryset anew each time that it is read, which takes longer than PostgreSQL to answer
by a key. Nothing is kept but the text: the rows are read each time, so that what has just been withdrawn,
by another process or by the clock, is not there any more.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.utils import timezone

#: Type → a value of it that no query names, the n-th: it marks a place among the parameters.
_REPERES: dict[type, Callable[[int], Any]] = {
    int: lambda n: -(2**30) - n,
    str: lambda n: f"(place {n})",
    date: lambda n: date(1900, 1, 1 + n),
    datetime: lambda n: timezone.make_aware(datetime(1900, 1, 1 + n)),  # noqa: DTZ001
}


@dataclass(frozen=True)
class _Ecrite:
    lignes: QuerySet[Any]
    compilateur: Any
    sql: str
    #: Each parameter, and the name of the value that takes its place, if any.
    places: list[tuple[Any, str | None]]


class RequetePrete:
    """`construire(**values)` makes the queryset; `genres` says the type of each value: `int` for a key, `str`,
    `date` or `datetime`. Called with values, gives the rows of the first base, as `list(construire(**values))`.

    The shape of the SQL may depend on no value. Raises ValueError, the first time, when a value has no place.
    """

    def __init__(self, construire: Callable[..., QuerySet[Any]], **genres: type) -> None:
        self._construire, self._genres = construire, genres
        self._ecrites: dict[str, _Ecrite] = {}

    def __call__(self, **valeurs: Any) -> list[Any]:
        connexion = connections[DEFAULT_DB_ALIAS]
        ecrite = self._ecrites.get(connexion.vendor)
        if ecrite is None:  # twice by two threads, at worst
            ecrite = self._ecrites[connexion.vendor] = self._ecrire(connexion)
        parametres = tuple(
            param if nom is None else _comme(param, _adapter(connexion, valeurs[nom]))
            for param, nom in ecrite.places
        )
        compilateur = copy(ecrite.compilateur)
        compilateur.connection = connexion
        compilateur.as_sql = lambda *_, **__: (ecrite.sql, parametres)
        lignes = ecrite.lignes.all()
        lignes.query.get_compiler = lambda *_, **__: compilateur  # type: ignore[method-assign]
        return list(lignes)

    def _ecrire(self, connexion: Any) -> _Ecrite:
        reperes = {nom: _REPERES[genre](n) for n, (nom, genre) in enumerate(self._genres.items())}
        lignes = self._construire(**reperes).using(DEFAULT_DB_ALIAS)
        compilateur = lignes.query.get_compiler(connection=connexion)
        sql, parametres = compilateur.as_sql()
        ou = {_adapter(connexion, repere): nom for nom, repere in reperes.items()}
        places = [(param, ou.get(param)) for param in parametres]
        if {nom for _, nom in places if nom} != set(self._genres):
            raise ValueError(f"A value has no place in {sql}")
        return _Ecrite(lignes, compilateur, sql, places)


def _adapter(connexion: Any, valeur: Any) -> Any:
    """As the fields give it to this database: SQLite has its dates in text."""
    if isinstance(valeur, datetime):
        return connexion.ops.adapt_datetimefield_value(valeur)
    return connexion.ops.adapt_datefield_value(valeur) if isinstance(valeur, date) else valeur


def _comme(repere: Any, valeur: Any) -> Any:
    """A key keeps the width that its column has (psycopg's `Int8`…)."""
    return type(repere)(valeur) if isinstance(repere, int) else valeur
