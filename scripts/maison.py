"""The shape of the house, held by `make check`: folders, views, functions and modules of a size that
one reads at once. Speaks only when something is too large."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
PIECES = ("collectivites", "cadres", "parcours", "opportunites", "pilotage")
ENTREES_MAX = 15
VUE_MAX = 40
FONCTION_MAX = 50
MODULE_MAX = 400

#: Longer than the rest, and read more easily whole: the reason stands beside each.
EXCEPTIONS = {
    "cadres/recensement/diagnostic.py:diagnostiquer": "the order of the reading, one step a line",
    "cadres/donnees_personnelles/purge.py:_menages": "a table: one entry a rule of conservation",
}


def dossiers() -> Iterator[str]:
    for piece in PIECES:
        for dossier in [RACINE / piece, *(RACINE / piece).rglob("*")]:
            if not dossier.is_dir() or dossier.name in {"__pycache__", "migrations"}:
                continue
            noms = [e.name for e in dossier.iterdir() if _a_un_contenu(e)]
            if len(noms) > ENTREES_MAX and "migrations" not in dossier.parts:
                yield f"{dossier.relative_to(RACINE)} : {len(noms)} entrées (au plus {ENTREES_MAX})"


def _a_un_contenu(entree: Path) -> bool:
    """A file that says something, or a folder that holds more than what Python left there."""
    if entree.is_file():
        return entree.name != "__init__.py" or entree.stat().st_size > 0
    return any(f.is_file() and "__pycache__" not in f.parts for f in entree.rglob("*"))


def modules() -> Iterator[str]:
    for piece in PIECES:
        for module in (RACINE / piece).rglob("*.py"):
            if "migrations" in module.parts:
                continue
            nom = str(module.relative_to(RACINE))
            texte = module.read_text(encoding="utf-8")
            if len(texte.splitlines()) > MODULE_MAX:
                yield f"{nom} : {len(texte.splitlines())} lignes (au plus {MODULE_MAX})"
            yield from _fonctions(nom, ast.parse(texte))


def _fonctions(nom: str, arbre: ast.Module) -> Iterator[str]:
    for noeud in ast.walk(arbre):
        if not isinstance(noeud, ast.FunctionDef):
            continue
        longueur = (noeud.end_lineno or noeud.lineno) - noeud.lineno + 1
        arguments = [argument.arg for argument in noeud.args.args]
        est_vue = arguments[:1] == ["request"]
        maximum = VUE_MAX if est_vue else FONCTION_MAX
        if longueur > maximum and f"{nom}:{noeud.name}" not in EXCEPTIONS:
            yield f"{nom}:{noeud.lineno} {noeud.name} : {longueur} lignes (au plus {maximum})"


def main() -> int:
    fautes = [*dossiers(), *modules()]
    print(*fautes, sep="\n", end="\n" if fautes else "")
    return 1 if fautes else 0


if __name__ == "__main__":
    sys.exit(main())
