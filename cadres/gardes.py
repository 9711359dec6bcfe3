"""What the database does for the registre that Django cannot ask of both: the index of the search.

Laid again after each `migrate`, like `collectivites.gardes`. The extension pg_trgm may be created
by a database owner since PostgreSQL 13. On SQLite the search reads the list, which is short there.
"""

from typing import Any

from django.db import connections

POSTGRESQL = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX IF NOT EXISTS cadre_recherche_trgm
  ON cadres_cadre USING gin (recherche gin_trgm_ops);
"""


def poser_l_index(using: str = "default", **_: Any) -> None:
    """Lay the index on `using`; safe to repeat."""
    connexion = connections[using]
    if connexion.vendor != "postgresql":
        return
    if "cadres_cadre" not in connexion.introspection.table_names():
        return  # a partial migration: the table is not there yet
    with connexion.cursor() as curseur:
        curseur.execute(POSTGRESQL)
