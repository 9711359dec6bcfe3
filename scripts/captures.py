"""The screenshots of the README and of the guide, taken on a demo of its own: `make captures`.

Nothing of the demo in var/ is read or written: data, server and browser are made for the
occasion. Pictures go to docs/captures/ and docs/guide/images/. `make captures NOM=drh-registre` takes one.
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

README = RACINE / "docs" / "captures"
GUIDE = RACINE / "docs" / "guide" / "images"
MOT_DE_PASSE = "quatuor-demo-2028"


@dataclass(frozen=True)
class Capture:
    """A page of the demo, as one of its accounts sees it, under the title that it must bear."""

    nom: str
    compte: str  # of the demo, without its domain
    chemin: str
    titre: str  # of the page, as its tab says it
    largeur: int = 1440
    hauteur: int = 1000
    theme: str = "light"


TELEPHONE = {"largeur": 390, "hauteur": 844}
CAPTURES = [
    Capture("pilotage", "dgs.ville", "/pilotage/", "Pilotage de la démarche"),
    Capture("registre", "drh.region", "/registre/", "Registre des cadres"),
    Capture("mon-parcours", "cadre", "/mon-parcours/", "Mon parcours", theme="dark", **TELEPHONE),
]


def _du_guide(nom: str, compte: str, chemin: str, titre: str, **reste: int) -> Capture:
    return Capture(nom, compte, chemin, titre, **{"largeur": 1280, "hauteur": 800, **reste})


#: A line here, and `![ce que l’on y voit](images/NOM.png)` in docs/guide: a picture more.
CAPTURES_DU_GUIDE = [
    _du_guide("cadre-mon-parcours", "cadre", "/mon-parcours/", "Mon parcours"),
    _du_guide("cadre-telephone", "cadre", "/opportunites/", "Postes ouverts", **TELEPHONE),
    _du_guide("cadre-rappels", "cadre", "/mon-agenda/", "Rappels et agenda"),
    _du_guide("cadre-offres", "cadre", "/immersions/offres/", "Offres d’immersion", **TELEPHONE),
    _du_guide("cadre-reseau", "cadre", "/reseau/", "Le réseau"),
    _du_guide("drh-a-faire", "drh.region", "/", "À faire"),
    _du_guide("drh-registre", "drh.region", "/registre/", "Registre des cadres"),
    _du_guide("drh-mobilites", "drh.region", "/mobilites/", "Mobilités"),
    _du_guide("drh-modeles", "drh.ville", "/modeles/", "Modèles Word"),
    _du_guide("dgs-a-faire", "dgs.ville", "/", "À faire"),
    _du_guide("dgs-pilotage", "dgs.ville", "/pilotage/", "Pilotage de la démarche"),
    _du_guide("dgs-evaluations", "dgs.ville", "/pilotage/evaluations/", "Ce que vaut le parcours"),
    _du_guide("dgs-journal", "dgs.ville", "/journal/", "Journal des décisions"),
    _du_guide("accompagnateur-a-faire", "accompagnateur", "/", "À faire"),
    _du_guide("feuille-de-route", "dgs.ville", "/feuille-de-route/", "Feuille de route"),
    _du_guide(
        "exploitant-ouvrir", "admin", "/demarches/ouvrir/", "Ouvrir une démarche : ses règles"
    ),
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


def alleger(fichier: Path) -> None:
    """A screen has few colours: 128 are enough, and weigh a third."""
    from PIL import Image

    with Image.open(fichier) as image:
        image.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(fichier, optimize=True)


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
            titre = " ".join(page.title().removesuffix(" · Quatuor").split())
            if titre != capture.titre:
                raise Manque(f"{capture.chemin} s’intitule « {titre} », non « {capture.titre} ».")
            page.evaluate("document.fonts.ready")
            fichier = dossier / f"{capture.nom}.png"
            page.screenshot(path=fichier)
            alleger(fichier)
            dire(f"{dossier.name}/{fichier.name} : {fichier.stat().st_size // 1024} ko")
            contexte.close()
        navigateur.close()


def choisies(captures: list[Capture], nom: str) -> list[Capture]:
    return [capture for capture in captures if not nom or capture.nom == nom]


def main(nom: str = "") -> int:
    try:
        with demo_jetable() as adresse:
            photographier(adresse, choisies(CAPTURES, nom), README)
            photographier(adresse, choisies(CAPTURES_DU_GUIDE, nom), GUIDE)
    except Manque as manque:
        print(f"\n{manque}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
