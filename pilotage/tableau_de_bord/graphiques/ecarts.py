"""The differences of pay of yeses, above a line, and of noes, under it: solid, then hollow."""

from __future__ import annotations

from pilotage.indicateurs.paie import CLASSES, Paie
from pilotage.indicateurs.secret import NON_COMMUNIQUE
from pilotage.tableau_de_bord.graphiques.figure import Element, Figure, rectangle, texte, trace

LARGEUR, HAUTEUR, AXE, PLEIN = 380, 208, 96, 56
COLONNE = 48


def dessiner(paie: Paie) -> Figure:
    """A class too small to be told has its place, without a bar."""
    series = (("Acceptées", paie.acceptees, -1), ("Refusées", paie.refusees, 1))
    maximum = max([1, *(n or 0 for _, reponses, _ in series for n in reponses.classes)])
    pas = LARGEUR / len(CLASSES)
    elements: list[Element] = []
    for _, reponses, sens in series:
        for rang, n in enumerate(reponses.classes):
            milieu = rang * pas + pas / 2
            hauteur = PLEIN * (n or 0) / maximum
            haut = AXE - hauteur if sens < 0 else AXE
            if n:
                classe = "g-plein" if sens < 0 else "g-vide"
                elements.append(rectangle(classe, milieu - COLONNE / 2, haut, COLONNE, hauteur))
            y = AXE - hauteur - 5 if sens < 0 else AXE + hauteur + 15
            if n != 0:
                mots = NON_COMMUNIQUE if n is None else str(n)
                elements.append(texte("g-t2 g-mil", milieu, y, mots))
    elements += [
        trace("g-axe", f"M0 {AXE}H{LARGEUR}"),
        trace("g-jour", f"M{LARGEUR / 2:.0f} 26V{HAUTEUR - 34}"),
        texte("g-t g-m", 0, 14, "Acceptées"),
        texte("g-t g-m g-fin", LARGEUR, HAUTEUR - 30, "Refusées"),
        texte("g-t2", 0, HAUTEUR - 16, "moins payé"),
        texte("g-t2 g-mil", LARGEUR / 2, HAUTEUR - 16, "0"),
        texte("g-t2 g-fin", LARGEUR, HAUTEUR - 16, "plus payé"),
        texte(
            "g-t2 g-mil",
            LARGEUR / 2,
            HAUTEUR,
            "écart de brut mensuel, de part et d’autre de ±100 €",
        ),
    ]
    return Figure(LARGEUR, HAUTEUR, _label(paie), tuple(elements))


def _label(paie: Paie) -> str:
    phrases = []
    for nom, reponses in (("acceptées", paie.acceptees), ("refusées", paie.refusees)):
        classes = ", ".join(
            f"{libelle} : {NON_COMMUNIQUE if n is None else n}"
            for (libelle, *_), n in zip(CLASSES, reponses.classes, strict=True)
        )
        phrases.append(f"{nom}, {classes}")
    return f"Propositions selon l’écart de brut mensuel, en euros : {' ; '.join(phrases)}."
