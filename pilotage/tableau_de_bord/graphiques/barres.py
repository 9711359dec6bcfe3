"""Two columns by class, before and after: hollow, then solid."""

from __future__ import annotations

from collections.abc import Sequence

from pilotage.tableau_de_bord.graphiques.figure import Element, Figure, rectangle, texte, trace

LARGEUR, HAUTEUR, SOL, SOMMET = 380, 236, 196, 52
COLONNE = 28
#: Beyond so many characters a number is wider than its column: two that are level stand one above the
#: other.
LARGE, LIGNE = 4, 14


def avant_apres(
    classes: Sequence[tuple[str, str]],
    avant: Sequence[int],
    apres: Sequence[int],
    noms: tuple[str, str],
    unite: str,
    label: str,
) -> Figure:
    """`classes`: (short label, long label); `noms`: what the two columns are."""
    maximum = max([*avant, *apres, 1])
    pas = LARGEUR / max(1, len(classes))
    elements: list[Element] = []
    for rang, (court, _) in enumerate(classes):
        x = rang * pas + (pas - 2 * COLONNE - 2) / 2
        hauteurs = [(SOL - SOMMET) * n / maximum for n in (avant[rang], apres[rang])]
        levee = _levee(avant[rang], apres[rang], hauteurs)
        for decalage, classe, n, style, hauteur, leve in (
            (0, "g-vide", avant[rang], "g-t2", hauteurs[0], 0),
            (COLONNE + 2, "g-plein", apres[rang], "g-t g-m", hauteurs[1], levee),
        ):
            if n:
                elements.append(rectangle(classe, x + decalage, SOL - hauteur, COLONNE, hauteur))
            milieu = x + decalage + COLONNE / 2
            elements.append(texte(f"{style} g-mil", milieu, SOL - hauteur - 5 - leve, str(n)))
        elements.append(texte("g-t2 g-mil", rang * pas + pas / 2, SOL + 18, court))
    elements += [
        trace("g-axe", f"M0 {SOL + 0.5}H{LARGEUR}"),
        texte("g-t2 g-fin", LARGEUR, HAUTEUR - 4, unite),
        *_legende(noms, haut=4),
    ]
    details = " ; ".join(
        f"{long}, {a} puis {b}" for (_, long), a, b in zip(classes, avant, apres, strict=True)
    )
    return Figure(LARGEUR, HAUTEUR, f"{label} : {details}.", tuple(elements))


def _levee(avant: int, apres: int, hauteurs: Sequence[float]) -> float:
    """How far the second number is put up, so that it stands clear of the first."""
    ecart = hauteurs[1] - hauteurs[0]
    if max(len(str(avant)), len(str(apres))) <= LARGE or abs(ecart) >= LIGNE:
        return 0
    return LIGNE - ecart


def _legende(noms: tuple[str, str], haut: float) -> list[Element]:
    elements, x = [], 0.0
    for nom, classe in zip(noms, ("g-vide", "g-plein"), strict=True):
        elements += [rectangle(classe, x + 1, haut, 11, 11), texte("g-t2", x + 18, haut + 10, nom)]
        x += 34 + 6.6 * len(nom)
    return elements
