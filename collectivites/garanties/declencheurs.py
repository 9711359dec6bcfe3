"""A rule over several tables, refused by a trigger, in the words that both databases read.

A room declares its `Garde`s and connects `lever` and `poser`. Laid again after each `migrate`: SQLite
renames no table that a trigger speaks of, and loses those of a table that it rebuilds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections

from collectivites.garanties.gardes import MESSAGES_DES_GARDES

_SQLITE = "CREATE TRIGGER {nom}_{quand} BEFORE {evenement} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{nom}'); END"
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION quatuor_{nom}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {avant}
  IF {condition} THEN
    RAISE EXCEPTION '{nom}' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{nom}';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER {nom} BEFORE INSERT OR UPDATE OF {colonnes} ON {table}
  FOR EACH ROW EXECUTE FUNCTION quatuor_{nom}();
"""


@dataclass(frozen=True)
class Garde:
    """`condition`: what is refused of NEW. `colonnes`: an UPDATE of others is not looked at. `avant`: what
    PostgreSQL locks first, where two acts could each see the last place free; SQLite has one writer."""

    nom: str
    message: str
    table: str
    colonnes: tuple[str, ...]
    condition: str
    avant: str = ""

    def poser(self, connexion: Any, curseur: Any) -> None:
        if connexion.vendor == "postgresql":
            curseur.execute(
                _POSTGRESQL.format(
                    nom=self.nom,
                    table=self.table,
                    condition=self.condition,
                    colonnes=", ".join(self.colonnes),
                    avant=self.avant,
                )
            )
            return
        self.lever(curseur)
        for quand, evenement in (
            ("insert", "INSERT"),
            ("update", f"UPDATE OF {', '.join(self.colonnes)}"),
        ):
            curseur.execute(
                _SQLITE.format(
                    nom=self.nom,
                    quand=quand,
                    evenement=evenement,
                    table=self.table,
                    condition=self.condition,
                )
            )

    def lever(self, curseur: Any) -> None:
        for quand in ("insert", "update"):
            curseur.execute(f"DROP TRIGGER IF EXISTS {self.nom}_{quand}")

    def est_posable(self, connexion: Any, curseur: Any, tables: Sequence[str]) -> bool:
        """Not in the middle of a partial migration: the table, and what is watched of it, are there."""
        if self.table not in tables:
            return False
        connues = {
            c.name for c in connexion.introspection.get_table_description(curseur, self.table)
        }
        return connues.issuperset(self.colonnes)


Suite = Callable[..., None]


def monter(gardes: Sequence[Garde]) -> tuple[Suite, Suite]:
    """(before a migration, after it), for the signals; their sentences are declared at once."""
    MESSAGES_DES_GARDES.update({garde.nom: garde.message for garde in gardes})

    def lever(using: str = "default", **_: Any) -> None:
        connexion = connections[using]
        if connexion.vendor != "postgresql":
            with connexion.cursor() as curseur:
                for garde in gardes:
                    garde.lever(curseur)

    def poser(using: str = "default", **_: Any) -> None:
        connexion = connections[using]
        with connexion.cursor() as curseur:
            tables = connexion.introspection.table_names(curseur)
            for garde in gardes:
                if garde.est_posable(connexion, curseur, tables):
                    garde.poser(connexion, curseur)

    return lever, poser
