"""One bar an employer, from the minimum to the maximum that it deliberated, group under group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from collectivites.communs.typographie import nombre_texte
from collectivites.models import Collectivite
from opportunites.remuneration.regime_indemnitaire import GroupeCompare, LigneRegime
from pilotage.tableau_de_bord.graphiques.figure import (
    Element,
    Figure,
    nombre,
    rectangle,
    texte,
    trace,
)

RANG, EPAISSEUR, ENTRE, TETE = 22, 12, 20, 26


@dataclass(frozen=True)
class Format:
    """Width of the drawing, and where its bars stand."""

    largeur: float
    gauche: float
    droite: float


LARGE = Format(700, 44, 640)
ETROIT = Format(350, 32, 292)
#: letter of the employer → class of its colour
CLASSES = {"V": "g-v", "A": "g-a", "D": "g-d", "R": "g-r"}


def dessiner(
    groupes: Sequence[GroupeCompare],
    collectivites: Sequence[Collectivite],
    plafond: float,
    f: Format,
) -> Figure:
    """The letter stands beside each bar: the colour says nothing alone."""
    elements: list[Element] = []
    y = 0.0
    for groupe in groupes:
        lues = {ligne.collectivite: ligne for ligne in groupe.lignes}
        elements.append(texte("g-t g-b", 0, y + 14, groupe.groupe))
        y += TETE
        for collectivite in collectivites:
            ligne = lues.get(collectivite.nom_court)
            elements += _rang(collectivite.initiale, ligne, y, plafond, f)
            y += RANG
        y += ENTRE
    elements.append(texte("g-t2 g-fin", f.largeur, 14, "IFSE, en euros par an"))
    return Figure(f.largeur, y - ENTRE + 4, _label(groupes), tuple(elements))


def _rang(
    initiale: str, ligne: LigneRegime | None, y: float, plafond: float, f: Format
) -> list[Element]:
    def place(montant: float) -> float:
        return f.gauche + (f.droite - f.gauche) * montant / plafond

    elements = [
        texte("g-t2", f.gauche - 22, y + EPAISSEUR - 1, initiale),
        rectangle("g-piste", f.gauche, y, f.droite - f.gauche, EPAISSEUR),
    ]
    if ligne is None or ligne.maximum is None:
        return [*elements, texte("g-t2", f.gauche + 6, y + EPAISSEUR - 1, "non dit")]
    bas, haut = float(ligne.minimum or 0), float(ligne.maximum)
    debut, fin = place(bas), place(haut)
    elements.append(rectangle(CLASSES[initiale], debut, y, max(fin - debut, 2), EPAISSEUR))
    if ligne.indicatif is not None:
        x = place(float(ligne.indicatif))
        elements.append(trace("g-trait", f"M{nombre(x)} {nombre(y - 3)}v{EPAISSEUR + 6}"))
    elements.append(texte("g-t2", fin + 6, y + EPAISSEUR - 1, nombre_texte(haut)))
    return elements


def _label(groupes: Sequence[GroupeCompare]) -> str:
    phrases = [
        f"groupe {groupe.groupe}, "
        + ", ".join(f"{ligne.collectivite} {_etendue(ligne)}" for ligne in groupe.lignes)
        for groupe in groupes
    ]
    return f"IFSE délibérée, en euros par an : {' ; '.join(phrases)}."


def _etendue(ligne: LigneRegime) -> str:
    if ligne.maximum is None:
        return "non dit"
    return f"de {nombre_texte(ligne.minimum or 0)} à {nombre_texte(ligne.maximum)}"
