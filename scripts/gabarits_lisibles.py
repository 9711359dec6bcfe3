"""What the formatter of templates leaves: lines too long, a space put before a comma or a dot."""

import re
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
LARGEUR = 120

# What cannot be cut: a tag of Django alone on its line (and its end), a variable, an attribute.
INSECABLE = re.compile(
    r"\s*(?:\{%[^%]*%\}(?:\{% end\w+ %\})?|\{\{.*\}\}[.,]?|[\w-]+=(?:\"[^\"]*\"|'[^']*'))\s*"
)
# A line begins with a space: the formatter may have broken it between two conditions.
SIGNE_DETACHE = re.compile(r"\s+(?:\{% (?:if|for) [^%]*%\})?[,.)](?!\w)")


def defauts(lignes: list[str]) -> list[tuple[int, str]]:
    trouves = []
    for numero, ligne in enumerate(lignes, 1):
        if len(ligne) > LARGEUR and not INSECABLE.fullmatch(ligne):
            trouves.append((numero, f"{len(ligne)} caractères"))
        if SIGNE_DETACHE.match(ligne):
            trouves.append((numero, "un espace s’affichera avant la ponctuation"))
    return trouves


def main() -> int:
    echecs = 0
    for fichier in sorted((RACINE / "templates").rglob("*.html")):
        for numero, quoi in defauts(fichier.read_text(encoding="utf-8").split("\n")):
            print(f"{fichier.relative_to(RACINE)}:{numero} : {quoi}")
            echecs += 1
    return 1 if echecs else 0


if __name__ == "__main__":
    sys.exit(main())
