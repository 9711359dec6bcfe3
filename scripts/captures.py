"""The screenshots of the README, taken on a demo of its own: `make captures`.

Nothing of the demo in var/ is read or written: data, server and browser are made for the
occasion. Pictures go to docs/captures/.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

from preparer import RACINE, Manque, dire
from services import chromium, node, port_libre

from tests.services import OPTIONS_CHROMIUM

CIBLE = RACINE / "docs" / "captures"
MOT_DE_PASSE = "quatuor-demo-2028"


@dataclass(frozen=True)
class Capture:
    nom: str
    compte: str  # of the demo, without its domain
    chemin: str
    largeur: int = 1440
    hauteur: int = 1000
    theme: str = "light"


CAPTURES = [
    Capture("pilotage", "dgs.ville", "/pilotage/"),
    Capture("registre", "drh.region", "/registre/"),
    Capture("mon-parcours", "cadre", "/mon-parcours/", largeur=390, hauteur=844, theme="dark"),
]


@contextmanager
def demo_jetable() -> Iterator[str]:
    """The address of a demo just loaded, in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="quatuor-captures-") as dossier:
        port = port_libre()
        environnement = {**os.environ, "QUATUOR_DEMO": "1", "QUATUOR_VAR": dossier}
        for variable in ("DATABASE_URL", "REDIS_URL", "DEBUG"):
            environnement.pop(variable, None)

        gerer = [sys.executable, "manage.py"]
        options = {"cwd": RACINE, "env": environnement, "stdout": subprocess.DEVNULL}
        subprocess.run([*gerer, "migrate", "--verbosity=0"], check=True, **options)
        subprocess.run([*gerer, "demo"], check=True, **options)
        serveur = subprocess.Popen(
            [*gerer, "runserver", "--noreload", "--nostatic", f"127.0.0.1:{port}"], **options
        )
        try:
            adresse = f"http://127.0.0.1:{port}"
            for _ in range(100):
                try:
                    urllib.request.urlopen(f"{adresse}/sante/", timeout=2)  # noqa: S310 (ours)
                    break
                except (urllib.error.URLError, TimeoutError):
                    time.sleep(0.2)
            yield adresse
        finally:
            serveur.terminate()
            serveur.wait(10)


def photographier(adresse: str, captures: list[Capture], dossier: Path) -> None:
    from playwright.sync_api import sync_playwright

    dossier.mkdir(parents=True, exist_ok=True)
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = node()
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(
            executable_path=chromium()[0], args=OPTIONS_CHROMIUM
        )
        for capture in captures:
            contexte = navigateur.new_context(
                viewport={"width": capture.largeur, "height": capture.hauteur},
                color_scheme=capture.theme,
                locale="fr-FR",
                reduced_motion="reduce",
            )
            page = contexte.new_page()
            page.goto(f"{adresse}/comptes/connexion/")
            page.fill("input[name=login]", f"{capture.compte}@demo.example")
            page.fill("input[name=password]", MOT_DE_PASSE)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(lambda url: "/comptes/connexion/" not in url)
            reponse = page.goto(f"{adresse}{capture.chemin}")
            if reponse is None or reponse.status != 200:
                raise Manque(f"{capture.chemin} n’a pas répondu 200 pour {capture.compte}.")
            page.evaluate("document.fonts.ready")
            page.screenshot(path=dossier / f"{capture.nom}.png")
            dire(f"{dossier.name}/{capture.nom}.png")
            contexte.close()
        navigateur.close()


def main() -> int:
    try:
        with demo_jetable() as adresse:
            photographier(adresse, CAPTURES, CIBLE)
    except Manque as manque:
        print(f"\n{manque}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
