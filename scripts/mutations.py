"""Mutations: would a test notice if a rule were wrong? mutmut changes the rules one line at a time.

`make mutations` (every room: some hours), `make mutations ARGS="pilotage --module publication"`. It works
in a copy, var/mutations/<room>, and runs against each mutant the tests of the room that meet it, on
SQLite; it takes up again where it was stopped, as long as no file has changed. Not in the suite: it asks
how good the tests are, not whether the code is. What survives is written, as diffs, to
var/mutations/<room>.txt.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
ATELIER = RACINE / "var" / "mutations"
APPLICATIONS = ["collectivites", "cadres", "parcours", "opportunites", "pilotage", "mobility"]

#: room → its rules: who may, who sees, how long, what stays secret.
REGLES = {
    "collectivites": (
        "acteurs/predicats.py",
        "acteurs/requetes.py",
        "communs/calendrier.py",
        "garanties/secret.py",
    ),
    "cadres": (
        "*/predicats.py",
        "registre/criteres/predicats.py",
        "requetes.py",
        "candidature/relances.py",
        "donnees_personnelles/conservation.py",
    ),
    "parcours": ("*/predicats.py", "*/requetes.py", "regles.py"),
    "opportunites": ("*/predicats.py", "*/requetes.py", "dossier/droit/delais.py"),
    "pilotage": (
        "cadrage/feuille_de_route/predicats.py",
        "indicateurs/protection/moteur.py",
        "indicateurs/refus.py",
        "indicateurs/secret.py",
    ),
}
#: Browsers, servers, races and walks of every page cost more than they would tell here.
SANS = "not navigateur and not services and not lent and not toutes_les_pages and not matrice and not course"
#: A line that is nothing but a sentence: no test needs to know it by heart.
UNE_PHRASE = r'^\s*(return )?f?"[^"]*"[,)]*$'
TUES = {"killed", "timeout", "caught by type check"}


def modules(salle: str, seul: str) -> list[str]:
    """The modules to mutate: those that bear `seul` in their path. A pattern of REGLES that finds
    none has been left behind by a move."""
    trouves: list[str] = []
    for motif in REGLES[salle]:
        ici = sorted(str(f.relative_to(RACINE)) for f in (RACINE / salle).glob(motif))
        if not ici:
            sys.exit(f"mutations: {salle}/{motif} is no longer there; see REGLES")
        trouves += ici
    choisis = [module for module in trouves if seul in module]
    if not choisis:
        sys.exit(f"mutations: no rule of {salle} bears « {seul} » in its path")
    return choisis


def preparer(salle: str, seul: str) -> Path:
    """The copy in which the room is mutated: what git knows or would add, and mutmut's settings."""
    copie = ATELIER / salle
    fichiers = _fichiers()
    anciens = {str(f.relative_to(copie)) for f in copie.rglob("*.py")}
    perdus = {nom for nom in anciens - fichiers if not nom.startswith(("mutants/", "var/"))}
    for nom in perdus:
        (copie / nom).unlink()
    change = [_copier(RACINE / nom, copie / nom) for nom in fichiers]
    tete = {nom.partition("/")[0] for nom in fichiers} - {*APPLICATIONS, "tests", "var"}
    reglages = {
        "source_paths": APPLICATIONS,
        "only_mutate": modules(salle, seul),
        "also_copy": sorted(tete),
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-m", SANS],
        "pytest_add_cli_args_test_selection": [f"tests/{salle}"],
        "do_not_mutate_patterns": [UNE_PHRASE],
    }
    texte = "\n".join(f"{cle} = {json.dumps(valeur)}" for cle, valeur in reglages.items())
    temoin = copie / "mutmut.txt"
    if perdus or any(change) or not temoin.exists() or temoin.read_text("utf-8") != texte:
        # mutmut would keep the verdicts of yesterday, whatever tests were written since.
        shutil.rmtree(copie / "mutants", ignore_errors=True)
    temoin.write_text(texte, "utf-8")
    projet = (RACINE / "pyproject.toml").read_text("utf-8")
    (copie / "pyproject.toml").write_text(f"{projet}\n[tool.mutmut]\n{texte}\n", "utf-8")
    return copie


def _fichiers() -> set[str]:
    """What git knows or would add, but for what makes the settings of the copy."""
    commande = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    noms = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=True).stdout
    return {n for n in noms.split("\0") if n != "pyproject.toml" and (RACINE / n).is_file()}


def _copier(source: Path, cible: Path) -> bool:
    """Whether the file had changed."""
    if cible.exists() and cible.stat().st_mtime_ns == source.stat().st_mtime_ns:
        return False
    cible.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, cible)
    return True


def mutmut(copie: Path, *arguments: str, muet: bool = False) -> str:
    environnement = {**os.environ, "DATABASE_URL": "", "REDIS_URL": ""}
    commande = [sys.executable, "-m", "mutmut", *arguments]
    sortie = subprocess.PIPE if muet or not sys.stdout.isatty() else None
    fini = subprocess.run(
        commande, cwd=copie, env=environnement, stdout=sortie, text=True, check=False
    )
    if fini.returncode and not muet:
        sys.exit(f"mutations: mutmut stopped\n{(fini.stdout or '')[-2000:]}")
    return fini.stdout or ""


def bilan(salle: str, copie: Path) -> tuple[int, int]:
    """(killed, tried), printed by module; the survivors as diffs in a file."""
    etats: dict[str, Counter[str]] = defaultdict(Counter)
    survivants = []
    for ligne in mutmut(copie, "results", "--all", "true", muet=True).splitlines():
        mutant, _, etat = ligne.strip().rpartition(": ")
        if mutant:
            module = mutant.partition(".x")[0]
            etats[module]["tué" if etat in TUES else etat] += 1
            survivants += [] if etat in TUES else [(mutant, etat)]
    for module, compte in sorted(etats.items()):
        total = sum(compte.values())
        reste = ", ".join(f"{n} {etat}" for etat, n in sorted(compte.items()) if etat != "tué")
        print(f"  {compte['tué'] / total:4.0%}  {compte['tué']:4} / {total:<4} {module}  {reste}")
    textes = [mutmut(copie, "show", m, muet=True) or f"# {m}: {etat}\n" for m, etat in survivants]
    (ATELIER / f"{salle}.txt").write_text("\n".join(textes), encoding="utf-8")
    return sum(c["tué"] for c in etats.values()), sum(c.total() for c in etats.values())


def main() -> int:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("salles", nargs="*", help=", ".join(REGLES))
    lecteur.add_argument("--module", default="", help="only those whose path holds this")
    lecteur.add_argument("--processus", type=int, default=os.cpu_count(), help="at once")
    choix = lecteur.parse_args()
    if inconnues := set(choix.salles) - REGLES.keys():
        lecteur.error(f"unknown room: {', '.join(inconnues)}")
    comptes = []
    for salle in choix.salles or REGLES:
        copie = preparer(salle, choix.module)
        mutmut(copie, "run", "--max-children", str(choix.processus))
        print(f"\n{salle}")
        comptes.append(bilan(salle, copie))
    tues, total = (sum(n) for n in zip(*comptes, strict=True))
    print(
        f"\nmutations: {tues} killed of {total} ({tues / total:.0%}); survivors in var/mutations/"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
