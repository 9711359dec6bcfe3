"""Who is let through the second wall: one démarche, every one, or none.

On PostgreSQL the rows of a démarche are shown to the transactions that said that they work for it
(`politiques`); here is said for which. The words go with each transaction and end with it, so that a
pooler may lend the connection to anybody (`postgresql`). What nobody said sees nothing: a page works
for the démarche of its acteur (`pour`), and what belongs to none says so (`partout`): knowing who comes
in, the outbox, the clock, the operator's pages, a command. On SQLite, and for the owner of the tables,
nothing of this is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar

from django.db import connection, transaction

#: What PostgreSQL calls what was said.
REGLAGE = "quatuor.demarche"
PARTOUT, NULLE_PART = "*", ""

_dit: ContextVar[str] = ContextVar("mur", default=NULLE_PART)


def dit() -> str:
    """The key of a démarche, PARTOUT or NULLE_PART."""
    return _dit.get()


@contextmanager
def _dire(valeur: str) -> Iterator[None]:
    jeton = _dit.set(valeur)
    try:
        yield
    finally:
        _dit.reset(jeton)


@contextmanager
def pour(demarche_id: int | None) -> Iterator[None]:
    """What follows works for this démarche; for none, it sees nothing."""
    with _dire(NULLE_PART if demarche_id is None else str(demarche_id)):
        yield


@contextmanager
def partout() -> Iterator[None]:
    """What follows belongs to no démarche. A function may be decorated with it."""
    with _dire(PARTOUT):
        yield


def une_lecture() -> AbstractContextManager[None]:
    """One transaction for a page that is read, where each statement would say its démarche again. None
    where nothing is said: what answers without the database (`/vivant/`) asks nothing of it."""
    a_dire = getattr(connection, "muree", False) and dit() != NULLE_PART
    return transaction.atomic() if a_dire and not connection.in_atomic_block else nullcontext()
