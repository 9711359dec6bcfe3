"""Copy the few front-end files that pages load, from node_modules/ to static/vendor/.

Two things are taken away, since pages must not ask for what the server refuses:
- the address of source maps, which the manifest of static files would look for;
- `data:` images, which the Content-Security-Policy blocks (Bootstrap's ticks and arrows: ours
  are native controls, tinted by accent-color).
"""

import re
import shutil
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
SOURCE = RACINE / "node_modules"
CIBLE = RACINE / "static" / "vendor"

SANS = "@fontsource-variable/source-sans-3"
SERIF = "@fontsource-variable/source-serif-4"
FICHIERS = [
    "bootstrap/dist/css/bootstrap.min.css",
    "htmx.org/dist/htmx.min.js",
    "sortablejs/Sortable.min.js",
    # Variable fonts: one file for all weights; WeasyPrint reads them as well.
    f"{SANS}/files/source-sans-3-latin-wght-normal.woff2",
    f"{SANS}/files/source-sans-3-latin-wght-italic.woff2",
    f"{SANS}/files/source-sans-3-latin-ext-wght-normal.woff2",
    f"{SERIF}/files/source-serif-4-latin-opsz-normal.woff2",
    f"{SERIF}/files/source-serif-4-latin-ext-opsz-normal.woff2",
]
LICENCES = {
    "bootstrap": "bootstrap/LICENSE",
    "htmx": "htmx.org/LICENSE",
    "sortable": "sortablejs/LICENSE",
    "source-sans-3": f"{SANS}/LICENSE",
    "source-serif-4": f"{SERIF}/LICENSE",
}

CARTE = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+")
IMAGE_INCLUSE = re.compile(r"""url\((["'])data:.*?\1\)""")


def copier() -> None:
    if CIBLE.exists():
        shutil.rmtree(CIBLE)
    (CIBLE / "licences").mkdir(parents=True)
    for nom in FICHIERS:
        fichier = SOURCE / nom
        if fichier.suffix in {".css", ".js"}:
            texte = CARTE.sub("", fichier.read_text(encoding="utf-8"))
            if fichier.suffix == ".css":
                texte = IMAGE_INCLUSE.sub("none", texte)
            (CIBLE / fichier.name).write_text(texte.rstrip() + "\n", encoding="utf-8")
        else:
            shutil.copyfile(fichier, CIBLE / fichier.name)
    for nom, licence in LICENCES.items():
        shutil.copyfile(SOURCE / licence, CIBLE / "licences" / f"{nom}.txt")


if __name__ == "__main__":
    copier()
