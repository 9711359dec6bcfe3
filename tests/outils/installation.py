"""A whole installation of real processes, on this machine alone, that a test may break: gunicorn, a Celery
worker, its clock, and a PostgreSQL, a Redis and a mail server of its own. Its processes come into the base
under the role of the site, as in production; the tests, as the owner of the tables."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

sys.path.append(str(Path(__file__).resolve().parents[2] / "scripts"))

import services
from preparer import RACINE

from tests.outils.smtp import facteur

JETON = "q" * 32
#: One that INSERTs waits for whoever holds it: each act stops at its line of the journal.
VERROU = "LOCK TABLE collectivites_entreejournal IN SHARE ROW EXCLUSIVE MODE"


@dataclass(frozen=True)
class Reponse:
    statut: int
    texte: str
    en_tetes: dict[str, str]


class Installation:
    """`autres`: what the environment of this one has of its own."""

    def __init__(self, dossier, pg, redis, smtp, **autres):
        self.dossier, self.pg, self.redis, self.smtp = dossier, pg, redis, smtp
        self.port = services.port_libre()
        self.base = f"{pg.url.rsplit('/', 1)[0]}/quatuor"
        self.processus = {}
        self.environnement = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.outils.reglages_reels",
            "DATABASE_URL": self.base.replace("//quatuor@", "//quatuor_site@"),
            "REDIS_URL": redis.url,
            "EMAIL_PORT": str(smtp.port),
            "QUATUOR_VAR": str(dossier),
            "TACHES_MODE": "celery",
            "QUATUOR_TEST_CACHE": "redis",
            **autres,
        }

    def preparer_la_base(self):
        with psycopg.connect(self.pg.url, autocommit=True) as liaison:
            liaison.execute("CREATE DATABASE quatuor")
            # What was answered as done must outlive a server that falls.
            liaison.execute("ALTER DATABASE quatuor SET synchronous_commit = on")
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--run-syncdb", "--verbosity=0"],
            check=True,
            cwd=RACINE,
            env={**self.environnement, "MIGRATIONS_DATABASE_URL": self.base},
        )

    # --- Its processes ------------------------------------------------------------------------

    def lancer(self, *noms):
        commandes = {
            "web": [
                *("gunicorn", "mobility.wsgi", f"--bind=127.0.0.1:{self.port}", "--workers=2"),
                *("--threads=4", "--reuse-port", "--access-logfile=-", "--no-control-socket"),
                "--logger-class=mobility.acces_http.Acces",
            ],
            "worker": [
                *("celery", "-A", "mobility", "worker", "--concurrency=2", "--loglevel=INFO"),
                *(f"--hostname=essais@{self.port}", "--without-gossip", "--without-mingle"),
            ],
            "beat": [
                *("celery", "-A", "mobility", "beat", "--loglevel=INFO", "--pidfile="),
                f"--schedule={self.dossier / 'beat'}",
            ],
        }
        for nom in noms:
            with self.journal(nom).open("ab") as sortie:
                self.processus[nom] = subprocess.Popen(
                    [sys.executable, "-m", *commandes[nom]],
                    cwd=RACINE,
                    env=self.environnement,
                    stdout=sortie,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        if "web" in noms:
            attendre(lambda: self.demander("/sante/").statut == 200, 60)

    def journal(self, nom):
        return self.dossier / f"{nom}.log"

    def tuer(self, nom):
        """Its master and its children, by SIGKILL."""
        processus = self.processus.pop(nom)
        os.killpg(processus.pid, signal.SIGKILL)
        processus.wait()

    def enfants(self, nom):
        pid = self.processus[nom].pid
        return [int(mot) for mot in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def tuer_les_enfants(self, nom):
        for pid in self.enfants(nom):
            os.kill(pid, signal.SIGKILL)

    def finir(self):
        for nom in list(self.processus):
            self.tuer(nom)

    # --- What a browser does ------------------------------------------------------------------

    def demander(self, chemin, client=None, donnees=None, fichiers=None, delai=30):
        """The answer; raises OSError when nobody answers, as a browser says that the site is gone."""
        temoins = {} if client is None else {c.key: c.value for c in client.cookies.values()}
        corps, en_tetes = None, {}
        if donnees is not None or fichiers:
            temoins["quatuor_csrf"] = en_tetes["X-CSRFToken"] = JETON
            corps, en_tetes["Content-Type"] = (
                (encode_multipart(BOUNDARY, {**(donnees or {}), **fichiers}), MULTIPART_CONTENT)
                if fichiers
                else (urlencode(donnees), "application/x-www-form-urlencoded")
            )
        en_tetes["Cookie"] = "; ".join(f"{nom}={valeur}" for nom, valeur in temoins.items())
        liaison = http.client.HTTPConnection("127.0.0.1", self.port, timeout=delai)
        with contextlib.closing(liaison):
            try:
                liaison.request("GET" if corps is None else "POST", chemin, corps, en_tetes)
                reponse = liaison.getresponse()
                lu = reponse.read()
            except http.client.HTTPException as rupture:
                raise ConnectionError(repr(rupture)) from rupture
        return Reponse(reponse.status, lu.decode("utf-8", "replace"), dict(reponse.headers))

    # --- Its database -------------------------------------------------------------------------

    def sql(self, requete, *parametres):
        with psycopg.connect(self.base, autocommit=True) as liaison:
            curseur = liaison.execute(requete, parametres)
            return curseur.fetchall() if curseur.description else []

    @contextlib.contextmanager
    def acte_retenu(self):
        """Every act stops in its middle: what it changed is written, and not committed."""
        with psycopg.connect(self.base) as liaison:
            liaison.execute(VERROU)
            yield
            with contextlib.suppress(psycopg.Error):  # the server may have gone with the lock
                liaison.rollback()

    def attendre_l_acte(self, combien=1):
        attendre(
            lambda: (
                self.sql(
                    "SELECT count(*) FROM pg_locks JOIN pg_class ON pg_class.oid = relation "
                    "WHERE relname = 'collectivites_entreejournal' AND NOT granted"
                )[0][0]
                >= combien
            )
        )

    def recus(self):
        return Counter(vers for vers, _ in self.smtp.recus)


def attendre(condition, secondes=30):
    """Its value once it holds; what answers nothing does not hold."""
    limite = time.monotonic() + secondes
    while time.monotonic() < limite:
        with contextlib.suppress(OSError, psycopg.Error):
            if valeur := condition():
                return valeur
        time.sleep(0.1)
    raise AssertionError(f"Still not true after {secondes} s.")


@contextlib.contextmanager
def installation(dossier):
    with (
        services.postgresql_maniable() as pg,
        services.redis_maniable() as redis,
        facteur() as smtp,
    ):
        lui = Installation(dossier, pg, redis, smtp)
        lui.preparer_la_base()
        try:
            lui.lancer("web", "worker", "beat")
            yield lui
        finally:
            lui.finir()
