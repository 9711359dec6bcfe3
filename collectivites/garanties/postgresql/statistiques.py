"""What PostgreSQL knows of its tables, after a great deal has been written: autovacuum comes a minute later, and until
then a page may be read as if its tables were empty, 5 to 60 times slower.

The role of the site owns no table, and PostgreSQL lets the owner alone analyse one (before version 17, which has a
right for it): the owner lays a function that does so, and nothing else. It takes no name: it looks at the tables
of our schema that autovacuum would look at.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from psycopg import sql

NOM = "quatuor_analyser"

#: As autovacuum counts, whatever the settings of the server: 50 rows and a tenth of the table.
_POSER = """
CREATE OR REPLACE FUNCTION {schema}.{nom}() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $analyser$
DECLARE
    une oid;
    combien integer := 0;
BEGIN
    FOR une IN
        SELECT relid FROM pg_stat_user_tables
        WHERE schemaname = {texte} AND n_mod_since_analyze > 50 + n_live_tup / 10
    LOOP
        EXECUTE format('ANALYZE %s', une::regclass);
        combien := combien + 1;
    END LOOP;
    RETURN combien;
END $analyser$;
REVOKE ALL ON FUNCTION {schema}.{nom}() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {schema}.{nom}() TO {role};
"""


def poser(curseur: Any, schema: str, role: str) -> None:
    """Lay the function, as the owner of the tables; safe to repeat."""
    ordre = sql.SQL(_POSER).format(
        schema=sql.Identifier(schema),
        nom=sql.Identifier(NOM),
        texte=sql.Literal(schema),
        role=sql.Identifier(role),
    )
    curseur.execute(ordre.as_string(curseur.connection))


def analyser_apres_l_acte() -> None:
    """Once what is being written is committed. Nothing to do on SQLite."""
    if connection.vendor == "postgresql":
        transaction.on_commit(_analyser, robust=True)


def _analyser() -> None:
    with connection.cursor() as curseur:
        # What this connection has written is counted now, and not at its next idle second.
        curseur.execute("SELECT pg_stat_force_next_flush(), to_regproc(%s) IS NOT NULL", [NOM])
        (_, posee) = curseur.fetchone()
        # One role for both (the demo, a copy to develop): it owns the tables.
        curseur.execute(f"SELECT {NOM}()" if posee else "ANALYZE")
