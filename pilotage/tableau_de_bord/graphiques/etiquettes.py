"""The words written in the burn-up, kept apart from one another and from the curves."""

from __future__ import annotations

from collections.abc import Iterable
from math import atan2, degrees

from django.utils.html import strip_tags

from collectivites.communs.typographie import compter, date_texte
from pilotage.indicateurs.trajectoire import Trajectoire
from pilotage.tableau_de_bord.graphiques.figure import Element, ecarter, nombre, texte, trace
from pilotage.tableau_de_bord.graphiques.placement import Boite, Plan, boite, largeur_de, le_long
from pilotage.tableau_de_bord.graphiques.repere import Repere

NOM_DE_LA_CIBLE = "trajectoire convenue"
#: What labels take around them, in units of the drawing.
INTERLIGNE = 17
LARGEUR_ETIQUETTE = 134


def etiquettes(courbe: Trajectoire, r: Repere, *, prises: Iterable[Boite] = ()) -> list[Element]:
    """« 18 effectives », « 23 avec les engagées »: over the curve when it leads, under it, where
    the plot is empty, when the target line runs above; moved where nothing else stands. `prises`:
    what is written already, on the axes and over today.
    """
    marge = _marge_etroite(courbe, r) if r.g.etroit else _marge_droite(courbe, r)
    plan = Plan(r.g.gauche, 0, r.g.largeur, r.g.bas - 2, [*prises, *map(boite_de, marge)])
    plan.segments = [
        (r.x(courbe.depart), r.y(0), r.x(courbe.fin), r.y(courbe.objectif)),
        (r.x(courbe.jour), r.g.bas, r.x(courbe.jour), r.g.haut),
    ]
    elements = []
    for x, y, lignes in _blocs(courbe, r):
        x, y = plan.placer(x, y, lignes, INTERLIGNE + 2)
        elements += [
            texte(classe, x, y + rang * (INTERLIGNE + 2), mot)
            for rang, (classe, mot) in enumerate(lignes)
        ]
    return [*elements, *marge, *_nom_de_la_cible(courbe, r, plan)]


Bloc = tuple[float, float, list[tuple[str, str]]]


def _blocs(courbe: Trajectoire, r: Repere) -> list[Bloc]:
    """Where one would like to read them: (x, y, [(class, words)])."""
    x, y = r.x(courbe.jour), r.y(courbe.nb_effectives)
    compte = [("g-t g-g", compter(courbe.nb_effectives, "effective"))]
    engagees: list[tuple[str, str]] = []
    if courbe.nb_engagees:
        fin, n = courbe.engagees[-1]
        engagees.append(("g-t g-m", f"{n} avec les engagées"))
        if not r.g.etroit:
            engagees.append(("g-t2", f"au {date_texte(fin)}"))
    if not r.g.etroit and courbe.avance >= 0 and x - r.g.gauche > LARGEUR_ETIQUETTE:
        blocs: list[Bloc] = [(x - 12 - largeur_de(compte[0][1], compte[0][0]), y - 8, compte)]
        if engagees:
            fin, n = courbe.engagees[-1]
            blocs.append((r.x(fin) + 9, r.y(n) + 20, engagees))
        return blocs
    # Right of today, under the curve (the margin is free at that height); else top left.
    if not r.g.etroit and r.g.largeur - x >= LARGEUR_ETIQUETTE + 12:
        return [(x + 12, min(y + 28, r.g.bas - 48), [*compte, *engagees])]
    libre = x - r.g.gauche > LARGEUR_ETIQUETTE + 12  # left of the line of today
    return [((r.g.gauche if libre else x) + 10, r.g.haut + 40, [*compte, *engagees])]


def boite_de(element: Element) -> Boite:
    """Where a straight label stands, whatever its anchor; nothing for what is no label."""
    place = element.attribut
    if element.balise != "text" or "x" not in place:
        return Boite(0, 0, 0, 0)
    return boite(float(place["x"]), float(place["y"]), strip_tags(element.texte), element.classe)


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
    return elements


def _nom_de_la_cible(courbe: Trajectoire, r: Repere, plan: Plan) -> list[Element]:
    """« trajectoire convenue » along its line, where nothing else is written; not at all when there
    is no such place: the legend of the drawing says it."""
    x0, y0 = r.x(courbe.depart), r.g.bas
    x1, y1 = r.x(courbe.fin), r.y(courbe.objectif)
    if x1 - x0 < 200:
        return []
    angle = degrees(atan2(y1 - y0, x1 - x0))
    plan.segments = plan.segments[1:]  # along the target, it lies beside it
    for part in (0.17, 0.3, 0.45, 0.6, 0.75):
        for dx, dy in _cotes(courbe, part):
            x, y = x0 + (x1 - x0) * part + dx, y0 + (y1 - y0) * part + dy
            if plan.est_libre(le_long(x, y, NOM_DE_LA_CIBLE, angle)):
                return [texte("g-t2 g-mil", x, y, NOM_DE_LA_CIBLE, angle)]
    return []


def _cotes(courbe: Trajectoire, part: float) -> list[tuple[int, int]]:
    """Over the line, or under it first where the curve runs above."""
    dessus, dessous = (-4, -8), (6, 14)
    duree = courbe.fin - courbe.depart
    au_dessus = any(
        courbe.effectives_le(courbe.depart + duree * p) > courbe.objectif * p
        for p in (part / 2, part, part * 1.5, part * 2)
        if p <= 1
    )
    return [dessous, dessus] if au_dessus else [dessus, dessous]
