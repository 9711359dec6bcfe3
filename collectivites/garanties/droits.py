"""What the site may do to the base: on PostgreSQL its role owns nothing, and appends to the journal.

Given again after each `migrate` to the role of DATABASE_URL, by that of MIGRATIONS_DATABASE_URL
(`settings.ROLE_DU_SITE`), which makes it when it is missing. With one role for both (tests, the demo,
a copy to develop), nothing is given nor taken.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connections, transaction
from psycopg import sql

from collectivites.garanties.postgresql import statistiques

_JOURNAL, _MAILLONS = "collectivites_entreejournal", "collectivites_maillonjournal"
#: Of a line: what a purge takes away (triggers see to it). Of a link: its place and its hashes, once.
_D_UNE_LIGNE = ("libelle", "motif", "details")
_D_UN_MAILLON = ("numero", "engagement", "empreinte", "sel", "oubli")

_DONNER = """
REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {role};
GRANT USAGE ON SCHEMA {schema} TO {role};
REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
REVOKE UPDATE, DELETE ON {journal} FROM {role};
GRANT UPDATE ({d_une_ligne}) ON {journal} TO {role};
REVOKE INSERT, UPDATE, DELETE ON {maillons} FROM {role};
GRANT UPDATE ({d_un_maillon}) ON {maillons} TO {role};
"""

#: A table of one's own, under the name of one of ours, would be read before it. To compile a query costs more
#: than any of ours gains by it: said to the base, since a pooler keeps no word of a connection.
_A_LA_BASE = """
REVOKE TEMPORARY ON DATABASE {base} FROM PUBLIC;
GRANT CONNECT ON DATABASE {base} TO {role};
ALTER DATABASE {base} SET jit = off;
"""


def poser_les_droits(using: str = "default", **_: Any) -> None:
    """Make the role of the site, give it what it needs, take back the rest; safe to repeat."""
    connexion = connections[using]
    if connexion.vendor != "postgresql" or settings.ROLE_DU_SITE is None:
        return
    role, secret = settings.ROLE_DU_SITE
    if not role or role == connexion.settings_dict["USER"]:
        raise ImproperlyConfigured(
            "DATABASE_URL needs a role of its own, which is not that of MIGRATIONS_DATABASE_URL."
        )
    if _MAILLONS not in connexion.introspection.table_names():
        return  # a partial migration: the tables are not there yet
    with transaction.atomic(using), connexion.cursor() as curseur:
        _creer(connexion, curseur, role, secret)
        donner_a(curseur, role)


def donner_a(curseur: Any, role: str) -> None:
    """What the site needs, and no more. Needs a transaction."""
    curseur.execute("SELECT current_schema(), current_database()")
    schema, base = curseur.fetchone()
    noms = {
        "role": sql.Identifier(role),
        "schema": sql.Identifier(schema),
        "journal": sql.Identifier(_JOURNAL),
        "maillons": sql.Identifier(_MAILLONS),
        "d_une_ligne": sql.SQL(", ").join(map(sql.Identifier, _D_UNE_LIGNE)),
        "d_un_maillon": sql.SQL(", ").join(map(sql.Identifier, _D_UN_MAILLON)),
        "base": sql.Identifier(base),
    }
    curseur.execute(sql.SQL(_DONNER).format(**noms).as_string(curseur.connection))
    statistiques.poser(curseur, schema, role)
    curseur.execute(
        "SELECT to_regclass('django_migrations') IS NOT NULL, pg_has_role(datdba, 'MEMBER')"
        " FROM pg_database WHERE datname = current_database()"
    )
    avec_migrations, est_a_nous = curseur.fetchone()
    if avec_migrations:
        ordre = "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}"
        curseur.execute(sql.SQL(ordre).format(**noms).as_string(curseur.connection))
    if est_a_nous:
        curseur.execute(sql.SQL(_A_LA_BASE).format(**noms).as_string(curseur.connection))


def _creer(connexion: Any, curseur: Any, role: str, secret: str) -> None:
    curseur.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if curseur.fetchone():
        return
    ordre = sql.SQL(
        "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION"
    ).format(sql.Identifier(role))
    if secret:
        # As the server keeps it: its log may hold this statement.
        scelle = connexion.connection.pgconn.encrypt_password(
            secret.encode(), role.encode(), b"scram-sha-256"
        )
        ordre += sql.SQL(" PASSWORD {}").format(sql.Literal(scelle.decode()))
    try:
        curseur.execute(ordre.as_string(connexion.connection))
    except ProgrammingError:
        raise ImproperlyConfigured(
            f"The role « {role} » of DATABASE_URL is missing, and the owner of the tables may not create "
            "it: ask whoever runs PostgreSQL, then run `manage.py migrate` again."
        ) from None
