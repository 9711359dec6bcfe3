"""The grid of docs/accessibilite, read for the accessibility statement: a rate, what fails, the sample.

`scripts/rgaa.py` writes it; nothing of the statement's figures is typed in its template.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from collectivites.communs.lexique import dire

CONFORME, NON_CONFORME, SANS_OBJET = "conforme", "non conforme", "non applicable"


@dataclass(frozen=True)
class Document:
    """A page of the site, or a file that it makes; `taux`: conforme of what applies, in percent."""

    code: str
    titre: str
    lecteur: str
    est_une_page: bool
    taux: int


@dataclass(frozen=True)
class Ecart:
    """A criterion that fails somewhere, why, and where; `partout`: on every page of the site."""

    critere: str
    sujet: str
    raison: str
    documents: tuple[str, ...]
    partout: bool


@dataclass(frozen=True)
class Grille:
    """What the statement says of the last measure."""

    jour: date
    criteres: int
    applicables: int
    respectes: int
    moyenne: int
    ecarts: tuple[Ecart, ...]
    documents: tuple[Document, ...]
    outils: tuple[tuple[str, str], ...]

    @property
    def taux(self) -> int:
        """A criterion that fails on one document is not respected. Never rounded up."""
        return 100 * self.respectes // self.applicables


def _lignes(nom: str) -> list[dict[str, str]]:
    chemin = settings.BASE_DIR / "docs" / "accessibilite" / f"{nom}.csv"
    with chemin.open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


def lire() -> Grille:
    """In the words of the démarche of whoever reads (`communs.lexique`)."""
    return _lire(dire("cadre"))


@cache
def _lire(_mot: str) -> Grille:
    """Read once for each word by which the people of a démarche are called: it changes with the code."""
    cases = _lignes("grille")
    sujets = {ligne["critere"]: ligne["sujet"] for ligne in _lignes("criteres")}
    etats = {numero: Counter[str]() for numero in sujets}
    par_document: dict[str, Counter[str]] = {}
    rates: dict[tuple[str, str], list[str]] = {}
    for case in cases:
        etats[case["critere"]][case["etat"]] += 1
        par_document.setdefault(case["document"], Counter())[case["etat"]] += 1
        if case["etat"] == NON_CONFORME:
            rates.setdefault((case["critere"], case["raison"]), []).append(case["document"])
    applicables = [n for n, compte in etats.items() if compte[CONFORME] + compte[NON_CONFORME]]
    documents = tuple(
        Document(
            ligne["code"],
            dire(ligne["nom"]),
            dire(ligne["lecteur"]),
            ligne["nature"] == "page",
            _pour_cent(par_document[ligne["code"]]),
        )
        for ligne in _lignes("echantillon")
    )
    pages = {d.code for d in documents if d.est_une_page}
    outils = {
        ligne["cle"].removeprefix("outil:"): ligne["valeur"]
        for ligne in _lignes("releve")
        if ligne["cle"].startswith("outil:")
    }
    return Grille(
        jour=date.fromisoformat(outils.pop("jour")),
        criteres=len(sujets),
        applicables=len(applicables),
        respectes=sum(not etats[numero][NON_CONFORME] for numero in applicables),
        moyenne=sum(d.taux for d in documents) // len(documents),
        ecarts=tuple(
            Ecart(numero, sujets[numero], raison, tuple(ou), pages <= set(ou))
            for (numero, raison), ou in rates.items()
        ),
        documents=documents,
        outils=tuple(outils.items()),
    )


def _pour_cent(compte: Counter[str]) -> int:
    return 100 * compte[CONFORME] // (compte[CONFORME] + compte[NON_CONFORME])
