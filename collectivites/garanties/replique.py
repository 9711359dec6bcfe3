"""A copy of the base that PostgreSQL keeps up to date (a hot standby), for what reads much: dashboards, exports.

Off unless REPLIQUE_DATABASE_URL names it. A view says that it may be some seconds late
(`acces(…, replique=True)`); all else, and every write, is of the base itself. Whoever has just acted
reads the base for a while, so that nobody misses what they have just done; a copy that is late, cut from
its base or silent is left alone. The second wall holds there as well: the copy has the policies and the
roles of its base, and its connection says its démarche as the other does (`garanties.postgresql`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections, transaction

from collectivites.garanties.cache import redis_repond
from collectivites.garanties.disjoncteur import Disjoncteur

ALIAS = "replique"
#: Seconds. How late the copy may be; how long whoever acted reads the base itself: longer.
RETARD, APRES_UN_ACTE = 10, 20
#: A copy that is cut from its base has replayed all that it received: its receiver is asked as well.
_A_JOUR = """
SELECT NOT pg_is_in_recovery() OR (
    EXISTS (SELECT FROM pg_stat_wal_receiver) AND (
        pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
        OR now() - pg_last_xact_replay_timestamp() < make_interval(secs => %s)))
"""
PANNES = (OperationalError, InterfaceError)
replique_repond = Disjoncteur("The replica", lambda: PANNES)

_ici: ContextVar[bool] = ContextVar("replique", default=False)


class Routeur:
    """Says both sides by name: a row that came from the copy is written, and read later, in the base."""

    def db_for_read(self, model: Any, **_: Any) -> str:
        return ALIAS if _ici.get() else DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **_: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, *_: Any, **__: Any) -> bool:
        return True  # the same rows on both sides

    def allow_migrate(self, db: str, *_: Any, **__: Any) -> bool | None:
        return False if db == ALIAS else None


def est_branchee() -> bool:
    return ALIAS in connections.settings


def vient_d_agir(compte: Any) -> None:
    """To be said after each act of an account."""
    if est_branchee():
        cache.set(_cle(compte), True, APRES_UN_ACTE)


def peut_lire(compte: Any) -> bool:
    """Whether the copy will do for this account, now."""
    if not est_branchee() or cache.get(_cle(compte)) is not None or redis_repond.ouvert:
        return False
    return replique_repond.appeler(_est_a_jour, False)


def _est_a_jour() -> bool:
    with connections[ALIAS].cursor() as curseur:
        curseur.execute(_A_JOUR, [RETARD])
        return bool(curseur.fetchone()[0])


@contextmanager
def en_lecture() -> Iterator[None]:
    """What follows is read from the copy, as of one transaction."""
    jeton = _ici.set(True)
    try:
        with transaction.atomic(using=ALIAS):
            yield
    finally:
        _ici.reset(jeton)


def _cle(compte: Any) -> str:
    return f"vient-d-agir:{compte}"
