"""What every test relies on: the cast, their browsers, and the silences that must fail.

Mails and long work leave after the commit. In an ordinary test there is none: wrap the act in
`with django_capture_on_commit_callbacks(execute=True):` when you want them to happen.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from collectivites.acteurs.acteur import CLE_SESSION, Acteur
from collectivites.models import Utilisateur
from collectivites.travaux.envoi import serveur_de_courriel
from tests.outils.gabarits import VariableIndefinie
from tests.troupe import Troupe, reunir_la_troupe

# A slow machine is not a failure of the code.
hypothesis.register_profile("quatuor", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("quatuor")


@pytest.fixture
def troupe(db: None, request: pytest.FixtureRequest) -> Troupe:
    """The fixed cast, with its strangers: see `tests/troupe.py`."""
    if MONTEE not in request.fixturenames:
        return reunir_la_troupe()
    return deepcopy(request.getfixturevalue(MONTEE))


@pytest.fixture(scope="module")
def decor(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Rows that all the tests of a module read: asked for by the fixtures of the module that make
    them, once; undone after its last test. What each test does is undone at its own end, as ever.
    """
    with django_db_blocker.unblock():
        pile = ExitStack()
        pile.enter_context(transaction.atomic())
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        pile.close()


@pytest.fixture(scope="session")
def client_de() -> Callable[..., Client]:
    """`client_de(acteur)`: the browser of somebody logged in, who acts under that mandat.

    A `Utilisateur` will do for somebody without a mandat; None, for nobody.
    """

    def ouvrir(qui: Acteur | Utilisateur | None, **options: Any) -> Client:
        client = Client(**options)
        if qui is None:
            return client
        personne = qui.utilisateur if isinstance(qui, Acteur) else qui
        client.force_login(personne, backend=settings.AUTHENTICATION_BACKENDS[-1])
        if isinstance(qui, Acteur):
            session = client.session
            session[CLE_SESSION] = qui.mandat.pk
            session.save()
        return client

    return ouvrir


#: Most tests begin with the cast: it is put in the base once for a module, and each test takes a copy.
MONTEE = "_troupe_montee"


@pytest.fixture(scope="module")
def _troupe_montee(decor: None, django_db_blocker: Any) -> Troupe:
    with django_db_blocker.unblock():
        return reunir_la_troupe()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Not where a test of the module commits for real: nothing may stand open around it; nor where the
    module has set its own scene."""
    items = [item for item in items if isinstance(item, pytest.Function)]
    pour_de_vrai = {item.path for item in items if _valide(item)}
    for item in items:
        noms = item.fixturenames
        if "troupe" not in noms or {MONTEE, "decor"} & {*noms}:
            continue
        la_notre = item._fixtureinfo.name2fixturedefs["troupe"][-1].func.__module__ == __name__
        if la_notre and item.path not in pour_de_vrai:
            noms.insert(0, MONTEE)  # before the transaction of the test itself


def _valide(item: pytest.Function) -> bool:
    marque = item.get_closest_marker("django_db")
    return bool(marque and (marque.args or marque.kwargs)) or not {
        "transactional_db",
        "live_server",
    }.isdisjoint(item.fixturenames)


# --- Silences that must fail ------------------------------------------------------------------
# Warnings (naive datetimes, unordered pagination, deprecations) are errors: see pyproject.toml.


@pytest.fixture(scope="session", autouse=True)
def _variables_indefinies() -> None:
    """An undefined variable in one of our templates is an error."""
    from django.template import engines

    # In the settings too: a test that changes TEMPLATES gets a new engine.
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = VariableIndefinie()
    engines["django"].engine.string_if_invalid = VariableIndefinie()


@pytest.fixture(autouse=True)
def _aucune_variable_etouffee() -> Iterator[None]:
    """…even when the code that rendered the template swallowed the error."""
    VariableIndefinie.vues.clear()
    yield
    vues = list(VariableIndefinie.vues)
    VariableIndefinie.vues.clear()
    assert not vues, f"undefined in a template: {', '.join(vues)}"


@pytest.fixture(autouse=True)
def _cache_vide() -> None:
    """No test reads what another one left."""
    cache.clear()
    serveur_de_courriel.fermer()


#: Written once with the schema: nobody empties them.
RESTENT = {"django_content_type", "auth_permission"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Lets a transactional test give back the base as it was born, the journal included, which nothing
    else may do: by its copy on SQLite, where to empty it and lay its guards again is twenty times slower.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as change:
        if connection.vendor == "postgresql":
            change.setattr(type(connection.ops), "sql_flush", _vider_postgresql)
            # No guard was lifted: there is nothing to lay again.
            change.setattr(
                "django.core.management.commands.flush.emit_post_migrate_signal", lambda *_: None
            )
        else:
            neuve = sqlite3.connect(":memory:")
            connection.ensure_connection()
            connection.connection.backup(neuve)
            change.setattr(TransactionTestCase, "_fixture_teardown", _remettre(neuve))
        yield


def _remettre(neuve: sqlite3.Connection) -> Callable[[Any], None]:
    def fixture_teardown(_: Any) -> None:
        connection.ensure_connection()
        neuve.backup(connection.connection)

    return fixture_teardown


def _vider_postgresql(self: Any, style: Any, tables: list[str], **_: Any) -> list[str]:
    """The few tables that hold something, without their triggers: TRUNCATE makes 130 of them again."""
    noms = [self.quote_name(nom) for nom in sorted({*tables} - RESTENT)]
    with self.connection.cursor() as curseur:
        curseur.execute(" UNION ALL ".join(f"(SELECT '{nom}' FROM {nom} LIMIT 1)" for nom in noms))
        pleines = [nom for (nom,) in curseur.fetchall()]
    return [
        "SET LOCAL session_replication_role = replica",
        *(f"DELETE FROM {nom}" for nom in pleines),
    ]
