"""A pytest plugin: the real Celery worker, the real Chromium, and the run's tally.

`scripts/suite.py` brings the servers and says where they are (DATABASE_URL, REDIS_URL); without
them these tests are skipped, and `make test` then fails since it counts them.
"""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest

ESSAIS = Path(__file__).resolve().parent
RACINE = ESSAIS.parent
MARQUES = ("services", "course", "navigateur", "sans_base", "matrice", "lourd")
# Without GPU nor sandbox (root), and without a word to any other host.
OPTIONS_CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
RESULTATS = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")


#: Where searches, orders, bulk writes and figures in SQL are met: `make test` runs these on PostgreSQL, as
#: in production, and `make test-lourd` on SQLite too.
MOTEUR = (
    "acces/test_sans_redis.py",
    "cadres/donnees_personnelles",
    "cadres/imports",
    "cadres/registre",
    "opportunites/automate",
    "opportunites/test_listes.py",
    "pilotage/indicateurs",
    "pilotage/journal",
)
#: Constraints, triggers and locks, which are written for each engine: on both.
DEUX_MOTEURS = (
    "collectivites/chaine",
    "collectivites/garanties",
    "collectivites/test_journal.py",
    "collectivites/travaux",
)


#: A test that asks for none of these, nor bears the mark `django_db`, meets no database.
VERS_LA_BASE = {"django_db_setup", "db", "transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(config, items):
    """Mark what meets no database; skip, with its reason, what the servers at hand do not allow."""
    postgresql = os.environ.get("DATABASE_URL", "").startswith("postgres")
    redis = bool(os.environ.get("REDIS_URL"))
    for item in items:
        if not (item.get_closest_marker("django_db") or VERS_LA_BASE & set(item.fixturenames)):
            item.add_marker(pytest.mark.sans_base)
        chemin = item.path.relative_to(ESSAIS).as_posix()
        if chemin.startswith(MOTEUR):
            item.add_marker(pytest.mark.moteur)
        if chemin.startswith(DEUX_MOTEURS):
            item.add_marker(pytest.mark.deux_moteurs)
        if item.get_closest_marker("course") and not postgresql:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: `make test` brings it"))
        if item.get_closest_marker("services") and not (postgresql and redis):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL and Redis: `make test`"))


def pytest_collection_finish():
    """What has been imported stays: looking for garbage in it, again and again, costs a tenth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@contextmanager
def lancer_worker(nom, journal, *options, **environnement):
    """A `celery worker` of its own process group, on this run's test database, once it answers.

    Yields its process; stops it at the end, unless the test killed it.
    """
    from django.db import connection

    from mobility.celery import app

    url = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + "/" + connection.settings_dict["NAME"]
    commande = [
        *[sys.executable, "-m", "celery", "-A", "mobility", "worker", "--loglevel=INFO"],
        *[f"--hostname={nom}", "--without-gossip", "--without-mingle", *options],
    ]
    environnement = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "mobility.settings_test",
        "TACHES_MODE": "celery",
        "QUATUOR_TEST_CACHE": "redis",
        **environnement,
    }
    with journal.open("wb") as sortie:
        processus = subprocess.Popen(
            commande,
            cwd=RACINE,
            env=environnement,
            stdout=sortie,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        limite = time.monotonic() + 60
        while not app.control.ping(destination=[nom], timeout=0.5):
            if processus.poll() is not None or time.monotonic() > limite:
                pytest.fail(f"The Celery worker did not start:\n{journal.read_text()[-4000:]}")
        yield processus
    finally:
        processus.terminate()
        try:
            processus.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(processus.pid, signal.SIGKILL)
            processus.wait()


@pytest.fixture(scope="session")
def _worker_en_marche(django_db_setup, django_db_blocker, tmp_path_factory):
    """The worker of this run; stopped with it."""
    nom = f"essais-{os.getpid()}@local"
    journal = tmp_path_factory.mktemp("celery") / "worker.log"
    # Only to read which database it is: a fixture of the session has no test to open it for.
    with django_db_blocker.unblock(), lancer_worker(nom, journal, "--concurrency=2"):
        yield nom


@pytest.fixture
def worker_celery(_worker_en_marche, transactional_db, settings):
    """Tasks of this test go through Redis to a worker of another process; its node name."""
    from django.conf import settings as reglages

    settings.TACHES_MODE = "celery"
    settings.CACHES = {"default": reglages.CACHE_REDIS}
    return _worker_en_marche


@pytest.fixture
def attendre():
    """Wait until a condition holds: `attendre(lambda: ...)` returns its value, or fails."""

    def _attendre(condition, secondes=20):
        limite = time.monotonic() + secondes
        while time.monotonic() < limite:
            if valeur := condition():
                return valeur
            time.sleep(0.05)
        raise AssertionError(f"Still not true after {secondes} s.")

    return _attendre


@pytest.fixture(scope="session")
def navigateur():
    """The Chromium of this machine, driven by Playwright; one for the whole process."""
    from playwright.sync_api import sync_playwright

    chemin = os.environ.get("QUATUOR_CHROMIUM")
    if not chemin:
        pytest.skip("needs Chromium: `make test` finds it, or QUATUOR_CHROMIUM=/path")
    # Playwright runs an event loop in this thread; the ORM calls of the tests are not in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chemin, args=OPTIONS_CHROMIUM)
        yield chrome
        chrome.close()


def pytest_terminal_summary(terminalreporter):
    """Hand the tally to scripts/suite.py, by mark: it tells what has really run."""
    fichier = os.environ.get("QUATUOR_BILAN")
    if not fichier:
        return
    bilan = {"total": Counter()} | {marque: Counter() for marque in MARQUES}
    for resultat in RESULTATS:
        for rapport in terminalreporter.stats.get(resultat, []):
            cle = "failed" if resultat in {"error", "xpassed"} else resultat
            bilan["total"][cle] += 1
            for marque in MARQUES:
                if marque in rapport.keywords:
                    bilan[marque][cle] += 1
    Path(fichier).write_text(json.dumps(bilan))
