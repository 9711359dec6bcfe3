"""Codes typed in templates: `x.etat == "envoyee"`, `civilite == "F"`, and an `est_…` of nobody.

A template that compares with a code, or asks a property that does not exist, is silently false.
"""

import re
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
APPLICATIONS = ["collectivites", "cadres", "parcours", "opportunites", "pilotage", "mobility"]

COMPARAISON = re.compile(
    r"""\b(etat|civilite)\s*(?:==|!=|\bin\b)\s*["']|["'][\w-]*["']\s*(?:==|!=)\s*[\w.]*\b(etat|civilite)\b"""
)
DEMANDE = re.compile(r"\{[{%][^}]*?\best_\w+[^}]*?[}%]\}")
NOM = re.compile(r"(?<![\w\"'=-])est_\w+")
# A property, a field, a variable of a view, a key of a context.
DEFINI = re.compile(r"""\bdef (est_\w+)|\b(est_\w+)\s*[:=]|["'](est_\w+)["']""")
# `@dit_son_etat` makes one of each member of an enumeration; `{% frise %}`, of its four states.
MEMBRE = re.compile(r"""^    [A-Z][A-Z0-9_]* = ["'](\w+)["'],""", re.MULTILINE)
FRISE = {"est_fait", "est_ici", "est_a_venir", "est_tard"}


def definis() -> set[str]:
    noms = set(FRISE)
    for application in APPLICATIONS:
        for fichier in (RACINE / application).rglob("*.py"):
            texte = fichier.read_text(encoding="utf-8")
            noms |= {nom for trouve in DEFINI.findall(texte) for nom in trouve if nom}
            noms |= {f"est_{code}" for code in MEMBRE.findall(texte)}
    return noms


def defauts(texte: str, connus: set[str]) -> list[tuple[int, str]]:
    """(line, what is wrong), of one template."""
    trouves = []
    locaux = set(re.findall(r"\b(est_\w+)=", texte))
    for numero, ligne in enumerate(texte.split("\n"), 1):
        if COMPARAISON.search(ligne):
            trouves.append((numero, "compare à un code : une propriété est_…, ou « accorde »"))
        demandes = {nom for bout in DEMANDE.findall(ligne) for nom in NOM.findall(bout)}
        trouves += [(numero, f"{nom} n’existe nulle part") for nom in demandes - connus - locaux]
    return trouves


def main() -> int:
    connus, echecs = definis(), 0
    for fichier in sorted((RACINE / "templates").rglob("*.*")):
        if fichier.suffix in {".html", ".txt"}:
            for numero, quoi in defauts(fichier.read_text(encoding="utf-8"), connus):
                print(f"{fichier.relative_to(RACINE)}:{numero} : {quoi}")
                echecs += 1
    return 1 if echecs else 0


if __name__ == "__main__":
    sys.exit(main())
