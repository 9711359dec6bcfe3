"""Field by field: what a row changes in a record; two ways, or three for a file that we exported."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from operator import attrgetter

from cadres.recensement.champs.noms import cle_nom
from cadres.recensement.champs.texte import nombre_accents
from cadres.recensement.modeles import (
    CHAMPS,
    CHAMPS_CADRE,
    CHAMPS_TUS,
    Changement,
    FicheExistante,
    LigneCadre,
    Valeur,
)
from cadres.recensement.personnes.modeles import CelluleVidee, Conflit

DU_FICHIER, DU_REGISTRE = "fichier", "registre"
"""The answers to a conflict."""


_VALEURS = attrgetter(*CHAMPS_CADRE)


@dataclass(frozen=True, slots=True)
class Comparaison:
    changements: tuple[Changement, ...] = ()
    conflits: tuple[Conflit, ...] = ()
    videes: tuple[CelluleVidee, ...] = ()


def cle_matricule(matricule: str) -> str:
    """Spreadsheets eat leading zeros: « 00782 » and 782 are the same agent."""
    return matricule.casefold().replace(" ", "").lstrip("0")


def comparer(
    cadre: LigneCadre,
    fiche: FicheExistante,
    presents: Collection[str] = (),
    *,
    exportes: Mapping[str, Valeur] | None = None,
    reponses: Mapping[str, str] | None = None,
) -> Comparaison:
    """`presents`: the fields that the row could have filled, to say which of its cells were emptied.

    An empty cell changes nothing. With `exportes` (what our export wrote of this row), a cell counts
    as changed when it differs from what was exported; if the registre changed meanwhile as well, it
    is a conflict, and nothing is written but on an answer: field -> `DU_FICHIER` or `DU_REGISTRE`.
    """
    changements, conflits, videes = [], [], []
    anciens = _anciens(cadre, fiche)
    for champ, actuel, lu in zip(CHAMPS_CADRE, _VALEURS(fiche), _VALEURS(cadre), strict=True):
        if actuel == lu:
            continue  # nearly all of them
        if champ in anciens or (actuel is None and champ in CHAMPS_TUS):
            continue
        exporte = exportes.get(champ) if exportes else None
        a_trois = exportes is not None and champ in exportes
        if lu is None or lu == "":
            avant = exporte if a_trois else actuel
            if champ in presents and not _vide(avant) and not _vide(actuel):
                videes.append(CelluleVidee(cadre.ligne, fiche.id, champ, CHAMPS[champ], actuel))
            continue
        memes = _identiques if a_trois else _equivalents
        if memes(champ, actuel, lu) or (a_trois and _identiques(champ, exporte, lu)):
            continue
        reponse = (reponses or {}).get(champ)
        if not a_trois or _identiques(champ, exporte, actuel) or reponse == DU_FICHIER:
            changements.append(Changement(champ, CHAMPS[champ], actuel, lu))
        elif reponse != DU_REGISTRE:
            conflits.append(
                Conflit(cadre.ligne, fiche.id, champ, CHAMPS[champ], exporte, actuel, lu)
            )
    return Comparaison(tuple(changements), tuple(conflits), tuple(videes))


def _anciens(cadre: LigneCadre, fiche: FicheExistante) -> set[str]:
    """What named the person before a mobility is not written back."""
    anciens = set()
    if fiche.anciens_matricules and cle_matricule(cadre.matricule) in {
        cle_matricule(m) for m in fiche.anciens_matricules
    }:
        anciens.add("matricule")
    if fiche.anciens_courriels and cadre.courriel in {c.lower() for c in fiche.anciens_courriels}:
        anciens.add("courriel")
    return anciens


def _vide(valeur: Valeur) -> bool:
    return valeur is None or valeur == ""


def _identiques(_champ: str, avant: Valeur, apres: Valeur) -> bool:
    """To the letter, but for spaces and apostrophes: a case or an accent corrected is a change."""
    if isinstance(avant, str) and isinstance(apres, str):
        return _plat(avant) == _plat(apres)
    return avant == apres or (_vide(avant) and _vide(apres))


def _equivalents(champ: str, avant: Valeur, apres: Valeur) -> bool:
    if avant == apres:
        return True
    if not isinstance(avant, str) or not isinstance(apres, str):
        return False
    if champ in {"nom", "prenom"}:
        return cle_nom(avant, "") == cle_nom(apres, "") and nombre_accents(apres) <= nombre_accents(
            avant
        )
    if champ == "matricule":
        return cle_matricule(avant) == cle_matricule(apres)
    if champ == "courriel":
        return avant.lower() == apres
    return _plat(avant) == _plat(apres)


def _plat(texte: str) -> str:
    return " ".join(texte.replace("’", "'").split())
