"""Finding the header under title blocks, on one row or on two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cadres.recensement.champs.texte import cle, nettoyer, tronquer
from cadres.recensement.entetes.synonymes import nomme, raison_ecart, reconnaitre
from cadres.recensement.fichiers.cellules import Cellule, Formule, Ligne
from cadres.recensement.modeles import CHAMPS, CHAMPS_COMPOSES, CHAMPS_IDENTITE

LIGNES_ENTETE = 40  # non-empty rows among which the header is looked for
_LARGEUR_NOM = 80
_PART_RECONNUE = 0.6  # of the cells of a second row of headings


@dataclass(frozen=True, slots=True)
class Entete:
    """The header: its last row, its place among the rows read, and the heading of each column."""

    ligne: int
    rang: int
    colonnes: tuple[str, ...]  # unique, never empty
    #: The two rows as they are written, when there are two: both may be printed again.
    repetees: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Essai:
    note: int
    rang: int
    cellules: Sequence[Cellule]
    au_dessus: Sequence[Cellule] | None = None


def texte_entete(cellule: Cellule) -> str:
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
        nom = texte_entete(cellule) or f"Colonne {lettre(i)}"
        vus[nom] = vus.get(nom, 0) + 1
        if vus[nom] > 1:
            nom = f"{nom} ({lettre(i)})"
        noms.append(nom)
    return tuple(noms)


def _champs(cellules: Sequence[Cellule], correspondance: Mapping[str, str]) -> set[str]:
    champs: set[str] = set()
    for cellule in cellules:
        if not isinstance(cellule, str):
            continue
        nom = texte_entete(cellule)
        if len(nom) >= _LARGEUR_NOM:
            continue
        champ = correspondance.get(nom, "")
        champs.add(champ if champ in CHAMPS else reconnaitre(nom)[0])
    champs.discard("")
    return champs


def _note(cellules: Sequence[Cellule], correspondance: Mapping[str, str]) -> int:
    """How many different kept fields a row names; 0 when it cannot be a header."""
    champs = _champs(cellules, correspondance)
    return len(champs) if len(champs) >= 2 and champs & CHAMPS_IDENTITE else 0


def trouver_entete(
    lignes: Sequence[Ligne], correspondance: Mapping[str, str] | None = None
) -> tuple[Entete | None, int]:
    """The header and its score; the first of the best among the first rows."""
    connus = correspondance or {}
    debut = lignes[:LIGNES_ENTETE]
    meilleur = _Essai(0, -1, ())
    for rang, (_, cellules) in enumerate(debut):
        note = _note(cellules, connus)
        if note > meilleur.note:
            meilleur = _Essai(note, rang, cellules)
    for rang in range(len(debut) - 1):
        (numero, haut), (suivant, bas) = debut[rang], debut[rang + 1]
        if suivant != numero + 1 or not _peut_etre_second(bas):
            continue
        ensemble = _superposer(haut, bas)
        note = _note(ensemble, connus)
        if note > meilleur.note:
            meilleur = _Essai(note, rang + 1, ensemble, haut)
    if meilleur.rang < 0:
        return None, 0
    return _entete(lignes, meilleur), meilleur.note


def _entete(lignes: Sequence[Ligne], essai: _Essai) -> Entete:
    numero, bas = lignes[essai.rang]
    suite = lignes[essai.rang : essai.rang + LIGNES_ENTETE]
    largeur = max(len(essai.cellules), *(len(c) for _, c in suite))
    completes = [*essai.cellules, *[None] * (largeur - len(essai.cellules))]
    repetees = () if essai.au_dessus is None else (_cles(essai.au_dessus), _cles(bas))
    return Entete(numero, essai.rang, _nommer(completes), repetees)


def identite_complete(entete: Entete, correspondance: Mapping[str, str] | None = None) -> bool:
    """Both names can be read in these columns: the sheet is a list of people."""
    champs = _champs(entete.colonnes, correspondance or {})
    return bool(champs & {*CHAMPS_COMPOSES}) or {"nom", "prenom"} <= champs


def _peut_etre_second(cellules: Sequence[Cellule]) -> bool:
    """Headings, and no row of a person: texts alone, most of them names of columns."""
    pleines = [c for c in cellules if c is not None]
    if len(pleines) < 2 or not all(isinstance(c, str) for c in pleines):
        return False
    noms = [texte_entete(c) for c in pleines]
    reconnus = sum(bool(nomme(n) or raison_ecart(n)) for n in noms)
    return reconnus >= max(2, _PART_RECONNUE * len(noms))


def _superposer(haut: Sequence[Cellule], bas: Sequence[Cellule]) -> list[Cellule]:
    """One heading for each column of a header on two rows, merged cells spread over their group."""
    largeur = max(len(haut), len(bas))
    hauts = [texte_entete(c) for c in haut] + [""] * (largeur - len(haut))
    bas_ = [texte_entete(c) for c in bas] + [""] * (largeur - len(bas))
    noms: list[Cellule] = []
    groupe = ""
    for au_dessus, dessous in zip(hauts, bas_, strict=True):
        if au_dessus:
            groupe = au_dessus if dessous else ""
        noms.append(_un_seul(groupe, dessous) if dessous else au_dessus or None)
    return noms


def _un_seul(groupe: str, dessous: str) -> str:
    """« Date » above « Affectation » is a date; « Affectation » above « Service », a service."""
    ensemble = f"{groupe} {dessous}"
    if groupe and (nomme(ensemble) or (raison_ecart(ensemble) and not nomme(dessous))):
        return ensemble
    return dessous


def _cles(cellules: Sequence[Cellule]) -> tuple[str, ...]:
    return tuple(cle(texte_entete(c)) for c in cellules)


def est_entete_repete(cellules: Sequence[Cellule], entete: Entete) -> bool:
    """A header printed again on each page of the export."""
    if not isinstance(next((c for c in cellules if c is not None), None), str):
        return False
    semblables = 0
    for cellule, nom in zip(cellules, entete.colonnes, strict=False):
        if cellule is None:
            continue
        if not isinstance(cellule, str) or cle(texte_entete(cellule)) != cle(nom):
            break
        semblables += 1
    else:
        if semblables >= 2:
            return True
    if not entete.repetees:
        return False
    siennes = _cles(cellules)
    return any(_sans_fin(siennes) == _sans_fin(repetee) for repetee in entete.repetees)


def _sans_fin(cles: tuple[str, ...]) -> tuple[str, ...]:
    longueur = max((i + 1 for i, c in enumerate(cles) if c), default=0)
    return cles[:longueur]
