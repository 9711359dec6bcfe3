"""Where a balance stands between the two brackets of the tolerance."""

from pilotage.indicateurs.matrice import Bilan, Equilibre
from pilotage.tableau_de_bord.graphiques.figure import Figure, nombre, rectangle, rond, trace

LARGEUR, HAUTEUR, MILIEU, DEMI, BORD = 120, 22, 60, 36, 50


def dessiner(bilan: Bilan) -> Figure:
    """The dot turns to the accent at the limit; beyond it, it stops at the end of the line."""
    ecart = bilan.solde / max(1, bilan.tolerance) * DEMI
    x = MILIEU + max(-BORD, min(BORD, ecart))
    gauche, droite = MILIEU - DEMI, MILIEU + DEMI
    classe = "g-plein" if bilan.equilibre == Equilibre.DANS else "g-accent"
    elements = (
        rectangle("g-piste", gauche, 3, 2 * DEMI, 16),
        trace("g-axe", f"M6 11H114M{MILIEU} 4v14"),
        trace(
            "g-contour",
            f"M{nombre(gauche + 4)} 3h-4v16h4M{nombre(droite - 4)} 3h4v16h-4",
        ),
        rond(classe, x, 11, 5.5),
    )
    return Figure(LARGEUR, HAUTEUR, "", elements)
