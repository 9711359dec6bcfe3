"""Triggers put aside for the time of one transaction: rows that come together are held to what held them there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import ProgrammingError, connection

from collectivites.travaux.sauvegardes.archive import Illisible
from collectivites.travaux.sauvegardes.voyages.tables import modeles

PAS_LE_NOTRE = "Cette commande se lance avec le rôle qui possède les tables (MIGRATIONS_DATABASE_URL). Rien n’est écrit."


@contextmanager
def gardes_levees() -> Iterator[None]:
    """Constraints stay, and are all verified at the end. Raises Illisible for a role that owns nothing."""
    with connection.cursor() as curseur:
        lever, remettre = (
            (_de_postgresql(False), _de_postgresql(True))
            if connection.vendor == "postgresql"
            else _de_sqlite(curseur)
        )
        try:
            _jouer(curseur, lever)
        except ProgrammingError as erreur:
            raise Illisible(PAS_LE_NOTRE) from erreur
        yield
        _jouer(curseur, remettre)
    connection.check_constraints()


def _de_postgresql(actives: bool) -> list[str]:
    """What is still to be verified is first: no table changes under it."""
    mot = "ENABLE" if actives else "DISABLE"
    tables = sorted(modele._meta.db_table for modele in modeles())
    return [
        "SET CONSTRAINTS ALL IMMEDIATE",
        "SET CONSTRAINTS ALL DEFERRED",
        *(f'ALTER TABLE "{table}" {mot} TRIGGER USER' for table in tables),
    ]


def _de_sqlite(curseur: Any) -> tuple[list[str], list[str]]:
    tables = {modele._meta.db_table for modele in modeles()}
    curseur.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    siens = [(nom, sql) for nom, table, sql in curseur.fetchall() if table in tables]
    return [f'DROP TRIGGER "{nom}"' for nom, _ in siens], [sql for _, sql in siens]


def _jouer(curseur: Any, ordres: list[str]) -> None:
    for ordre in ordres:
        curseur.execute(ordre)
