"""Reader of the old .xls (Excel 97 to 2003): xlrd, in a process of its own.

xlrd trusts the sizes that a file announces: one record of a damaged or hostile file can ask for
billions of entries. `xls_a_part` reads it under limits of memory (kept by the system) and time, and
hands the cells over as JSON; whatever happens there, this process goes on.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from cadres.recensement.erreurs import (
    MACROS,
    MOT_DE_PASSE,
    PAS_UN_CLASSEUR,
    TROP_DE_FEUILLES,
    FichierAbime,
    FichierIllisible,
)
from cadres.recensement.fichiers.cellules import (
    APERCU,
    FEUILLES_MAX,
    LIGNES_MAX,
    TEXTE_MAX,
    Cellule,
    Feuille,
    Formule,
    Scalaire,
    depuis_serie,
    nombre,
)

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECONDES_MAX = 45
MEMOIRE_MAX = 768 * 1024 * 1024  # bytes of address space; a legitimate file of 20 MB takes a third
_LECTEUR = Path(__file__).with_name("xls_a_part.py")
_REFUS = {
    "ancien": "Ce classeur est d'un format trop ancien. Enregistrez-le au format .xlsx.",
    "autre": PAS_UN_CLASSEUR,
    "feuilles": TROP_DE_FEUILLES,
    "macros": MACROS,
    "mot de passe": MOT_DE_PASSE,
}


class SourceXls:
    """All sheets, read at once."""

    def __init__(self, octets: bytes) -> None:
        lu = _lire_a_part(octets)
        refus = lu.get("refus")
        if refus:
            raise FichierAbime if refus == "abime" else FichierIllisible(_REFUS[refus])
        self.date_1904: bool = lu["date_1904"]
        self._feuilles: dict[str, Feuille] = {}
        for nom, masquee, active, masquees, fusionnees, lignes in lu["feuilles"]:
            feuille = self._feuilles[nom] = Feuille(nom, masquee, active)
            feuille.masquees, feuille.fusionnees = set(masquees), set(fusionnees)
            for numero, cellules in lignes:
                lues = [(rang, self._cellule(*reste)) for rang, *reste in cellules]
                if not feuille.ajouter(numero, lues, LIGNES_MAX + APERCU):
                    break

    def apercus(self) -> list[Feuille]:
        return list(self._feuilles.values())

    def complete(self, nom: str) -> Feuille:
        return self._feuilles[nom]

    def _cellule(self, genre: str, brut: str | float, formule: bool) -> Cellule:
        lue: Scalaire
        if isinstance(brut, str):
            lue = brut[:TEXTE_MAX] or None
        elif genre == "booleen":
            lue = brut == 1
        else:
            lue = (depuis_serie(brut, self.date_1904) if genre == "date" else None) or nombre(brut)
        return Formule("=…", lue) if formule else lue


def _lire_a_part(octets: bytes) -> Any:
    try:
        lecture = subprocess.run(  # noqa: S603 (this Python, our own file)
            [
                sys.executable,
                "-P",
                _LECTEUR,
                *map(str, (LIGNES_MAX + APERCU, FEUILLES_MAX, MEMOIRE_MAX)),
            ],
            input=octets,
            capture_output=True,
            timeout=SECONDES_MAX,
            check=True,
        )
        return json.loads(lecture.stdout)
    except (subprocess.SubprocessError, ValueError) as e:
        raise FichierAbime from e
