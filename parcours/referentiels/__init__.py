"""Reference lists of the parcours.

`competences.csv`: the 30 transversal skills of the démarche's own referential (its column « source »
says so); codes are stable, labels are not.
"""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Competence:
    code: str
    domaine: str
    libelle: str


def _lire() -> dict[str, Competence]:
    fichier = Path(__file__).parent / "competences.csv"
    with fichier.open(encoding="utf-8", newline="") as lignes:
        return {
            ligne["code"]: Competence(ligne["code"], ligne["domaine"], ligne["libelle"])
            for ligne in csv.DictReader(lignes)
        }


#: By code, in the order of the referential.
COMPETENCES = _lire()

#: As postes and files of the registre name them, and how a person reads them.
DOMAINES = (
    ("Direction générale", "Direction générale"),
    ("Finances", "Finances"),
    ("RH", "Ressources humaines"),
    ("Juridique", "Affaires juridiques et achats"),
    ("Numérique", "Numérique"),
    ("Technique", "Bâtiments et moyens techniques"),
    ("Aménagement", "Aménagement et habitat"),
    ("Environnement", "Environnement et énergie"),
    ("Social", "Action sociale"),
    ("Education", "Éducation"),
    ("Culture", "Culture"),
)


def competences_par_domaine() -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of a form, grouped."""
    groupes: dict[str, list[tuple[str, str]]] = {}
    for competence in COMPETENCES.values():
        groupes.setdefault(competence.domaine, []).append((competence.code, competence.libelle))
    return list(groupes.items())
