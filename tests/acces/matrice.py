"""The table « address × persona × method → answer »: `matrice.csv`, two lines an address.

Answers: a status; `login` is the way to the login page; 302 leads anywhere else. A refusal is 403
(yours to see, not to do; or a page of another role), 404 (not yours: you learn nothing), 405 (not
a method of this page) or `login`.

To add a line, or after a change that you want: `QUATUOR_MATRICE=ecrire pytest -n0 tests/acces`
writes what is; then read the difference, and ask of each answer why it is right.
"""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

FICHIER = Path(__file__).with_name("matrice.csv")
METHODES = ("GET", "POST")

#: persona → name in the cast. The objects of the scene belong to the Département or to `cadre`.
PERSONAS = {
    "anonyme": None,
    "superutilisateur": "operateur",
    "dgs": "dgs_departement",
    "drh": "drh_departement",
    "gestionnaire": "gestionnaire_departement",
    "accompagnateur": "accompagnateur",
    "cabinet": "cabinet",
    "cadre": "cadre",
    "autre_dgs": "dgs_region",
    "autre_drh": "drh_region",
    "autre_gest": "gestionnaire_region",
    "autre_acc": "autre_accompagnateur",
    "autre_cadre": "autre_cadre",
    "etr_dgs": "etranger_dgs",
    "etr_drh": "etranger_drh",
    "etr_gest": "etranger_gestionnaire",
    "etr_acc": "etranger_accompagnateur",
    "etr_cadre": "etranger_cadre",
    "retire": "ancien_drh",
}

Matrice = dict[tuple[str, str], dict[str, str]]


def lire() -> Matrice:
    """(name, method) → persona → answer."""
    if not FICHIER.exists():
        return {}
    with FICHIER.open(encoding="utf-8", newline="") as fichier:
        lecteur = csv.DictReader(fichier, skipinitialspace=True)
        return {
            (ligne.pop("adresse").strip(), ligne.pop("methode").strip()): {
                persona: reponse.strip() for persona, reponse in ligne.items()
            }
            for ligne in ({c.strip(): v for c, v in brute.items()} for brute in lecteur)
        }


def ecrire(matrice: Matrice) -> None:
    """In columns, so that it can be read and compared by eye."""
    titres = ["adresse", "methode", *PERSONAS]
    lignes = [titres] + [
        [nom, methode, *(reponses[persona] for persona in PERSONAS)]
        for (nom, methode), reponses in sorted(matrice.items())
    ]
    largeurs = [max(len(ligne[n]) for ligne in lignes) for n in range(len(titres))]
    texte = "\n".join(
        ", ".join(
            case.ljust(largeur) for case, largeur in zip(ligne, largeurs, strict=True)
        ).rstrip()
        for ligne in lignes
    )
    FICHIER.write_text(texte + "\n", encoding="utf-8")


def contenu(reponse: Any) -> str:
    """The text of an answer; of a spreadsheet, that of each of its parts."""
    octets = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
    if octets[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            octets = b"\n".join(archive.read(nom) for nom in archive.namelist())
    return octets.decode(errors="ignore")
