"""What somebody reads in the papers of a démarche: each printed figure, found again in their text.

Written from the papers, not from the engine: labels, rows and sentences as they are printed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from pypdf import PdfReader

from tests.pilotage.indicateurs.protection.attaquant import Chiffre

#: Steps as the table says them, then as the export does.
LIGNES = {"Personnes recensées": 0, "Volontaires": 1, "Entrées en parcours": 3}
ETAPES = {
    "Recensés": 0,
    "Volontaires": 1,
    "Retenus": 2,
    "Entrés en parcours": 3,
    "Proposition reçue": 4,
    "Acceptée": 5,
    "Effective": 6,
}
DES_PROMOTIONS = {
    "entrés en parcours": 3,
    "proposition reçue": 4,
    "acceptée": 5,
    "effective": 6,
}
MOBILITES = {
    "Effectives": ("etape", 6, -1),
    "Effectives, d’un employeur à un autre": ("echange", -1, -1),
    "Engagées": ("arret", 5, -1),
}
BILAN = {
    "Entrées en parcours": 3,
    "Ont reçu une proposition": 4,
    "L’ont acceptée": 5,
    "Ont pris un autre poste": 6,
}
#: « 18 », « n.c. », « 18 (30/09/26) »
_CASE = r"(n\.c\.|\d+(?: \(\d\d/\d\d/\d\d\))?)"


@dataclass
class Papiers:
    """Figures by the day that they are of; `parts`: shares of women, in percent; `courbe`: points."""

    jour: date
    chiffres: dict[tuple[date, Chiffre], int] = field(default_factory=dict)
    parts: dict[tuple[date, int], int] = field(default_factory=dict)
    courbe: dict[date, int] = field(default_factory=dict)

    def noter(self, chiffre: Chiffre, texte: str, quand: date | None = None) -> None:
        """Two papers that would say two numbers of one figure are a fault of their own."""
        if texte.strip() == "n.c.":
            return
        nombre, _, jour = texte.replace("\u00a0", "").partition("(")
        if jour:
            quand = date(2000 + int(jour[6:8]), int(jour[3:5]), int(jour[:2]))
        cle = (quand or self.jour, chiffre)
        valeur = int(nombre.replace(" ", ""))
        assert self.chiffres.setdefault(cle, valeur) == valeur, cle


def texte_de(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"[\u00a0\u202f]", " ", "\n".join(page.extract_text() for page in pages))


def lire_la_note(papiers: Papiers, texte: str) -> None:
    """The table of a note or of an annex; its figures and its shares."""
    plat = re.sub(r"\s+", " ", texte)
    for libelle, k in LIGNES.items():
        *cases, total = _rang(plat, libelle, 5)
        papiers.noter(("etape", k, -1), total)
        for o, case in enumerate(cases):
            papiers.noter(("etape", k, o), case)
    for libelle, genre in (
        ("Départs vers une autre", "depart"),
        ("Arrivées d’une autre", "arrivee"),
    ):
        *cases, total = _rang(plat, libelle, 5)
        papiers.noter(("echange", -1, -1), total)
        for o, case in enumerate(cases):
            papiers.noter((genre, o, -1), case)
    lire_les_cles(papiers, plat)


def lire_les_cles(papiers: Papiers, plat: str) -> None:
    """The sentences and the large figures of a fiche, a note or an annex, when they are of the day."""
    for motif, chiffre in (
        (r"(\d+) mobilités sont effectives au", ("etape", 6, -1)),
        (r"(\d+) mobilités effectives, sur \d+ visées (?!,)", ("etape", 6, -1)),
        (r"(\d+) autres acceptées, prise de poste à venir(?! ?,)", ("arret", 5, -1)),
        (r"(\d+) personnes entrées en parcours(?! ?,)", ("etape", 3, -1)),
        (r"(\d+) volontaires(?! ?,)", ("etape", 1, -1)),
        (r"(\d+) personnes ont reçu une proposition de poste(?! ?,)", ("etape", 4, -1)),
    ):
        if trouve := re.search(motif, plat):
            sien = {v for (_, c), v in papiers.chiffres.items() if c == chiffre}
            assert not sien or int(trouve[1]) in sien, (chiffre, trouve[0])
            if not sien:
                papiers.noter(chiffre, trouve[1])


def lire_le_bilan(papiers: Papiers, texte: str, promotion: int) -> None:
    plat = re.sub(r"\s+", " ", texte)
    for libelle, k in BILAN.items():
        sien, total = _rang(plat, libelle, 2)
        papiers.noter(("promotion", k, promotion), sien)
        papiers.noter(("etape", k, -1), total)


def _rang(plat: str, libelle: str, nombre: int) -> tuple[str, ...]:
    trouve = re.search(rf"{re.escape(libelle)} " + " ".join([_CASE] * nombre), plat)
    assert trouve, f"« {libelle} » is not printed any more"
    return trouve.groups()


def lire_l_export(
    papiers: Papiers, texte: str, employeurs: list[str], promotions: list[str]
) -> None:
    for famille, detail, qui, valeur, _, au in _lignes(texte):
        quand = date.fromisoformat(au) if au else None
        o = -1 if qui == "Ensemble" else employeurs.index(qui)
        if famille == "Mobilités" and detail in MOBILITES:
            papiers.noter(MOBILITES[detail], valeur, quand)
        elif famille == "Échanges":
            papiers.noter(("depart" if detail == "Départs" else "arrivee", o, -1), valeur, quand)
        elif famille == "Courbe" and quand:
            papiers.courbe[quand] = int(valeur)
        elif famille == "Promotions":
            nom, _, etape = detail.partition(", ")
            rang = promotions.index(nom)
            papiers.noter(("promotion", DES_PROMOTIONS[etape], rang), valeur, quand)
        elif famille == "Étapes" and detail in ETAPES:
            papiers.noter(("etape", ETAPES[detail], o), valeur, quand)
        elif famille == "Étapes" and detail.endswith(", part des femmes") and valeur != "n.c.":
            assert quand
            papiers.parts[quand, ETAPES[detail.removesuffix(", part des femmes")]] = int(valeur)
        else:
            assert (
                famille in DITS_AUTREMENT
                or (famille, detail) in DITS_AUTREMENT
                or "délai" in detail
            )


#: What counts nobody of the staircases, or is told by other rules (docs/secret.md, « Beside the circulation »).
DITS_AUTREMENT = {
    "Situation",
    "Refus",
    "Ancienneté dans le poste",
    "Autres indicateurs",
    ("Mobilités", "Prévues à cette date"),
    ("Mobilités", "Visées"),
}


def _lignes(texte: str) -> Iterator[list[str]]:
    lues = csv.reader(io.StringIO(texte.removeprefix("\ufeff")), delimiter=";")
    next(lues)
    yield from lues
