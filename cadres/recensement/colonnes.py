"""Finding the header row under title blocks, and what each column is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cadres.recensement.champs.texte import cle, nettoyer, tronquer, typographie
from cadres.recensement.fichiers.cellules import Cellule, Formule, Ligne
from cadres.recensement.modeles import CHAMPS, CHAMPS_COMPOSES, CHAMPS_IDENTITE, ColonneLue
from cadres.recensement.synonymes import raison_ecart, reconnaitre

LIGNES_ENTETE = 40  # non-empty rows among which the header is looked for
_LARGEUR_NOM = 80


@dataclass(frozen=True, slots=True)
class Entete:
    """The header row: its number, its place among the rows read, and the heading of each column."""

    ligne: int
    rang: int
    colonnes: tuple[str, ...]  # unique, never empty


def _texte_entete(cellule: Cellule) -> str:
    valeur = cellule.valeur if isinstance(cellule, Formule) else cellule
    if valeur is None or isinstance(valeur, bool):
        return ""
    return tronquer(nettoyer(str(valeur)), _LARGEUR_NOM)


def lettre(indice: int) -> str:
    """Spreadsheet letter of a column index from 0: A, B… AA."""
    lettres = ""
    indice += 1
    while indice:
        indice, reste = divmod(indice - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def _nommer(cellules: Sequence[Cellule]) -> tuple[str, ...]:
    noms: list[str] = []
    vus: dict[str, int] = {}
    for i, cellule in enumerate(cellules):
        nom = _texte_entete(cellule) or f"Colonne {lettre(i)}"
        vus[nom] = vus.get(nom, 0) + 1
        if vus[nom] > 1:
            nom = f"{nom} ({lettre(i)})"
        noms.append(nom)
    return tuple(noms)


def _note(cellules: Sequence[Cellule], correspondance: Mapping[str, str]) -> int:
    """How many different kept fields a row names; 0 when it cannot be a header."""
    champs: set[str] = set()
    for cellule in cellules:
        if not isinstance(cellule, str):
            continue
        nom = _texte_entete(cellule)
        if len(nom) >= _LARGEUR_NOM:
            continue
        champs.add(correspondance.get(nom) or reconnaitre(nom)[0])
    champs.discard("")
    return len(champs) if len(champs) >= 2 and champs & CHAMPS_IDENTITE else 0


def trouver_entete(
    lignes: Sequence[Ligne], correspondance: Mapping[str, str] | None = None
) -> tuple[Entete | None, int]:
    """The header row and its score; the first of the best among the first rows."""
    meilleure, note_max = -1, 0
    for rang, (_, cellules) in enumerate(lignes[:LIGNES_ENTETE]):
        note = _note(cellules, correspondance or {})
        if note > note_max:
            meilleure, note_max = rang, note
    if meilleure < 0:
        return None, 0
    numero, cellules = lignes[meilleure]
    largeur = max(len(c) for _, c in lignes[meilleure : meilleure + LIGNES_ENTETE])
    completes = [*cellules, *[None] * (largeur - len(cellules))]
    return Entete(numero, meilleure, _nommer(completes)), note_max


def associer(
    entete: Entete,
    lignes: Sequence[Ligne],
    correspondance: Mapping[str, str] | None = None,
) -> tuple[ColonneLue, ...]:
    """What becomes of each column. `correspondance` overrides, for the columns that it names."""
    choix = dict(correspondance or {})
    trouves = [_candidat(nom, choix) for nom in entete.colonnes]
    titulaires: dict[str, int] = {}
    for i, (champ, rang) in enumerate(trouves):
        if champ and (champ not in titulaires or rang < trouves[titulaires[champ]][1]):
            titulaires[champ] = i
    _lever_conflits(titulaires, trouves)
    _lire_les_deux(titulaires, trouves, lignes)
    exemples = _exemples(lignes, len(entete.colonnes))
    return tuple(
        _colonne(i, nom, trouves[i][0], titulaires, entete, choix, exemples[i])
        for i, nom in enumerate(entete.colonnes)
        if exemples[i] or not nom.startswith("Colonne ")
    )


def _candidat(nom: str, choix: Mapping[str, str]) -> tuple[str, int]:
    if nom in choix:
        champ = choix[nom]
        return (champ, -1) if champ in CHAMPS else ("", 0)
    return reconnaitre(nom)


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
) -> ColonneLue:
    if champ and titulaires.get(champ) == indice:
        return ColonneLue(nom, champ, exemple)
    if champ == "nom" and "nom" in titulaires and indice not in titulaires.values():
        autre = entete.colonnes[titulaires["nom"]]
        raison = f"Ne sert que sur les lignes où « {autre} » est vide."
        return ColonneLue(nom, "", exemple, "secours", typographie(raison))
    if champ:
        gagnante = titulaires.get(champ)
        autre = entete.colonnes[gagnante] if gagnante is not None else "Nom"
        raison = f"« {CHAMPS[champ]} » est déjà lu dans la colonne « {autre} »."
        return ColonneLue(nom, "", exemple, "double", typographie(raison))
    raison = raison_ecart(nom)
    if raison:
        return ColonneLue(nom, "", "", "minimisation", typographie(raison))  # not even an example
    if nom in choix:
        return ColonneLue(nom, "", exemple, "choix", "Vous avez choisi de ne pas la reprendre.")
    return ColonneLue(nom, "", exemple, "inconnue", "Colonne non reconnue, rien n’en est gardé.")


def _exemples(lignes: Sequence[Ligne], largeur: int) -> list[str]:
    """For each column its first value, for the page where the mapping is corrected."""
    exemples = [""] * largeur
    for _, cellules in lignes[:50]:
        for i, cellule in enumerate(cellules[:largeur]):
            if not exemples[i] and cellule is not None:
                exemples[i] = tronquer(nettoyer(texte_brut(cellule)), 40)
    return exemples


def texte_brut(cellule: Cellule) -> str:
    """A cell as text for people, dates in French form; formulas as they are written."""
    if cellule is None:
        return ""
    if isinstance(cellule, Formule):
        return cellule.texte
    if isinstance(cellule, bool):
        return "Oui" if cellule else "Non"
    if isinstance(cellule, date):
        return f"{cellule.day:02}/{cellule.month:02}/{cellule.year:04}"
    return str(cellule)


def est_entete_repete(cellules: Sequence[Cellule], entete: Entete) -> bool:
    """A header printed again on each page of the export."""
    semblables = 0
    for cellule, nom in zip(cellules, entete.colonnes, strict=False):
        if cellule is None:
            continue
        if not isinstance(cellule, str) or cle(_texte_entete(cellule)) != cle(nom):
            return False
        semblables += 1
    return semblables >= 2
