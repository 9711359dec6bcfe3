"""Rows by the hundred thousand: PostgreSQL makes them, the model says their columns and defaults."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Model, UUIDField

from cadres.models.gardes import poser_les_gardes

#: The expressions of `inserer` are ours: nothing of a request comes here.
__all__ = [
    "compter_les_lignes",
    "derniere_cle",
    "inserer",
    "sans_index_de_recherche",
    "tableau",
    "tirage",
]


def inserer(modele: type[Model], source: str, **expressions: str) -> int:
    """INSERT … SELECT from `source` (what follows FROM). `expressions`: field → SQL; every other field
    holds the default of the model, an identity of its own where that is drawn. A key that is given moves the sequence. Returns the number of rows."""
    colonnes, valeurs, defauts = [], [], []
    cle = modele._meta.pk
    for champ in modele._meta.concrete_fields:
        if champ.name in expressions:
            valeurs.append(expressions.pop(champ.name))
        elif champ is cle:
            continue
        elif isinstance(champ, UUIDField) and champ.has_default():
            valeurs.append(
                "gen_random_uuid()"
            )  # one for each row: the model's would serve them all
        else:
            valeurs.append(f"CAST(%s AS {champ.db_type(connection)})")
            defauts.append(champ.get_db_prep_save(champ.get_default(), connection))
        colonnes.append(f'"{champ.column}"')
    if expressions:
        raise ValueError(f"{modele._meta.label}: no field {', '.join(expressions)}")
    table = modele._meta.db_table
    with connection.cursor() as curseur:
        curseur.execute(
            f"INSERT INTO {table} ({', '.join(colonnes)}) SELECT {', '.join(valeurs)} FROM {source}",  # noqa: S608
            defauts,
        )
        nombre = curseur.rowcount
        if cle is not None and f'"{cle.column}"' in colonnes:
            curseur.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{cle.column}'),"  # noqa: S608
                f" GREATEST(1, (SELECT max({cle.column}) FROM {table})))"
            )
    return nombre


def derniere_cle(modele: type[Model]) -> int:
    """The largest key in use; 0 when there is none."""
    dernier = modele._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return dernier or 0


def tableau(valeurs: Any) -> str:
    """A constant array of texts, in SQL."""
    return "ARRAY[" + ",".join("'" + str(v).replace("'", "''") + "'" for v in valeurs) + "]"


def tirage(graine: int, combien: int, n: str = "n") -> str:
    """A number from 0 to `combien` - 1, always the same for the same `n` and `graine`."""
    return f"mod(abs(hashint4(({n} + {graine})::int)::bigint), {combien})::int"


def compter_les_lignes(*modeles: type[Model]) -> None:
    """Statistics, without which what joins these tables next takes them for empty."""
    with connection.cursor() as curseur:
        for modele in modeles:
            curseur.execute(f"ANALYZE {modele._meta.db_table}")


@contextmanager
def sans_index_de_recherche() -> Iterator[None]:
    """The trigram index of names is made anew at the end: filled row by row, it takes most of the time."""
    with connection.cursor() as curseur:
        curseur.execute("DROP INDEX IF EXISTS cadre_recherche_trgm")
    yield
    with connection.cursor() as curseur:
        # What waits for the end of the transaction to be checked forbids an index: it is checked here.
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        poser_les_gardes(connection.alias)
        curseur.execute("SET CONSTRAINTS ALL DEFERRED")
