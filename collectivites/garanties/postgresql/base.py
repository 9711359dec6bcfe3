"""Django's PostgreSQL, whose transactions say for which démarche they work (`garanties.mur`).

The word is said before the first statement of a transaction, and again when it changes within it. A
statement alone is a transaction of its own. The owner of the tables, whom no policy binds (tests,
`migrate`, a demo), says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from collectivites.garanties import mur

#: Whether the role is above the policies: superuser, BYPASSRLS, or owner of our tables, by itself or by
#: a role that it may take.
_AU_DESSUS = """
SELECT bool_or(r.rolsuper OR r.rolbypassrls), EXISTS (
    SELECT 1 FROM pg_class c WHERE c.relkind IN ('r', 'p')
    AND c.relnamespace = current_schema()::regnamespace AND pg_has_role(c.relowner, 'MEMBER'))
FROM pg_roles r WHERE pg_has_role(r.oid, 'MEMBER')
"""
REFUS = (
    "The role of DATABASE_URL {est}: row-level security and the guards of the journal would not hold. "
    "Give the site a role of its own, and keep this one for `manage.py migrate`, in "
    "MIGRATIONS_DATABASE_URL: it creates the other and gives it what it needs."
)


class DatabaseWrapper(base.DatabaseWrapper):
    #: Whether the policies bind the role of this connection.
    muree = False
    #: What the transaction under way has said; None when it is not known any more.
    _dit: str | None = mur.NULLE_PART

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.execute_wrappers.append(_en_le_disant)

    def init_connection_state(self) -> None:
        super().init_connection_state()
        est = self.au_dessus()
        self.muree = not est
        if settings.ROLE_MODESTE and est:
            self.close()  # nothing may be asked of it
            raise ImproperlyConfigured(REFUS.format(est=est))

    def au_dessus(self) -> str:
        """By what the role of this connection is above the policies, if it is."""
        with self.wrap_database_errors:
            tout_puissant, proprietaire = self.connection.execute(_AU_DESSUS).fetchone()
        if tout_puissant:
            return "is superuser or BYPASSRLS"
        return "owns the tables" if proprietaire else ""

    def set_autocommit(self, *arguments: Any, **options: Any) -> None:
        super().set_autocommit(*arguments, **options)
        self._dit = mur.NULLE_PART

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._dit = None  # what had been said before the savepoint

    def dire(self, valeur: str) -> None:
        if (
            self._dit == valeur
            or self.connection.info.transaction_status == TransactionStatus.INERROR
        ):
            return
        with self.wrap_database_errors:
            self.connection.execute(f"SELECT set_config('{mur.REGLAGE}', %s, true)", [valeur])
        self._dit = valeur


def _en_le_disant(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    connexion: DatabaseWrapper = context["connection"]
    if not connexion.muree:
        return execute(sql, params, many, context)
    if not connexion.autocommit:
        connexion.dire(mur.dit())
    elif mur.dit() != mur.NULLE_PART:
        with transaction.atomic(using=connexion.alias):
            connexion.dire(mur.dit())
            return execute(sql, params, many, context)
    return execute(sql, params, many, context)
