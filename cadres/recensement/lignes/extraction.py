"""From the cells of one row to its kept texts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cadres.recensement.champs.texte import nettoyer, sans_mot
from cadres.recensement.entetes.interdits import contient_un_nir, est_un_nir
from cadres.recensement.fichiers.cellules import Cellule, Formule, depuis_serie, texte_brut
from cadres.recensement.personnes.cles import Cle

_SEPT_CHIFFRES = re.compile(r"\d(?:[\s.-]?\d){6}")


@dataclass(slots=True)
class LigneBrute:
    """The kept cells of a row, as text. `mentions`: codes of warnings found while extracting."""

    numero: int
    valeurs: dict[str, str]
    mentions: set[str] = field(default_factory=set)
    #: What our own export wrote of this row, when the file is one of ours.
    cle: Cle | None = None

    def corriger(self, corrections: Mapping[str, str]) -> None:
        """What was typed on screen, but for what is kept nowhere."""
        for champ, texte in corrections.items():
            interdite = porte_un_nir(texte)
            self.valeurs[champ] = "" if interdite else texte
            if interdite:
                self.mentions.add("nir")


def extraire(
    numero: int,
    cellules: list[Cellule],
    positions: Mapping[int, str],
    date_1904: bool,
    secours: Sequence[int] = (),
    section: str = "",
) -> LigneBrute:
    """Only the kept columns are looked at: nothing of the others goes further.

    `secours`: columns that give the name where the name in use is blank, as HR exports leave it
    for whoever bears their birth name. `section`: the title of the block, where the row has no
    direction of its own.
    """
    brute = LigneBrute(numero, {})
    for indice, champ in positions.items():
        cellule = cellules[indice] if indice < len(cellules) else None
        if cellule is not None:
            texte = _texte(champ, cellule, date_1904, brute.mentions)
            if texte:
                brute.valeurs[champ] = texte
    for indice in secours if "nom" not in brute.valeurs else ():
        cellule = cellules[indice] if indice < len(cellules) else None
        texte = "" if cellule is None else _texte("nom", cellule, date_1904, brute.mentions)
        if texte and not sans_mot(texte):
            brute.valeurs = {"nom": texte} | brute.valeurs
            break
    if section and "direction" not in brute.valeurs:
        brute.valeurs["direction"] = section
        brute.mentions.add("section")
    return brute


def _texte(champ: str, cellule: Cellule, date_1904: bool, mentions: set[str]) -> str:
    if isinstance(cellule, Formule):
        if cellule.valeur is None:
            return nettoyer(cellule.texte)
        mentions.add("formule")
        cellule = cellule.valeur
    if isinstance(cellule, int | float) and not isinstance(cellule, bool):
        if champ == "matricule":
            mentions.add("matricule_nombre")
        elif champ == "date_entree_poste" and date_1904:
            return texte_brut(depuis_serie(cellule, date_1904=True) or cellule)
    texte = nettoyer(texte_brut(cellule))
    if len(texte) >= 13 and champ != "cle" and porte_un_nir(texte):
        mentions.add("nir")
        return ""
    return texte


def porte_un_nir(texte: str) -> bool:
    """Never kept, wherever it is: not even to be corrected."""
    if not _SEPT_CHIFFRES.search(texte):
        return False
    return (len(texte) >= 15 and est_un_nir(texte)) or contient_un_nir(texte)
