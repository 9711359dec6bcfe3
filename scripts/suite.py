"""The whole suite, with the real servers: `make test`.

Three runs, in which a test is met once, but for the guarantees that are written for each engine: on
PostgreSQL, the walk of every page for every role, what the engines do differently, the races (real
threads) and what needs Redis and a Celery worker; on SQLite, all the rest; in a browser, on SQLite. The last
lines say what really ran: a part that did not run is a failure, and so is an unknown one. A part alone:
`make test PARTIE=sqlite|postgresql|navigateur`; options of pytest: `make test ARGS="-k import"`.

`make test-lourd` (PARTIE=lourd): what is slow and real, and on PostgreSQL everything that meets the
database, with long random stories; in the browser, every page as every role.
"""

import contextlib
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import services
from preparer import RACINE, Manque, dire

A_PART = "not services and not course and not navigateur"
#: Without those that meet no database, which run once.
SUR_POSTGRESQL = (
    "(moteur or deux_moteurs or services or course or matrice) and not sans_base and not lourd"
)
ORDINAIRES = f"{A_PART} and not lourd and not matrice and (not moteur or sans_base)"
NAVIGATEUR = "navigateur and not lourd"
LOURDS = f"{A_PART} and (lourd or (moteur and not sans_base))"
TOUT_SUR_POSTGRESQL = "not navigateur and not sans_base"
PARTIES = ("sqlite", "postgresql", "navigateur")
#: Random stories of `make test-lourd`: enough for each act to be met.
HISTOIRES = "120"


class Partie:
    """One run of pytest and its tally."""

    def __init__(
        self, titre: str, selection: str, environnement: dict[str, str], processus: int = 2
    ) -> None:
        self.titre = titre
        self.selection = selection
        self.environnement = environnement
        self.processus = processus
        self.compte: dict[str, Counter] = {}
        self.code = -1
        self.duree = 0.0

    def lancer(self, options: list[str], dossier: Path) -> None:
        print(f"\n=== {self.titre} ===", flush=True)
        bilan = dossier / f"{abs(hash(self.titre))}.json"
        environnement = {**os.environ, **self.environnement, "QUATUOR_BILAN": str(bilan)}
        environnement.pop("PYTHONDONTWRITEBYTECODE", None)
        # worksteal: neighbours stay together, so that what a module sets up is set up once.
        repartition = ["-n", str(self.processus), "--dist", "worksteal"]
        commande = [
            *[sys.executable, "-m", "pytest", "-q", "-m", self.selection],
            *[*repartition, *self._sans_lire(), *options],
        ]
        debut = time.monotonic()
        self.code = subprocess.run(commande, check=False, cwd=RACINE, env=environnement).returncode
        self.duree = time.monotonic() - debut
        lu = json.loads(bilan.read_text()) if bilan.exists() else {}
        self.compte = {cle: Counter(valeur) for cle, valeur in lu.items()}

    def _sans_lire(self) -> list[str]:
        """Folders where it would choose nothing: each process would import them for that."""
        du_navigateur = self.selection.startswith("navigateur")
        return [
            f"--ignore={dossier}"
            for dossier in (RACINE / "tests").iterdir()
            if dossier.is_dir() and (dossier.name == "navigateur") is not du_navigateur
        ]

    def nombre(self, marque: str = "total", resultat: str = "passed") -> int:
        return self.compte.get(marque, Counter())[resultat]

    @property
    def echecs(self) -> int:
        """Failed tests; one at least when pytest itself failed."""
        return max(self.nombre(resultat="failed"), int(self.code not in (0, 5)))

    def ligne(self, nom: str, marque: str = "total", extra: str = "") -> str:
        passes, sautes = self.nombre(marque), self.nombre(marque, "skipped")
        rates = self.nombre(marque, "failed")
        detail = f"{passes} passed" + (f", {rates} failed" if rates else "")
        detail += f", {sautes} skipped" if sautes else ""
        return f"{nom:<24}{detail}{extra}"


def _sans_serveurs() -> dict[str, str]:
    return {"DATABASE_URL": "", "REDIS_URL": ""}


def lancer(parties: set[str], options: list[str]) -> int:
    faites: dict[str, Partie] = {}
    lignes: list[str] = []
    manques: list[str] = []

    def compter(partie: Partie, nom: str, marque: str = "total", precision: str = "") -> None:
        extra = f"   {partie.duree:.0f} s" if marque == "total" else ""
        lignes.append(partie.ligne(nom, marque, f"   {precision}" if precision else extra))
        if not partie.nombre(marque):
            manques.append(nom)

    with contextlib.ExitStack() as pile:
        dossier = Path(pile.enter_context(tempfile.TemporaryDirectory(prefix="quatuor-essais-")))
        # Everything that may be missing is asked for before the first test.
        if {"postgresql", "lourd"} & parties:
            pg = pile.enter_context(services.postgresql())
            redis = pile.enter_context(services.redis_serveur())
            dire(f"PostgreSQL {pg.version} ({pg.origine}), Redis {redis.version} ({redis.origine})")
        if {"navigateur", "lourd"} & parties:
            chemin, version_chromium = services.chromium()
            node = services.node()
            dire(f"Chromium {version_chromium}")

        if "sqlite" in parties:
            partie = faites["sqlite"] = Partie("SQLite", ORDINAIRES, _sans_serveurs())
            partie.lancer(options, dossier)
            compter(partie, "SQLite")
            compter(partie, "  without a database", "sans_base", "not repeated below")
        if "lourd" in parties:
            partie = faites["lourd"] = Partie("SQLite, lourd", LOURDS, _sans_serveurs())
            partie.lancer(options, dossier)
            compter(partie, "SQLite, heavy and by engine")
        if {"postgresql", "lourd"} & parties:
            base = f"quatuor_essais_{os.getpid()}"
            environnement = {
                "DATABASE_URL": services.base_de(pg, base),
                "REDIS_URL": redis.url,
                "REDIS_PREFIX": base,
            }
            pile.callback(services.effacer_bases, pg, f"test_{base}")
            pile.callback(services.effacer_cles, redis, base)
            titre = f"PostgreSQL {pg.version}, Redis {redis.version}, Celery"
            selection = SUR_POSTGRESQL
            if "lourd" in parties:
                selection = TOUT_SUR_POSTGRESQL
                environnement["QUATUOR_EXEMPLES"] = HISTOIRES
            partie = faites["postgresql"] = Partie(titre, selection, environnement)
            partie.lancer(options, dossier)
            compter(partie, f"PostgreSQL {pg.version}")
            compter(partie, "  every page × role", "matrice")
            compter(partie, "  races (threads)", "course")
            compter(partie, "  Redis, Celery worker", "services", f"Redis {redis.version}")
        if {"navigateur", "lourd"} & parties:
            environnement = {
                **_sans_serveurs(),
                "QUATUOR_CHROMIUM": chemin,
                "PLAYWRIGHT_NODEJS_PATH": node,
                "QUATUOR_TEST_SQLITE": str(dossier / "navigateur.sqlite3"),
            }
            # Three on two cores: a browser waits a little, four of them only share.
            selection = "navigateur" if "lourd" in parties else NAVIGATEUR
            partie = faites["navigateur"] = Partie("Chromium", selection, environnement, 3)
            partie.lancer(options, dossier)
            compter(partie, f"Chromium {version_chromium}")

    passes = sum(partie.nombre() for partie in faites.values())
    echecs = sum(partie.echecs for partie in faites.values())
    print("\n=== What really ran ===")
    print("\n".join(lignes))
    if manques and (not options or not passes):
        print(f"Nothing ran for: {', '.join(nom.strip() for nom in manques)}")
        echecs = max(echecs, 1)
    if "lourd" not in parties:
        print("The heaviest tests, and everything on PostgreSQL: make test-lourd")
    print(f"{passes} passed, {echecs} failed")
    return 1 if echecs else 0


def main() -> int:
    demandees = set(os.environ.get("PARTIE", "").replace(",", " ").split())
    parties = demandees or set(PARTIES)
    if inconnues := parties - {*PARTIES, "lourd"}:
        print(f"Unknown part: {', '.join(sorted(inconnues))}. Parts: {', '.join(PARTIES)}, lourd.")
        print("0 passed, 1 failed")
        return 1
    try:
        return lancer(parties, shlex.split(os.environ.get("ARGS", "")))
    except Manque as manque:
        print(f"\n{manque}", file=sys.stderr)
        print("0 passed, 1 failed")
        return 1


if __name__ == "__main__":
    sys.exit(main())
