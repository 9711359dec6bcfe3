"""Writes the tables of docs/securite.md from docs/securite/*.csv: `python scripts/securite.py`."""

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

RACINE = Path(__file__).resolve().parent.parent
DOCUMENT = RACINE / "docs" / "securite.md"
#: What stands above is written by hand; what follows, by this script.
MARQUE = "<!-- La suite est écrite par scripts/securite.py, d’après docs/securite/*.csv. -->\n"

CHAPITRES = {
    1: "Encodage et assainissement",
    2: "Validation et règles du métier",
    3: "Navigateur",
    4: "Services web",
    5: "Fichiers",
    6: "Authentification",
    7: "Sessions",
    8: "Droits",
    9: "Jetons autoportés",
    10: "OAuth et OpenID Connect",
    11: "Cryptographie",
    12: "Communications",
    13: "Configuration",
    14: "Données",
    15: "Code et architecture",
    16: "Journaux et erreurs",
    17: "WebRTC",
}
REPONSES = ("fait", "sans objet", "à faire")


class Exigence(NamedTuple):
    numero: str
    niveau: str
    sujet: str
    reponse: str
    explication: str
    test: str

    @property
    def chapitre(self) -> int:
        return int(self.numero.split(".")[0])

    @property
    def tests(self) -> list[str]:
        return self.test.split(" ; ") if self.test else []


class Constat(NamedTuple):
    constat: str
    sujet: str
    etat: str
    explication: str
    test: str

    @property
    def tests(self) -> list[str]:
        return self.test.split(" ; ") if self.test else []


def _lignes(nom: str) -> list[list[str]]:
    with (RACINE / "docs" / "securite" / nom).open(encoding="utf-8", newline="") as fichier:
        return list(csv.reader(fichier))[1:]


def exigences() -> list[Exigence]:
    return [Exigence(*ligne) for ligne in _lignes("asvs.csv")]


def constats() -> list[Constat]:
    return [Constat(*ligne) for ligne in _lignes("constats.csv")]


def _nom_court(test: str) -> str:
    """The file without its common root, then the function: it is searched by its name."""
    chemin, fonction = test.split("::")
    return f"`{chemin.removeprefix('tests/')}` {fonction}"


def _tests(ligne: Exigence | Constat) -> str:
    return "<br>".join(map(_nom_court, ligne.tests))


def tableaux() -> str:
    toutes = exigences()
    compte = [
        _compter("1", [e for e in toutes if e.niveau == "1"]),
        _compter("2", [e for e in toutes if e.niveau == "2"]),
        _compter("1 et 2", toutes),
    ]
    morceaux = [
        "## Compte\n\n| niveau | fait, un test le montre | fait, sans test | sans objet | à faire | total |\n"
        "| --- | --- | --- | --- | --- | --- |\n" + "\n".join(compte) + "\n"
    ]
    morceaux.append("## Ce qui reste à faire\n\nLe détail est à sa place, plus bas.\n")
    for niveau in ("1", "2"):
        restent = [
            f"{e.numero} {e.sujet}" for e in toutes if e.niveau == niveau and e.reponse == "à faire"
        ]
        morceaux.append(f"Niveau {niveau} ({len(restent)}) : {' ; '.join(restent)}.\n")
    for chapitre, titre in CHAPITRES.items():
        lignes = [
            f"| {e.numero} | {e.niveau} | {e.sujet} | {_reponse(e)} | {e.explication} | {_tests(e)} |"
            for e in toutes
            if e.chapitre == chapitre
        ]
        morceaux.append(
            f"## V{chapitre}. {titre}\n\n| exigence | niveau | sujet | réponse | comment, ou pourquoi | test |\n"
            "| --- | --- | --- | --- | --- | --- |\n" + "\n".join(lignes) + "\n"
        )
    lignes = [
        f"| {c.constat} | {c.sujet} | {c.etat} | {c.explication} | {_tests(c)} |"
        for c in constats()
    ]
    morceaux.append(
        "## Constats de l’attaque de 2026\n\nL’application a été attaquée exprès, par 84 000 requêtes, "
        "des pannes et des courses. Voici ce qui avait cédé, et ce qu’il en est.\n\n"
        "| constat | sujet | état | comment, ou ce qui reste | test |\n| --- | --- | --- | --- | --- |\n"
        + "\n".join(lignes)
        + "\n"
    )
    return "\n".join(morceaux)


def _compter(niveau: str, lesquelles: list[Exigence]) -> str:
    compte = Counter(map(_reponse, lesquelles))
    nombres = [compte[r] for r in ("fait", "fait, sans test", "sans objet", "à faire")]
    return f"| {niveau} | {' | '.join(map(str, nombres))} | {len(lesquelles)} |"


def _reponse(e: Exigence) -> str:
    return "fait, sans test" if e.reponse == "fait" and not e.test else e.reponse


def document() -> str:
    haut, _, _ = DOCUMENT.read_text(encoding="utf-8").partition(MARQUE)
    return f"{haut}{MARQUE}\n{tableaux()}"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
    sys.stdout.write("docs/securite.md: written\n")
