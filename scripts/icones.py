"""Draw the icons of the site for a telephone, from the house's own `static/icones/quatuor.svg`.

    python scripts/icones.py

The sign is made of rectangles alone: its `rect`, and paths « M x y h… v… H… z ». Four times as large,
then reduced: edges are smooth. « Maskable » keeps the sign inside the circle that a system may cut.
"""

import re
from pathlib import Path

from PIL import Image, ImageDraw

ICONES = Path(__file__).resolve().parent.parent / "static" / "icones"
COTE = 32  # of the drawing
#: name → (side in pixels, part of the side that the sign takes)
TAILLES = {
    "quatuor-180": (180, 1.0),
    "quatuor-192": (192, 1.0),
    "quatuor-512": (512, 1.0),
    "quatuor-masque-512": (512, 0.72),
}
FOND = re.compile(r'<rect[^>]*fill="(#\w+)"')
BARRE = re.compile(r'<path fill="(#\w+)" d="M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)[Hh][-\d.]+z"/>')


def dessiner(svg: str, cote: int, part: float) -> Image.Image:
    """The sign on its ground, which fills the square: the system rounds the corners as it likes."""
    fond = FOND.search(svg)
    barres = BARRE.findall(svg)
    if fond is None or len(barres) != svg.count("<path"):
        raise SystemExit(
            "quatuor.svg n’est plus fait de rectangles : dessinez les icônes autrement."
        )
    grand = cote * 4
    image = Image.new("RGB", (grand, grand), fond[1])
    crayon = ImageDraw.Draw(image)
    echelle, marge = grand * part / COTE, grand * (1 - part) / 2
    for couleur, *nombres in barres:
        x, y, largeur, hauteur = map(float, nombres)
        coins = (x, y, x + largeur, y + hauteur)
        crayon.rectangle([marge + c * echelle for c in coins], fill=couleur)
    return image.resize((cote, cote), Image.Resampling.LANCZOS)


def ecrire() -> None:
    svg = (ICONES / "quatuor.svg").read_text(encoding="utf-8")
    for nom, (cote, part) in TAILLES.items():
        dessiner(svg, cote, part).save(ICONES / f"{nom}.png", optimize=True)


if __name__ == "__main__":
    ecrire()
