"""Writes the tables of docs/vie-privee from the code and its three lists: `python scripts/vie_privee.py`."""

import csv
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
DOSSIER = RACINE / "docs" / "vie-privee"
PAPIERS = ("aipd.md", "registre.md", "accord-conjoint.md", "sous-traitance.md")
#: What no rule of conservation says in months.
SANS_REGLE = {
    "fiche": "selon l’état de la candidature",
    "un jour": "un jour, ou la purge de la personne si elle vient avant",
    "trente jours": "30 jours après la réunion des fiches",
    "journal": "gardé ; ce qui dit une personne part avec sa fiche",
    "compte": "avec la fiche d’un cadre ; à fixer pour les autres",
    "session": "celle de la session",
    "démarche": "à fixer, après la démarche",
    "à fixer": "à fixer",
}


def lire(nom: str) -> list[dict[str, str]]:
    with (DOSSIER / nom).open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


def tableau(entetes: tuple[str, ...], lignes: list[tuple[str, ...]]) -> str:
    rangs = [entetes, ("---",) * len(entetes), *lignes]
    return "\n".join(f"| {' | '.join(rang)} |" for rang in rangs)


def categories() -> str:
    """The tables of the database by category; their fields are in the list."""
    from cadres.donnees_personnelles.conservation import REGLES

    durees = {r.cle: f"{r.duree} après {r.depuis}" for r in REGLES} | SANS_REGLE
    par_categorie: dict[str, list[dict[str, str]]] = {}
    for ligne in lire("donnees.csv"):
        par_categorie.setdefault(ligne["categorie"], []).append(ligne)
    lignes = []
    for categorie, siennes in par_categorie.items():
        if categorie == "Sans donnée personnelle":
            continue
        tables = [ligne["nom"] for ligne in siennes]
        regles = dict.fromkeys(durees[ligne["regle"]] for ligne in siennes)
        qui = dict.fromkeys(p for ligne in siennes for p in ligne["personnes"].split(", "))
        lignes.append(
            (
                categorie,
                ", ".join(tables),
                ", ".join(q for q in qui if q != "aucune"),
                " ; ".join(regles),
            )
        )
    return tableau(("catégorie", "tables", "de qui", "combien de temps"), lignes)


def durees() -> str:
    from cadres.donnees_personnelles.conservation import REGLES

    return tableau(
        ("quoi", "combien de temps", "ensuite", "source"),
        [(r.quoi, f"{r.duree} après {r.depuis}", r.sort, r.source) for r in REGLES],
    )


def destinataires() -> str:
    lignes = [(d["destinataire"], d["lit"], d["ne_lit_pas"]) for d in lire("destinataires.csv")]
    return tableau(("qui", "lit", "ne lit pas"), lignes)


def mesures() -> str:
    lignes = [(m["risque"], m["mesure"], f"`{m['ou']}`") for m in lire("mesures.csv")]
    return tableau(("risque", "mesure", "où le vérifier"), lignes)


def champs() -> str:
    """The columns of the registre: who reads each, who corrects it."""
    from cadres.registre.colonnes import COLONNES

    lignes = [
        (
            colonne.libelle,
            "non" if colonne.reservee else "après le oui de la personne",
            "son DRH" if colonne.se_corrige else "personne, elle se calcule ou suit un acte",
        )
        for colonne in COLONNES
    ]
    return tableau(("colonne du registre", "lue des autres employeurs", "corrigée par"), lignes)


TABLEAUX: dict[str, Callable[[], str]] = {
    "categories": categories,
    "durees": durees,
    "destinataires": destinataires,
    "mesures": mesures,
    "champs": champs,
}


def papier(nom: str) -> str:
    """The text as it is, with its tables written anew."""
    texte = (DOSSIER / nom).read_text(encoding="utf-8")
    for cle, ecrire in TABLEAUX.items():
        bornes = re.compile(rf"(<!-- {cle} -->\n).*?(<!-- /{cle} -->)", re.DOTALL)
        if bornes.search(texte):
            corps = ecrire()
            texte = bornes.sub(lambda b, corps=corps: f"{b[1]}{corps}\n{b[2]}", texte)
    return texte


def main() -> int:
    import django

    sys.path.append(str(RACINE))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobility.settings_test")
    django.setup()
    for nom in PAPIERS:
        (DOSSIER / nom).write_text(papier(nom), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
