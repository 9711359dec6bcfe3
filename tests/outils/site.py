"""The site as in production, on PostgreSQL: each request of a test runs under a role that owns nothing.

Its acts and its fixtures stay the owner's. `QUATUOR_ROLE=site pytest tests/…` runs any test so; the fixtures
are for those that are always so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test.client import ClientHandler

ROLE = "quatuor_essais_site"
_CREER = f"""
DO $$ BEGIN CREATE ROLE {ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
"""


@contextmanager
def sous_le_role_du_site() -> Iterator[None]:
    """Of this connection; what the transaction says goes on being said."""
    connexion: Any = connection
    if connexion.vendor != "postgresql":
        yield
        return
    connexion.ensure_connection()
    psycopg = connexion.connection  # itself: a test that counts queries counts those of the page
    psycopg.execute(f"SET ROLE {ROLE}")
    connexion.muree, connexion._dit = True, None
    try:
        yield
    finally:
        connexion.muree = False
        if psycopg is connexion.connection and not connexion.needs_rollback:
            psycopg.execute("RESET ROLE")


def faire_le_role(connexion: Any) -> None:
    from collectivites.garanties.droits import donner_a

    with connexion.cursor() as curseur:
        curseur.execute(_CREER)
        donner_a(curseur, ROLE)


@pytest.fixture(scope="session")
def droits_du_site(django_db_setup: None, django_db_blocker: Any) -> None:
    if connection.vendor != "postgresql":
        return
    with django_db_blocker.unblock():
        # On a connection of its own: a module may hold a transaction that it will undo.
        a_part = connection.copy()
        try:
            faire_le_role(a_part)
        finally:
            a_part.close()


@pytest.fixture
def role_du_site(droits_du_site: None, db: None) -> None:
    """Asked for by a test that runs SQL under `sous_le_role_du_site`."""


@pytest.fixture
def requetes_du_site(role_du_site: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each request of a test client runs under the role of the site."""
    origine = ClientHandler.__call__

    def repondre(self: ClientHandler, environ: Any) -> Any:
        with sous_le_role_du_site():
            return origine(self, environ)

    monkeypatch.setattr(ClientHandler, "__call__", repondre)


@pytest.fixture(autouse=True)
def _si_on_le_demande(request: pytest.FixtureRequest) -> None:
    demande = os.environ.get("QUATUOR_ROLE") == "site"
    if demande and {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("requetes_du_site")
