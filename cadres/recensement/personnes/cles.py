"""The hidden column of our own exports: which record a row is, and what was written of it.

One text per row, which stays with it when the sheet is sorted or cut: « Q1.<record>.<check>.<values> ».
The values are those of the exported cells, so that three can be compared on return: exported, now, and
the file's. The check tells a text cut or edited by a program; it is no seal: what a row may change is
decided by the rights of whoever sends it, never by its key.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cadres.recensement.modeles import CHAMPS_CADRE, Valeur

ENTETE_CLE = "Clé Quatuor (ne pas modifier)"
_FORMAT = "Q1"
_DATES = frozenset({"date_entree_poste"})


@dataclass(frozen=True, slots=True)
class Cle:
    """`fiche`: the id of the record, as text; `exportes`: field -> value when it was exported."""

    fiche: str
    exportes: Mapping[str, Valeur]


def ecrire_cle(fiche: int | str, exportes: Mapping[str, Valeur]) -> str:
    """The text of the hidden cell. `exportes`: the fields of the visible columns, and no other."""
    valeurs = {
        champ: valeur.isoformat() if isinstance(valeur, date) else valeur
        for champ, valeur in exportes.items()
        if champ in CHAMPS_CADRE
    }
    corps = json.dumps(valeurs, ensure_ascii=False, separators=(",", ":"))
    return f"{_FORMAT}.{fiche}.{_controle(fiche, corps)}.{corps}"


def lire_cle(texte: str) -> Cle | None:
    """None for a text that is no key of ours, or that was damaged."""
    forme, _, reste = texte.strip().lstrip("'").partition(".")
    fiche, _, reste = reste.partition(".")
    controle, _, corps = reste.partition(".")
    if forme != _FORMAT or not fiche or controle != _controle(fiche, corps):
        return None
    try:
        valeurs = json.loads(corps)
        if not isinstance(valeurs, dict):
            return None
        return Cle(
            fiche,
            {c: _typer(c, v) for c, v in valeurs.items() if c in CHAMPS_CADRE},
        )
    except ValueError:
        return None


def pour_tableur(champ: str, valeur: Valeur) -> Valeur:
    """A value as a cell: a number where people count or sort, text where zeros matter."""
    if champ == "echelon" and isinstance(valeur, str) and valeur.isdecimal():
        return int(valeur)
    return valeur


def _typer(champ: str, valeur: Valeur) -> Valeur:
    if champ in _DATES and isinstance(valeur, str) and valeur:
        return date.fromisoformat(valeur)
    return valeur


def _controle(fiche: int | str, corps: str) -> str:
    return f"{zlib.crc32(f'{fiche}.{corps}'.encode()):08x}"
