"""Measures the sample of docs/accessibilite and writes its grid: `make rgaa`, or without measuring anew
`python scripts/rgaa.py --grille`.

A demo of its own is loaded, opened by a browser, and read (`rgaa_releve`). Then, for each criterion of
`criteres.csv` and each document of `echantillon.csv`: what somebody judged (`jugements.csv`), else what was
measured, else what is not there to judge.
"""

import csv
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

RACINE = Path(__file__).resolve().parent.parent
DOSSIER = RACINE / "docs" / "accessibilite"
CONFORME, NON_CONFORME, SANS_OBJET = "conforme", "non conforme", "non applicable"
ENTETE = ("critere", "document", "etat", "raison", "essai")


class Critere(NamedTuple):
    """`objet`: what a page must hold for it to apply; `documents`: « oui » when it holds for a file."""

    critere: str
    niveau: str
    sujet: str
    objet: str
    documents: str
    moyen: str
    essai: str


class Jugement(NamedTuple):
    """What a person saw, which no measure tells. `documents`: codes, or « tous »."""

    critere: str
    documents: str
    etat: str
    raison: str


def lire(nom: str) -> list[list[str]]:
    with (DOSSIER / nom).open(encoding="utf-8", newline="") as fichier:
        return list(csv.reader(fichier))[1:]


def ecrire(nom: str, entete: tuple[str, ...], lignes: list[tuple[str, ...]]) -> None:
    with (DOSSIER / nom).open("w", encoding="utf-8", newline="") as fichier:
        csv.writer(fichier, lineterminator="\n").writerows([entete, *lignes])


def criteres() -> list[Critere]:
    return [Critere(*ligne) for ligne in lire("criteres.csv")]


@cache
def jugements() -> dict[tuple[str, str], Jugement]:
    codes = [ligne[0] for ligne in lire("echantillon.csv")]
    return {
        (jugement.critere, code): jugement
        for jugement in (Jugement(*ligne) for ligne in lire("jugements.csv"))
        for code in (codes if jugement.documents == "tous" else jugement.documents.split())
    }


@cache
def releve() -> dict[tuple[str, str], list[str]]:
    """(document, key) → values."""
    lu: dict[tuple[str, str], list[str]] = {}
    for document, cle, valeur in lire("releve.csv"):
        lu.setdefault((document, cle), []).append(valeur)
    return lu


def case(critere: Critere, code: str, nature: str) -> tuple[str, str]:
    """The state and its reason."""
    juge = jugements().get((critere.critere, code))
    if juge:
        return juge.etat, juge.raison
    fautes = releve().get((code, f"faute:{critere.critere}"), [])
    if fautes:
        return NON_CONFORME, "Mesuré : " + " ; ".join(fautes[:3])
    if nature != "page" and critere.documents == "non":
        return SANS_OBJET, "Propre aux pages."
    if critere.objet and int(releve().get((code, f"inventaire:{critere.objet}"), ["0"])[0]) == 0:
        rien = f"Rien de tel ici : {critere.objet.replace('_', ' ')}."
        return SANS_OBJET, critere.moyen if critere.moyen.startswith("Auc") else rien
    return CONFORME, critere.moyen


def grille() -> Iterator[tuple[str, ...]]:
    for critere in criteres():
        for code, nature, *_ in lire("echantillon.csv"):
            etat, raison = case(critere, code, nature)
            yield critere.critere, code, etat, raison, critere.essai if etat == CONFORME else ""


def mesurer() -> None:
    """On a demo made for the occasion."""
    sys.path.append(str(RACINE))
    from captures import demo_jetable

    with demo_jetable() as adresse:
        # The helpers of the browser tests read our settings; the demo has its own.
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobility.settings_test")
        from rgaa_releve import Document, relever

        echantillon = [Document(*ligne) for ligne in lire("echantillon.csv")]
        ecrire(
            "releve.csv",
            ("document", "cle", "valeur"),
            [(d, cle, v) for d, cle, v in relever(adresse, echantillon) if v != "0"],
        )


def main() -> int:
    if "--grille" not in sys.argv:
        mesurer()
    ecrire("grille.csv", ENTETE, list(grille()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
