"""The words written in the burn-up, kept apart from one another and from the curves."""

from __future__ import annotations

from math import atan2, degrees

from collectivites.communs.typographie import compter, date_texte
from pilotage.indicateurs.trajectoire import Trajectoire
from pilotage.tableau_de_bord.graphiques.figure import Element, ecarter, nombre, texte, trace
from pilotage.tableau_de_bord.graphiques.repere import Repere

#: What labels take around them, in units of the drawing.
INTERLIGNE = 17
LARGEUR_ETIQUETTE = 134


def etiquettes(courbe: Trajectoire, r: Repere, *, date_dite: bool) -> list[Element]:
    """« 18 effectives », « 23 avec les engagées »: over the curve when it leads, under it, where
    the plot is empty, when the target line runs above.
    """
    x, y = r.x(courbe.jour), r.y(courbe.nb_effectives)
    compte = compter(courbe.nb_effectives, "effective")
    marge = _marge_etroite(courbe, r) if r.g.etroit else _marge_droite(courbe, r)
    if not r.g.etroit and courbe.avance >= 0 and x - r.g.gauche > LARGEUR_ETIQUETTE:
        elements = [texte("g-t g-g g-fin", x - 12, y - 8, compte)]
        return [*elements, *_etiquette_engagees(courbe, r, date_dite=date_dite), *marge]
    # Right of today, under the curve (the margin is free at that height); else top left.
    if not r.g.etroit and r.g.largeur - x >= LARGEUR_ETIQUETTE + 12:
        x, y = x + 12, min(y + 28, r.g.bas - 48)
    else:
        libre = x - r.g.gauche > LARGEUR_ETIQUETTE + 12  # left of the line of today
        x, y = (r.g.gauche if libre else x) + 10, r.g.haut + 40
    elements = [texte("g-t g-g", x, y, compte)]
    if courbe.nb_engagees:
        fin, n = courbe.engagees[-1]
        elements.append(texte("g-t g-m", x, y + 21, f"{n} avec les engagées"))
        if date_dite and not r.g.etroit:
            elements.append(texte("g-t2", x, y + 21 + INTERLIGNE, f"au {date_texte(fin)}"))
    return [*elements, *marge]


def _etiquette_engagees(courbe: Trajectoire, r: Repere, *, date_dite: bool) -> list[Element]:
    """Beside its point, under the projection; against the edge when the point is near it."""
    if not courbe.nb_engagees:
        return []
    fin, n = courbe.engagees[-1]
    x, y = r.x(fin) + 9, r.y(n) + 20
    ancre = ""
    if r.g.droite - x < LARGEUR_ETIQUETTE:
        ancre, x, y = " g-fin", r.g.droite, max(y, r.y(courbe.nb_effectives) + 22)
    elements = [texte(f"g-t g-m{ancre}", x, y, f"{n} avec les engagées")]
    if date_dite:
        elements.append(texte(f"g-t2{ancre}", x, y + INTERLIGNE, f"au {date_texte(fin)}"))
    return elements


def _marge_etroite(courbe: Trajectoire, r: Repere) -> list[Element]:
    p = courbe.projection
    mots = f"objectif {courbe.objectif}"
    if p:
        mots = f"{compter(p.milieu, 'projetée')} ({p.bas} à {p.haut}) pour {courbe.objectif}"
    return [texte("g-t g-m g-fin", r.g.droite, r.g.haut - 14, mots)]


def _marge_droite(courbe: Trajectoire, r: Repere) -> list[Element]:
    """« 37 projetées, de 32 à 41 » and « 36 visées » in the margin, kept apart, and the name
    of the target line along it.
    """
    x = r.g.droite + 10
    y_cible = r.y(courbe.objectif) + 4.5
    elements: list[Element] = []
    p = courbe.projection
    if p:
        # The two lines of the projection, taken as one block, and the target.
        y_projete = r.y(p.milieu) + 4.5
        au_dessus = p.milieu >= courbe.objectif
        voulus = (
            [y_projete - 1.5 * INTERLIGNE, y_projete - 0.5 * INTERLIGNE, y_cible + INTERLIGNE]
            if au_dessus
            else [y_projete, y_projete + INTERLIGNE, y_cible]
        )
        haut = r.g.haut + 4
        if au_dessus:
            y1, y2, y_cible = ecarter(voulus, INTERLIGNE, haut, r.g.bas)
        else:
            y_cible, y1, y2 = ecarter([voulus[2], *voulus[:2]], INTERLIGNE, haut, r.g.bas)
        elements += [
            texte("g-t g-m", x, y1, compter(p.milieu, "projetée")),
            texte("g-t2", x, y2, f"de {p.bas} à {p.haut}"),
        ]
    visees = compter(courbe.objectif, "visée")
    elements += [
        texte("g-t2", x, y_cible, visees),
        trace("g-cible", f"M{nombre(x + 8 + 7 * len(visees))} {nombre(y_cible - 4)}h28"),
    ]
    return [*elements, *_nom_de_la_cible(courbe, r)]


def _nom_de_la_cible(courbe: Trajectoire, r: Repere) -> list[Element]:
    """« trajectoire convenue » along its line, on the side that the curve leaves free."""
    x0, y0 = r.x(courbe.depart), r.g.bas
    x1, y1 = r.x(courbe.fin), r.y(courbe.objectif)
    if x1 - x0 < 200:
        return []
    part = 0.17
    duree = courbe.fin - courbe.depart
    dessous = any(
        courbe.effectives_le(courbe.depart + duree * p) > courbe.objectif * p
        for p in (part / 2, part, part * 1.5, part * 2)
    )
    x, y = x0 + (x1 - x0) * part, y0 + (y1 - y0) * part
    angle = degrees(atan2(y1 - y0, x1 - x0))
    dx, dy = (6, 14) if dessous else (-4, -8)
    return [texte("g-t2 g-mil", x + dx, y + dy, "trajectoire convenue", angle)]
