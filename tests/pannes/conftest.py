"""The installation that these tests break, and mend before the next one. Slow and real: `make test-lourd`."""

import signal
from contextlib import contextmanager

import dj_database_url
import pytest
from django.db import connections

from tests.outils.installation import installation
from tests.troupe import reunir_la_troupe


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/pannes/" in item.nodeid.replace("\\", "/"):
            item.add_marker(pytest.mark.lourd)


@contextmanager
def branche(url, bloqueur):
    """The ORM of this process reads and writes the installation's database."""
    avant, reglages = connections["default"], connections.settings["default"]
    vide = {**reglages, "OPTIONS": {}, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    connections.settings["default"] = {**vide, **dj_database_url.parse(url)}
    del connections["default"]
    try:
        with bloqueur.unblock():
            yield
    finally:
        with bloqueur.unblock():
            connections["default"].close()
        connections.settings["default"] = reglages
        connections["default"] = avant


@pytest.fixture(scope="session")
def _installation(tmp_path_factory, django_db_blocker):
    with installation(tmp_path_factory.mktemp("installation")) as elle:
        with branche(elle.base, django_db_blocker):
            elle.troupe = reunir_la_troupe()
        yield elle


@pytest.fixture
def reelle(_installation, django_db_blocker):
    """Whole again for each test: what another one killed is started, what it sent is forgotten."""
    for serveur in (_installation.pg, _installation.redis):
        if serveur.processus.poll() is None:
            serveur.processus.send_signal(signal.SIGCONT)
        else:
            serveur.demarrer()
    _installation.smtp.humeur, _installation.smtp.avant_de_dire_oui = "prend", None
    _installation.smtp.recus.clear()
    _installation.lancer(*{"web", "worker", "beat"} - set(_installation.processus))
    with branche(_installation.base, django_db_blocker):
        yield _installation


@pytest.fixture
def troupe(reelle):
    return reelle.troupe
