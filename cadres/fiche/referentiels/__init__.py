"""Reference lists of the registre: skills, grades, filières. Each row names its source. The families of
métiers are below (`collectivites.communs.metiers`): postes bear them too.

`confiance`: V, verified at the source; M, from memory or a close approximation, shown as such; D, a
choice of the démarche.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

DOSSIER = Path(__file__).parent


def lire(nom: str) -> list[dict[str, str]]:
    """The rows of `<nom>.csv`, in the order of the file."""
    with (DOSSIER / f"{nom}.csv").open(encoding="utf-8", newline="") as lignes:
        return list(csv.DictReader(lignes))


@dataclass(frozen=True)
class Competence:
    """A transversal skill. Codes are stable, labels are not."""

    code: str
    domaine: str
    libelle: str


COMPETENCES = {
    ligne["code"]: Competence(ligne["code"], ligne["domaine"], ligne["libelle"])
    for ligne in lire("competences")
}

#: Cadre d’emplois → filière (`collectivites.mots.Filiere`).
FILIERES = {ligne["cadre_emplois"]: ligne["filiere"] for ligne in lire("filieres")}

#: Observable behaviours, not potential. Whoever says nothing of a skill has no level in it.
NIVEAUX = (
    (1, "Notions"),
    (2, "Pratique accompagnée"),
    (3, "Autonomie"),
    (4, "Expertise, transmission"),
)


def competences_par_domaine() -> list[tuple[str, list[Competence]]]:
    """Grouped, in the order of the list."""
    groupes: dict[str, list[Competence]] = {}
    for competence in COMPETENCES.values():
        groupes.setdefault(competence.domaine, []).append(competence)
    return list(groupes.items())
