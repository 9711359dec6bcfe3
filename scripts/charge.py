"""Two hundred people at once, on this machine alone, beside a bare Django view: `make charge`.

Throw-away PostgreSQL and Redis, production settings, the site's role with row-level security on, gunicorn
as the image starts it; the large demonstration at a modest size. Each person has a session, a connection
kept alive, and reads some seconds before the next page. The bare view, served by the same command (but for our access log), is asked
as many times by as many people at the same pace, half before and half after. Stops by itself after about
two minutes of requests, or by Ctrl-C; exits with 1 when a page was refused or a connection broke.

    make charge ARGS="--personnes 50 --duree 20"

Left out: TLS and its proxy, static files, the badge that some pages ask for, what a worker does beside.
"""

import argparse
import contextlib
import json
import os
import re
import secrets
import shlex
import signal
import sys
import tempfile
import threading
import time
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]

from charge_foule import (  # noqa: E402
    PARCOURS,
    Bornes,
    Liaison,
    Releve,
    foule,
    tableau,
    vivre,
    vivre_sur_la_vue_nue,
)
from preparer import RACINE, Manque, dire  # noqa: E402

#: Of anything, whatever is asked for.
PERSONNES_MAX, DUREE_MAX, REQUETES_MAX = 500, 300, 20_000
CADRES, DEMARCHES = 1000, 4
#: Served beside ours: Django, an address, nothing else.
VUE_NUE = """
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], ROOT_URLCONF=__name__, SECRET_KEY="nue")
urlpatterns = [path("", lambda request: HttpResponse("oui"))]
application = get_wsgi_application()
"""
REGLAGES = """
from mobility.settings import *
from mobility.settings import INSTALLED_APPS, VAR

STATIC_ROOT = VAR / "static"
# The models make the tables, as for the suite.
MIGRATION_MODULES = dict.fromkeys(app.rpartition(".apps.")[0] or app for app in INSTALLED_APPS)
MIGRATION_MODULES |= {app.rpartition(".")[2]: None for app in MIGRATION_MODULES} | {"admin": None}
"""

# --- Servers ------------------------------------------------------------------------------------


def environnement(dossier: Path, base: str, redis: str) -> dict[str, str]:
    """That of production, but for HTTPS and the second factor, which are not what is measured."""
    return {
        **{nom: os.environ[nom] for nom in ("PATH", "HOME", "LANG") if nom in os.environ},
        "PYTHONPATH": os.pathsep.join([str(dossier), str(RACINE)]),
        "DJANGO_SETTINGS_MODULE": "reglages_de_charge",
        "DATABASE_URL": base.replace("//quatuor@", "//quatuor_site@"),
        "REDIS_URL": redis,
        "QUATUOR_VAR": str(dossier),
        "SECRET_KEY": secrets.token_hex(32),
        "QUATUOR_CLE_COACHING": urlsafe_b64encode(os.urandom(32)).decode(),
        "QUATUOR_CLE_JOURNAL": urlsafe_b64encode(os.urandom(32)).decode(),
        "QUATUOR_HOSTS": "127.0.0.1",
        "QUATUOR_HTTPS": "0",
        "QUATUOR_SECOND_FACTEUR": "0",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": "9",  # nobody listens: nothing leaves
    }


def commande_de_l_image(application: str, port: int) -> list[str]:
    """The CMD of the Dockerfile, for this application, on this port of this machine."""
    texte = (RACINE / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    programme, _, *options = json.loads(re.findall(r"^CMD (\[.*\])$", texte, re.MULTILINE)[-1])
    # Our access log speaks of our addresses: the bare view, which has none, has gunicorn's own.
    otes = ("--bind",) if application.startswith("mobility.") else ("--bind", "--logger-class")
    options = [mot for mot in options if not mot.startswith(otes)]
    return [sys.executable, "-m", programme, application, f"--bind=127.0.0.1:{port}", *options]


@contextlib.contextmanager
def servir(application: str, chemin: str, dossier: Path, env: dict[str, str]) -> Iterator[int]:
    """Its port, once it answers 200 there; stopped at the end whatever happens."""
    import services

    port, journal = services.port_libre(), dossier / f"{application}.log"
    with services._lance(
        commande_de_l_image(application, port), {"cwd": RACINE, "env": env}, journal
    ) as processus:
        limite = time.monotonic() + 90
        while time.monotonic() < limite and processus.poll() is None:
            with contextlib.suppress(OSError):
                if Liaison(port).demander(chemin)[0] == 200:
                    break
            time.sleep(0.2)
        else:
            raise Manque(f"{application} ne répond pas :\n{journal.read_text()[-2000:]}")
        yield port


# --- Data and sessions --------------------------------------------------------------------------


def preparer_la_base(adresse: str) -> None:
    """Tables, static files and the large demonstration, as the owner of the tables."""
    import psycopg

    with psycopg.connect(adresse, autocommit=True) as liaison:
        liaison.execute("CREATE DATABASE quatuor")

    import django

    django.setup()
    from django.core.management import call_command

    from pilotage.demo.grande.charger import charger

    dire("tables et fichiers")
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    dire(f"{CADRES} cadres dans {DEMARCHES} démarches")
    charger(CADRES, DEMARCHES)


def sessions(roles: list[str]) -> list[tuple[str, str]]:
    """(role, cookie) of each of these people: their accounts in turn, logged in without a password."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    comptes = {
        role: list(get_user_model().objects.filter(mandats__role=role).order_by("pk"))
        for role in PARCOURS
    }
    rangs, entres = Counter(), []
    for role in roles:
        client, ceux = Client(), comptes[role]
        client.force_login(
            ceux[rangs[role] % len(ceux)], backend="django.contrib.auth.backends.ModelBackend"
        )
        rangs[role] += 1
        nom = settings.SESSION_COOKIE_NAME
        entres.append((role, f"{nom}={client.cookies[nom].value}"))
    return entres


# --- The load -----------------------------------------------------------------------------------


def ensemble(gens: list[Callable[[], Any]], arret: threading.Event) -> None:
    """All of them at once, to the end; Ctrl-C stops them all, then goes on."""
    fils = [threading.Thread(target=faire, daemon=True) for faire in gens]
    for fil in fils:
        fil.start()
    try:
        for fil in fils:
            while fil.is_alive():
                fil.join(0.5)
    except KeyboardInterrupt:
        arret.set()
        raise


def mesurer(
    port: int, port_nu: int, entres: list[tuple[str, str]], duree: float, pause: float
) -> tuple[Releve, Releve]:
    arret, notre, nue = threading.Event(), Releve(), Releve()

    def la_notre(secondes: float, requetes: int, attente: float, releve: Releve) -> None:
        bornes = Bornes(requetes, time.monotonic() + secondes, arret)
        ensemble(
            [
                lambda r=role, t=temoin: vivre(r, Liaison(port, t), bornes, releve, attente)
                for role, temoin in entres
            ],
            arret,
        )

    def la_nue(secondes: float, requetes: int) -> None:
        bornes = Bornes(requetes, time.monotonic() + secondes, arret)
        ensemble(
            [lambda: vivre_sur_la_vue_nue(Liaison(port_nu), bornes, nue, pause) for _ in entres],
            arret,
        )

    dire("premières pages, qui ne comptent pas")
    la_notre(min(20, duree), len(entres), 5, Releve())
    dire(f"{len(entres)} personnes, {pause:g} s devant chaque page")
    la_nue(duree / 2, REQUETES_MAX // 2)
    la_notre(duree, REQUETES_MAX, pause, notre)
    # As many in all as ours, twice the time that they should want at most.
    la_nue(duree, max(0, len(notre.toutes()) - len(nue.toutes())))
    return notre, nue


def raconter(notre: Releve, nue: Releve, debit: float) -> int:
    print(f"\n{time.strftime('%d/%m/%Y')}, {os.cpu_count()} cœurs, {debit:.1f} pages par seconde\n")
    print(*tableau(notre, nue), sep="\n")
    print(f"\nconnexions rouvertes entre deux pages : {notre.reouvertures}")
    erreurs = Counter(
        re.sub(r"\d+/", "…/", erreur)
        for releve in (notre, nue)
        for lues in releve.erreurs.values()
        for erreur in lues
    )
    for erreur, combien in erreurs.most_common(20):
        print(f"  {combien} × {erreur}")
    print(f"{sum(erreurs.values())} erreur(s)" if erreurs else "aucune erreur")
    return 1 if erreurs or not notre.durees else 0


def borner(plus: float) -> Callable[[str], float]:
    def lire(mot: str) -> float:
        if not 1 <= (valeur := float(mot)) <= plus:
            raise argparse.ArgumentTypeError(f"de 1 à {plus}")
        return valeur

    return lire


def main() -> int:
    analyse = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    analyse.add_argument("--personnes", type=borner(PERSONNES_MAX), default=200)
    analyse.add_argument("--duree", type=borner(DUREE_MAX), default=60, help="seconds of ours")
    analyse.add_argument("--pause", type=borner(60), default=10, help="mean seconds before a page")
    options = analyse.parse_args(shlex.split(os.environ.get("ARGS", "")) or None)

    import services

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="quatuor-charge-") as nom,
            services.postgresql_jetable() as pg,
            services.redis_jetable() as redis,
        ):
            dossier, base = Path(nom), services.base_de(pg, "quatuor")
            (dossier / "reglages_de_charge.py").write_text(REGLAGES)
            (dossier / "vue_nue.py").write_text(VUE_NUE)
            env = environnement(dossier, base, redis.url)
            sys.path.insert(0, nom)
            os.environ.update({**env, "MIGRATIONS_DATABASE_URL": base, "LOG_LEVEL": "WARNING"})
            preparer_la_base(pg.url)
            entres = sessions(foule(int(options.personnes)))
            with (
                servir("mobility.wsgi", "/sante/vivant", dossier, env) as port,
                servir("vue_nue", "/", dossier, env) as port_nu,
            ):
                notre, nue = mesurer(port, port_nu, entres, options.duree, options.pause)
        return raconter(notre, nue, len(notre.toutes()) / options.duree)
    except Manque as manque:
        print(f"\n{manque}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\narrêté : serveurs et base d’essai sont partis", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
