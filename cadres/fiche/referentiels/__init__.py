"""Reference lists of the registre: fields of work, métiers, skills. Each row names its source.

`confiance`: V, verified at the source; M, from memory or a close approximation, shown as such; D, a
choice of the démarche.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DOSSIER = Path(__file__).parent


def lire(nom: str) -> list[dict[str, str]]:
    """The rows of `<nom>.csv`, in the order of the file."""
    with (DOSSIER / f"{nom}.csv").open(encoding="utf-8", newline="") as lignes:
        return list(csv.DictReader(lignes))


@dataclass(frozen=True)
class Specialite:
    """A « domaine de métier ». `champ` is one of the six fields of local public action."""

    libelle: str
    champ: str
    confiance: str


@dataclass(frozen=True)
class Competence:
    """A transversal skill. Codes are stable, labels are not."""

    code: str
    domaine: str
    libelle: str


CHAMPS = {ligne["code"]: ligne["libelle"] for ligne in lire("champs")}
SPECIALITES = tuple(
    Specialite(ligne["libelle"], CHAMPS[ligne["champ"]], ligne["confiance"])
    for ligne in lire("specialites")
)
#: Title of a métier → its field of work: a person searches by either.
METIERS = {ligne["intitule"]: ligne["specialite"] for ligne in lire("metiers")}
COMPETENCES = {
    ligne["code"]: Competence(ligne["code"], ligne["domaine"], ligne["libelle"])
    for ligne in lire("competences")
}

#: Cadre d’emplois → filière (`collectivites.mots.Filiere`).
FILIERES = {ligne["cadre_emplois"]: ligne["filiere"] for ligne in lire("filieres")}

#: Said wherever these fields of work are chosen: the official list has not been checked line by line.
PRUDENCE_DOMAINES = (
    "Liste d’usage, proche des 27 spécialités du répertoire du CNFPT mais non vérifiée ligne à "
    "ligne : à confirmer avant tout usage officiel."
)

#: Observable behaviours, not potential. Whoever says nothing of a skill has no level in it.
NIVEAUX = (
    (1, "Notions"),
    (2, "Pratique accompagnée"),
    (3, "Autonomie"),
    (4, "Expertise, transmission"),
)

#: How staff lists and postes shorten them → the label of the list.
_ABREGES = {
    "direction generale": "Pilotage et management",
    "finances": "Finances et contrôle de gestion",
    "rh": "Ressources humaines",
    "juridique": "Affaires juridiques et commande publique",
    "communication": "Communication et relations extérieures",
    "numerique": "Numérique et systèmes d’information",
    "social": "Action sociale territoriale et insertion",
    "sante": "Santé publique et PMI",
    "education": "Éducation, jeunesse et animation",
    "culture": "Culture, patrimoine et lecture publique",
    "economie": "Développement économique et tourisme",
    "amenagement": "Urbanisme, foncier et habitat",
    "mobilites": "Mobilités et transports",
    "environnement": "Transition écologique et énergie",
    "technique": "Patrimoine bâti et logistique",
    "securite": "Prévention, police municipale, incendie et secours",
}


def _cle(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte.replace("'", "’"))
    return " ".join("".join(c for c in decompose if not unicodedata.combining(c)).lower().split())


@lru_cache(maxsize=1)
def _reconnus() -> dict[str, str]:
    return {
        **_ABREGES,
        **{_cle(metier): specialite for metier, specialite in METIERS.items()},
        **{_cle(specialite.libelle): specialite.libelle for specialite in SPECIALITES},
    }


def domaine_reconnu(texte: str) -> str:
    """The label of the list that `texte` means (a label, a métier, a short form); "" when none."""
    return _reconnus().get(_cle(texte), "")


def domaine_de(texte: str) -> str:
    """The same, or the text itself: what was written before the list keeps its words."""
    return domaine_reconnu(texte) or texte


def competences_par_domaine() -> list[tuple[str, list[Competence]]]:
    """Grouped, in the order of the list."""
    groupes: dict[str, list[Competence]] = {}
    for competence in COMPETENCES.values():
        groupes.setdefault(competence.domaine, []).append(competence)
    return list(groupes.items())
