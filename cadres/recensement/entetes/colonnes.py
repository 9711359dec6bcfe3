"""What each column of the file becomes."""

from collections.abc import Mapping, Sequence
from datetime import date

from cadres.recensement.champs.texte import nettoyer, tronquer, typographie
from cadres.recensement.entetes.entete import Entete
from cadres.recensement.entetes.interdits import est_un_nir, raison_du_contenu
from cadres.recensement.entetes.synonymes import (
    RAISON_AGE,
    RAISON_NIR,
    nomme,
    raison_ecart,
    raison_quatuor,
    reconnaitre,
)
from cadres.recensement.fichiers.cellules import Ligne, texte_brut
from cadres.recensement.modeles import CHAMPS, CHAMPS_COMPOSES, ColonneLue

SANS_SECOURS = "-"
"""A choice of the DRH: not even where the name in use is blank."""


def associer(
    entete: Entete,
    lignes: Sequence[Ligne],
    correspondance: Mapping[str, str] | None = None,
    *,
    aujourdhui: date | None = None,
    date_1904: bool = False,
) -> tuple[ColonneLue, ...]:
    """What becomes of each column. `correspondance` overrides, for the columns that it names.

    Its "" leaves out a column that would otherwise be kept; to one that would not, it changes nothing.
    """
    choix = dict(correspondance or {})
    trouves = [_candidat(nom, choix) for nom in entete.colonnes]
    interdites: dict[int, str] = {}
    jour = aujourdhui or date.today()  # noqa: DTZ011 - a day of the server
    while True:
        titulaires = _titulaires(trouves, interdites)
        _lever_conflits(titulaires, trouves)
        _lire_les_deux(titulaires, trouves, lignes)
        vues = {
            i: raison_du_contenu(
                lignes,
                i,
                champ,
                jour,
                date_1904=date_1904,
                choisie=reconnaitre(entete.colonnes[i])[0] != champ,
            )
            for champ, i in titulaires.items()
        }
        refusees = {i: raison for i, raison in vues.items() if raison}
        if not refusees:
            break
        interdites |= refusees  # another column may give the field
    exemples = _exemples(lignes, len(entete.colonnes))
    return tuple(
        _colonne(i, nom, trouves[i][0], titulaires, entete, choix, exemples[i], interdites.get(i))
        for i, nom in enumerate(entete.colonnes)
        if exemples[i] or not nom.startswith("Colonne ")
    )


def _titulaires(
    trouves: Sequence[tuple[str, int]], interdites: Mapping[int, str]
) -> dict[str, int]:
    """The column that gives each field: the one whose heading is the most telling."""
    titulaires: dict[str, int] = {}
    for i, (champ, rang) in enumerate(trouves):
        if i in interdites or not champ:
            continue
        if champ not in titulaires or rang < trouves[titulaires[champ]][1]:
            titulaires[champ] = i
    return titulaires


def _candidat(nom: str, choix: Mapping[str, str]) -> tuple[str, int]:
    champ = choix.get(nom)
    if champ is None:
        return reconnaitre(nom)
    if champ not in CHAMPS or _jamais(nom):
        return "", 0
    return champ, -1


def _jamais(nom: str) -> bool:
    """A heading that says by itself what the law keeps out, whatever the hand chose."""
    return not nomme(nom) and raison_ecart(nom) in {RAISON_AGE, RAISON_NIR}


def _lever_conflits(titulaires: dict[str, int], trouves: Sequence[tuple[str, int]]) -> None:
    """« Nom » and « Prénom » apart are better than one column with both, unless the DRH says so."""
    for compose in ("nom_prenom", "prenom_nom"):
        if compose not in titulaires:
            continue
        if trouves[titulaires[compose]][1] < 0:
            titulaires.pop("nom", None)
            titulaires.pop("prenom", None)
        elif "nom" in titulaires and "prenom" in titulaires:
            del titulaires[compose]
    if "nom_prenom" in titulaires and "prenom_nom" in titulaires:
        del titulaires["prenom_nom"]


def _lire_les_deux(
    titulaires: dict[str, int], trouves: list[tuple[str, int]], lignes: Sequence[Ligne]
) -> None:
    """A column headed « Nom » alone, that holds « DUPONT Marie » in each row, is both."""
    rang = titulaires.get("nom", -1)
    if rang < 0 or trouves[rang][1] < 0 or titulaires.keys() & {"prenom", *CHAMPS_COMPOSES}:
        return
    textes = [
        cellules[rang].split()  # type: ignore[union-attr]
        for _, cellules in lignes[:50]
        if rang < len(cellules) and isinstance(cellules[rang], str)
    ]
    if textes and sum(len(mots) > 1 for mots in textes) >= 0.8 * len(textes):
        trouves[rang] = ("nom_prenom", trouves[rang][1])
        titulaires["nom_prenom"] = titulaires.pop("nom")


def _colonne(
    indice: int,
    nom: str,
    champ: str,
    titulaires: Mapping[str, int],
    entete: Entete,
    choix: Mapping[str, str],
    exemple: str,
    interdite: str | None,
) -> ColonneLue:
    if interdite:
        return ColonneLue(nom, "", "", "minimisation", typographie(interdite))
    if champ and titulaires.get(champ) == indice:
        return ColonneLue(nom, champ, exemple)
    sien = champ or reconnaitre(nom)[0]  # left out by hand, or beaten by another column
    gagnante = titulaires.get(sien)
    if sien == "nom" and gagnante is not None and choix.get(nom) != SANS_SECOURS:
        raison = f"Ne sert que sur les lignes où « {entete.colonnes[gagnante]} » est vide."
        return ColonneLue(nom, "", exemple, "secours", typographie(raison))
    if sien and gagnante is not None:
        raison = f"« {CHAMPS[sien]} » est déjà lu dans la colonne « {entete.colonnes[gagnante]} »."
        return ColonneLue(nom, "", exemple, "double", typographie(raison))
    if champ:
        raison = f"« {CHAMPS[champ]} » est déjà lu dans une autre colonne."
        return ColonneLue(nom, "", exemple, "double", typographie(raison))
    if raison := raison_quatuor(nom):
        return ColonneLue(nom, "", "", "quatuor", typographie(raison))
    raison = "" if nomme(nom) else raison_ecart(nom)
    if raison:
        return ColonneLue(nom, "", "", "minimisation", typographie(raison))  # not even an example
    if nom in choix and sien:
        return ColonneLue(nom, "", exemple, "choix", "Vous avez choisi de ne pas la reprendre.")
    return ColonneLue(nom, "", exemple, "inconnue", "Colonne non reconnue, rien n’en est gardé.")


def _exemples(lignes: Sequence[Ligne], largeur: int) -> list[str]:
    """For each column its first value, for the page where the mapping is corrected."""
    exemples = [""] * largeur
    for _, cellules in lignes[:50]:
        for i, cellule in enumerate(cellules[:largeur]):
            if not exemples[i] and cellule is not None:
                texte = nettoyer(texte_brut(cellule))
                exemples[i] = "…" if est_un_nir(texte) else tronquer(texte, 40)
    return exemples
