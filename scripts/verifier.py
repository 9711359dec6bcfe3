"""What `make check` checks. Each tool speaks only when it has something to say."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
APPLICATIONS = ["collectivites", "cadres", "parcours", "opportunites", "pilotage", "mobility"]
BINAIRES = Path(sys.executable).parent


def _module(nom: str, *options: str) -> list[str]:
    return [sys.executable, "-m", nom, *options]


CONTROLES = {
    "types (mypy)": _module("mypy", "--no-error-summary", *APPLICATIONS),
    "format (ruff)": _module("ruff", "format", "--check", "--output-format=concise", "."),
    "lint (ruff)": _module("ruff", "check", "--quiet", "--output-format=concise", "."),
    "gabarits : format (djangofmt)": [str(BINAIRES / "djangofmt"), "--check", "templates"],
    "gabarits : lint (djlint)": _module("djlint", "templates", "--lint", "--quiet"),
    "couches (import-linter)": [sys.executable, str(BINAIRES / "lint-imports"), "--no-cache"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "réglages (manage.py check)": [sys.executable, "manage.py", "check", "--fail-level=WARNING"],
    "taille des pièces": [sys.executable, "scripts/maison.py"],
    "gabarits inutiles": [sys.executable, "scripts/gabarits_inutiles.py"],
    "gabarits lisibles": [sys.executable, "scripts/gabarits_lisibles.py"],
    "gabarits sans code": [sys.executable, "scripts/gabarits_codes.py"],
}


def controler(commande: list[str]) -> tuple[int, str]:
    environnement = {**os.environ, "DJANGO_SETTINGS_MODULE": "mobility.settings_test"}
    environnement.pop("DATABASE_URL", None)
    fini = subprocess.run(
        commande, cwd=RACINE, env=environnement, capture_output=True, text=True, check=False
    )
    return fini.returncode, (fini.stdout + fini.stderr).strip()


def main() -> int:
    echecs = 0
    with ThreadPoolExecutor(os.cpu_count()) as fils:
        for nom, (code, texte) in zip(
            CONTROLES, fils.map(controler, CONTROLES.values()), strict=True
        ):
            if code:
                echecs += 1
                print(f"=== {nom} ===\n{texte}\n")
    print(f"check : {echecs} contrôle(s) en échec" if echecs else "check : rien à signaler")
    return 1 if echecs else 0


if __name__ == "__main__":
    sys.exit(main())
