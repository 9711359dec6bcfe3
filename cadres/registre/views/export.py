"""The registre as a spreadsheet that comes back: the columns of the screen, each cell with its type, and
a hidden key a row, by which the import tells what was changed since.

Of another collectivité's cadre, the key says whose row it is and nothing else: it is set aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cadres.candidature.situations import est_des_siens, situation_de
from cadres.models import Cadre
from cadres.prises import Etape
from cadres.recensement.modeles import Valeur
from cadres.recensement.personnes.cles import ENTETE_CLE, ecrire_cle, pour_tableur
from cadres.registre.colonnes import COLONNES, Colonne, cellule
from collectivites.acteurs.acteur import Acteur

#: The columns that no one chooses: who it is. `None`: what no field of a file holds.
_TETE: tuple[tuple[str, str | None], ...] = (
    ("Nom", "nom"),
    ("Prénom", "prenom"),
    ("Civilité", "civilite"),
    ("Grade", "grade"),
)
EMPLOYEUR = next(colonne for colonne in COLONNES if colonne.cle == "collectivite")
#: A column of the screen → its headings in the file, each with the field that it gives back.
_ECLATEES: dict[str, tuple[tuple[str, str | None], ...]] = {
    "poste": (("Poste occupé", "poste"), ("Direction", "direction")),
    "anciennete": (
        ("Dans le poste depuis le", "date_entree_poste"),
        ("Ancienneté dans le poste (années)", None),
    ),
    "agents": (("Encadrement", "encadrement"), ("Agents encadrés", "nb_agents")),
}
#: Columns of the screen that give back the field of the same name.
_SIMPLES = frozenset(
    {
        "categorie",
        "cadre_emplois",
        "profil",
        "domaine",
        "statut",
        "echelon",
        "courriel",
        "matricule",
    }
)
#: What another employer's cadre does not tell.
_RESERVES = frozenset({"civilite", "statut", "echelon", "courriel", "matricule"})


def entetes_export(colonnes: Iterable[Colonne]) -> list[str]:
    return [*(entete for entete, _ in _en_colonnes(colonnes)), ENTETE_CLE]


def ligne_export(
    acteur: Acteur, colonnes: list[Colonne], cadre: Cadre, etape: Etape
) -> list[object]:
    """A row of the exported file: the very columns of the screen, numbers and dates as such."""
    siens = est_des_siens(acteur, cadre)
    cellules: list[object] = []
    exportes: dict[str, Valeur] = {}
    for colonne, champs in _par_colonne(colonnes):
        for _, champ in champs:
            if champ is None:
                cellules.append(_calculee(acteur, colonne, cadre, etape))
            elif champ in _RESERVES and not siens:
                cellules.append("")
            else:
                valeur = valeur_de(cadre, champ)
                exportes[champ] = valeur
                cellules.append(_cellule(cadre, champ, valeur))
    return [*cellules, ecrire_cle(cadre.pk, exportes if siens else {})]


def valeur_de(cadre: Cadre, champ: str) -> Valeur:
    """What the file holds, as the reading of a staff list knows it."""
    if champ == "poste":
        return cadre.poste.intitule if cadre.poste else ""
    if champ == "direction":
        return cadre.direction.libelle if cadre.direction else ""
    valeur: Valeur = cadre.famille_de_metiers if champ == "domaine" else getattr(cadre, champ)
    return valeur


def _cellule(cadre: Cadre, champ: str, valeur: Valeur) -> object:
    afficher = getattr(cadre, f"get_{champ}_display", None)
    if afficher is None or champ == "domaine":
        return pour_tableur(champ, valeur)
    return afficher()


def _calculee(acteur: Acteur, colonne: Colonne | None, cadre: Cadre, etape: Etape) -> object:
    """A cell that says something without being a field of the file."""
    match colonne.cle if colonne else "":
        case "collectivite":
            return cadre.collectivite.nom
        case "anciennete":
            annees = cadre.anciennete_poste
            return None if annees is None else round(annees, 1)
        case "situation":
            return situation_de(acteur, cadre).libelle
        case "etape":
            return etape.texte
        case "echeance":
            return etape.echeance
    return cellule(acteur, colonne, cadre) if colonne else ""


Champs = tuple[tuple[str, str | None], ...]


def _par_colonne(colonnes: Iterable[Colonne]) -> Iterator[tuple[Colonne | None, Champs]]:
    yield None, _TETE
    choisies = list(colonnes)
    if not any(colonne.cle == EMPLOYEUR.cle for colonne in choisies):
        choisies.insert(0, EMPLOYEUR)  # whose row it is must be said on the way back
    for colonne in choisies:
        seul = colonne.cle if colonne.cle in _SIMPLES else None
        yield colonne, _ECLATEES.get(colonne.cle, ((colonne.libelle, seul),))


def _en_colonnes(colonnes: Iterable[Colonne]) -> Iterator[tuple[str, Any]]:
    for _, champs in _par_colonne(colonnes):
        yield from champs
