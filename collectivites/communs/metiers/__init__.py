"""Families of métiers: the closed list, how texts are recognised in it, and which are near.

A field « domaine » holds the code of a family, or `AUTRE` with the text as somebody wrote it
(`collectivites.models.familles`). Pure Python: the reading of staff lists asks it. `familles.csv` and `metiers.csv` keep a column for the code of the
CNFPT’s own répertoire: it stays empty until somebody has read it there. `appellations.csv` says what
staff lists and postes write for each. `confiance`: V, verified at the source; M, from memory or a close
approximation, shown as such; D, a choice of the démarche.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import lru_cache
from pathlib import Path

#: A text that no family means: it is kept as it was written.
AUTRE = "AUTRE"
#: Characters of such a text.
AUTRE_MAX = 120

#: Said wherever a family is chosen: the official list has not been checked line by line.
PRUDENCE = (
    "Liste d’usage, proche des 27 spécialités du répertoire du CNFPT mais non vérifiée ligne à "
    "ligne : à confirmer avant tout usage officiel."
)


def _lire(nom: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / f"{nom}.csv").open(encoding="utf-8", newline="") as lignes:
        return list(csv.DictReader(lignes))


@dataclass(frozen=True)
class Famille:
    """`champ`: one of the six fields of local public action. `code_cnfpt`: "" while not verified."""

    code: str
    libelle: str
    champ: str
    code_cnfpt: str
    confiance: str


class Proximite(Enum):
    """How far two families stand from each other."""

    MEME = "même famille"
    PROCHE = "même champ"
    AUTRE = "autre champ"


CHAMPS = {ligne["code"]: ligne["libelle"] for ligne in _lire("champs")}
FAMILLES = {
    ligne["code"]: Famille(
        ligne["code"],
        ligne["libelle"],
        CHAMPS[ligne["champ"]],
        ligne["code_cnfpt"],
        ligne["confiance"],
    )
    for ligne in _lire("familles")
}
#: Title of a métier → its family: a person searches by either.
METIERS = {ligne["intitule"]: ligne["famille"] for ligne in _lire("metiers")}
#: For a field of a model: the families by champ, then what no family means.
CHOIX = (
    *(
        (champ, tuple((f.code, f.libelle) for f in FAMILLES.values() if f.champ == champ))
        for champ in CHAMPS.values()
    ),
    (AUTRE, "Autre"),
)


def reconnaitre(texte: str) -> str:
    """The code of the family that `texte` means: its code, its label, a métier, a name in use, or one
    of these inside a longer text when it leads to one family only. "" otherwise."""
    return _reconnaitre(texte.strip()[:200])


@lru_cache(maxsize=4096)
def _reconnaitre(texte: str) -> str:
    if texte in FAMILLES:
        return texte
    cle = _cle(texte)
    if cle in _noms():
        return _noms()[cle]
    familles = {famille for nom, famille in _contenus(cle)}
    return familles.pop() if len(familles) == 1 else ""


def lire(texte: str) -> tuple[str, str]:
    """(`domaine`, `domaine_autre`) of a text: what is not recognised is kept as written."""
    texte = " ".join(texte.split())
    if not texte:
        return "", ""
    code = reconnaitre(texte)
    return (code, "") if code else (AUTRE, texte[:AUTRE_MAX])


def colonnes(texte: str) -> dict[str, str]:
    """What a row with a family keeps of a text."""
    return dict(zip(("domaine", "domaine_autre"), lire(texte), strict=True))


def dire(code: str, autre: str) -> str:
    """The family in words: its label, or the text that was kept."""
    return FAMILLES[code].libelle if code in FAMILLES else autre


def suggerer(texte: str) -> str:
    """The label of the nearest name, for a text that is not recognised; "" when none is near."""
    proches = get_close_matches(_cle(texte), _noms(), n=1, cutoff=0.75)
    return FAMILLES[_noms()[proches[0]]].libelle if proches else ""


def trouver(texte: str) -> list[str]:
    """The codes of the families that a search means: a code, else every word of it begins a word of
    the label, of a métier or of a name in use."""
    if texte in FAMILLES or texte == AUTRE:
        return [texte]
    mots = _cle(texte).split()
    trouvees = {
        famille for nom, famille in _noms().items() if all(_commence(nom, mot) for mot in mots)
    }
    return [code for code in FAMILLES if code in trouvees] if mots else []


def proximite(une: str, autre: str) -> Proximite:
    """Between two codes of the list: the same, of one champ, or neither."""
    if une == autre:
        return Proximite.MEME
    meme_champ = FAMILLES[une].champ == FAMILLES[autre].champ
    return Proximite.PROCHE if meme_champ else Proximite.AUTRE


def _cle(texte: str) -> str:
    """Words without accents nor plural: « Finances & contrôle » and « finance, controle » are one."""
    decompose = unicodedata.normalize("NFKD", texte.lower().replace("œ", "oe"))
    nu = "".join(c for c in decompose if not unicodedata.combining(c))
    mots = re.findall(r"[a-z0-9]+", nu)
    return " ".join(re.sub(r"(?<=...)[sx]$", "", mot) for mot in mots)


def _commence(nom: str, mot: str) -> bool:
    return any(present.startswith(mot) for present in nom.split())


@lru_cache(maxsize=1)
def _noms() -> dict[str, str]:
    """Every name that is known, as `_cle` writes it → the code of its family."""
    return {
        **{_cle(ligne["texte"]): ligne["famille"] for ligne in _lire("appellations")},
        **{_cle(metier): famille for metier, famille in METIERS.items()},
        **{_cle(famille.libelle): famille.code for famille in FAMILLES.values()},
    }


def _contenus(cle: str) -> list[tuple[str, str]]:
    """(name, family) of the names inside `cle`, without those inside another of them."""
    trouves = [(nom, famille) for nom, famille in _noms().items() if f" {nom} " in f" {cle} "]
    return [
        (nom, famille)
        for nom, famille in trouves
        if not any(nom != autre and f" {nom} " in f" {autre} " for autre, _ in trouves)
    ]
