"""The burn-up: effective in ink, engaged in dashes, projected in a fan, the target in dots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import atan2, ceil, degrees

from collectivites.communs.typographie import INSECABLE, MOIS, MOIS_COURTS, compter, date_texte
from pilotage.indicateurs.trajectoire import Trajectoire
from pilotage.tableau_de_bord.graphiques.figure import (
    Element,
    Figure,
    ecarter,
    nombre,
    rond,
    texte,
    trace,
)

#: What labels take around them, in units of the drawing.
INTERLIGNE = 17
LARGEUR_ETIQUETTE = 134


@dataclass(frozen=True)
class Gabarit:
    """Size and place of the plot. Two for the pages, one for the note."""

    largeur: float
    hauteur: float
    gauche: float
    droite: float
    haut: float
    bas: float
    etroit: bool = False


LARGE = Gabarit(700, 352, 28, 582, 12, 324)
ETROIT = Gabarit(350, 262, 26, 346, 30, 234, etroit=True)
NOTE = Gabarit(640, 208, 28, 528, 12, 180)

Marches = tuple[tuple[date, int], ...]


class _Repere:
    """From a day and a number to a place in the drawing."""

    def __init__(self, courbe: Trajectoire, gabarit: Gabarit, plafond: int) -> None:
        self.g, self.plafond = gabarit, plafond
        self.debut = min(courbe.debut, courbe.jour)
        self.fin = max(courbe.fin, courbe.jour, *(jour for jour, _ in courbe.engagees))

    def x(self, jour: date) -> float:
        part = (jour - self.debut).days / max(1, (self.fin - self.debut).days)
        return self.g.gauche + (self.g.droite - self.g.gauche) * min(max(part, 0.0), 1.0)

    def y(self, n: float) -> float:
        return self.g.bas - (self.g.bas - self.g.haut) * n / self.plafond

    def point(self, jour: date, n: float) -> str:
        return f"{nombre(self.x(jour))} {nombre(self.y(n))}"

    def escalier(self, marches: Marches, depart: tuple[date, int], fin: date) -> str:
        """A staircase from `depart` through each (day, level), kept level until `fin`."""
        d = f"M{self.point(*depart)}"
        for jour, n in marches:
            d += f"H{nombre(self.x(jour))}V{nombre(self.y(n))}"
        return f"{d}H{nombre(self.x(fin))}"


def pas_de_grille(maximum: int) -> int:
    """Three or four lines at round numbers."""
    for pas in (1, 2, 3, 5, 6, 10, 12, 15, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000):
        if maximum / pas <= 4:
            return pas
    return ceil(maximum / 4)


def plafond(courbe: Trajectoire) -> int:
    """The number at the top of the plot."""
    haut = courbe.projection.haut if courbe.projection else 0
    return max(courbe.objectif, courbe.nb_avec_engagees, haut, 4)


def dessiner(courbe: Trajectoire, gabarit: Gabarit, *, relies: bool = False) -> Figure:
    """The drawing. `relies`: the points are those that may be told, joined by straight lines where
    the exact staircase would name the day of each move (see `indicateurs.publication`).
    """
    repere = _Repere(courbe, gabarit, plafond(courbe))
    elements = [
        *_grille(courbe, repere),
        *_temps(courbe, repere),
        *_aplats(courbe, repere, relies=relies),
        *_traits(courbe, repere, relies=relies),
        *_etiquettes(courbe, repere, date_dite=not relies),
    ]
    return Figure(gabarit.largeur, gabarit.hauteur, decrire(courbe), tuple(elements))


def decrire(courbe: Trajectoire) -> str:
    """All that the drawing shows, in one sentence."""
    phrases = [
        f"Mobilités cumulées de {_mois(courbe.debut)} à {_mois(courbe.fin)}{INSECABLE}: "
        f"{compter(courbe.nb_effectives, 'effective')} au {date_texte(courbe.jour)} "
        f"pour {compter(courbe.prevues, 'prévue')} à cette date"
    ]
    if courbe.nb_engagees:
        phrases.append(f"{courbe.nb_avec_engagees} avec les dossiers engagés")
    if courbe.projection:
        p = courbe.projection
        phrases.append(
            f"{compter(p.milieu, 'projetée')} en {_mois(courbe.fin)}, entre {p.bas} et {p.haut}"
        )
    phrases.append(f"objectif {courbe.objectif}")
    return f"{INSECABLE}; ".join(phrases) + "."


def _mois(jour: date, *, court: bool = False, etroit: bool = False) -> str:
    annee = f"{jour.year % 100:02d}" if etroit else str(jour.year)
    return f"{(MOIS_COURTS if court else MOIS)[jour.month - 1]}{INSECABLE}{annee}"


def _grille(courbe: Trajectoire, r: _Repere) -> list[Element]:
    pas = pas_de_grille(max(courbe.objectif, courbe.nb_avec_engagees, 4))
    elements = []
    for n in range(0, r.plafond + 1, pas):
        y = r.y(n)
        elements += [
            trace("g-grille", f"M{nombre(r.g.gauche)} {nombre(y)}H{nombre(r.g.droite)}"),
            texte("g-t2 g-fin", r.g.gauche - 8, y + 4.5, str(n)),
        ]
    return elements


def graduations(courbe: Trajectoire, fin: date, place: int) -> list[date]:
    """The start, Januaries and Julys, the end: `place` at most between the two ends."""
    debut = courbe.debut
    rondes = [
        date(annee, mois, 1)
        for annee in range(debut.year, fin.year + 1)
        for mois in (1, 7)
        if debut < date(annee, mois, 1) < fin
    ]
    ecart = (fin - debut).days / (place + 1)
    bords = max(ecart * 0.7, 100)
    rondes = [j for j in rondes if (j - debut).days > bords and (fin - j).days > bords]
    if len(rondes) > place:
        rondes = [j for j in rondes if j.month == 1]
    pas = max(1, ceil(len(rondes) / place))
    return [debut, *rondes[::pas], fin]


def _temps(courbe: Trajectoire, r: _Repere) -> list[Element]:
    elements = []
    jours = graduations(courbe, r.fin, 1 if r.g.etroit else 4)
    for rang, jour in enumerate(jours):
        ancre = {0: "", len(jours) - 1: " g-fin"}.get(rang, " g-mil")
        libelle = _mois(jour, court=True, etroit=r.g.etroit)
        elements += [
            trace("g-axe", f"M{nombre(r.x(jour))} {nombre(r.g.bas)}v5"),
            texte(f"g-t2{ancre}", r.x(jour), r.g.bas + 20, libelle),
        ]
    axe = f"M{nombre(r.g.gauche)} {nombre(r.g.bas)}H{nombre(r.g.droite)}"
    return [*elements, trace("g-axe", axe)]


def _courbe(courbe: Trajectoire, r: _Repere, *, relies: bool) -> str:
    if not relies:
        depart = (r.debut, 0)
        return r.escalier(courbe.effectives, depart, courbe.jour)
    points = [(courbe.depart, 0), *courbe.effectives]
    if points[-1][0] < courbe.jour:
        points.append((courbe.jour, points[-1][1]))
    return "M" + "L".join(r.point(*p) for p in [(r.debut, 0), *points])


def _aplats(courbe: Trajectoire, r: _Repere, *, relies: bool) -> list[Element]:
    aire = f"{_courbe(courbe, r, relies=relies)}V{nombre(r.g.bas)}H{nombre(r.g.gauche)}Z"
    elements = [trace("g-aire", aire)]
    if p := courbe.projection:
        d = f"M{r.point(p.depuis, p.base)}L{r.point(courbe.fin, p.haut)}"
        elements.append(trace("g-eventail", f"{d}L{r.point(courbe.fin, p.bas)}Z"))
    return elements


def _traits(courbe: Trajectoire, r: _Repere, *, relies: bool) -> list[Element]:
    cible = f"M{r.point(courbe.depart, 0)}L{r.point(courbe.fin, courbe.objectif)}"
    elements = [trace("g-cible", cible)]
    haut = r.g.haut + (18 if not r.g.etroit else 12)
    if courbe.jour < r.fin:
        jour = f"M{nombre(r.x(courbe.jour))} {nombre(r.g.bas)}V{nombre(haut + 6)}"
        elements += [
            trace("g-jour", jour),
            texte(f"g-t2{_ancre(r, courbe.jour)}", r.x(courbe.jour), haut, date_texte(courbe.jour)),
        ]
    if p := courbe.projection:
        d = f"M{r.point(p.depuis, p.base)}L{r.point(courbe.fin, p.milieu)}"
        elements.append(trace("g-proj", d))
    if courbe.nb_engagees:
        elements.append(trace("g-engage", _engagees(courbe, r, relies=relies)))
    elements.append(trace("g-trait", _courbe(courbe, r, relies=relies)))
    elements.append(rond("g-point", r.x(courbe.jour), r.y(courbe.nb_effectives), 6))
    if courbe.nb_engagees:
        fin, n = courbe.engagees[-1]
        elements.append(rond("g-point-v", r.x(fin), r.y(n), 5))
    return elements


def _engagees(courbe: Trajectoire, r: _Repere, *, relies: bool) -> str:
    """The staircase of the open files; a straight line when each date may not be told."""
    depart = (courbe.jour, courbe.nb_effectives)
    fin, n = courbe.engagees[-1]
    if not relies:
        return r.escalier(courbe.engagees, depart, fin)
    return f"M{r.point(*depart)}L{r.point(fin, n)}"


def _ancre(r: _Repere, jour: date) -> str:
    """Where a label about `jour` holds on: its middle, unless it would leave the drawing."""
    part = (r.x(jour) - r.g.gauche) / (r.g.droite - r.g.gauche)
    marge = 0.16 if r.g.etroit else 0.09
    if part < marge:
        return ""
    return " g-fin" if part > 1 - marge else " g-mil"


def _etiquettes(courbe: Trajectoire, r: _Repere, *, date_dite: bool) -> list[Element]:
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


def _etiquette_engagees(courbe: Trajectoire, r: _Repere, *, date_dite: bool) -> list[Element]:
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


def _marge_etroite(courbe: Trajectoire, r: _Repere) -> list[Element]:
    p = courbe.projection
    mots = f"objectif {courbe.objectif}"
    if p:
        mots = f"{compter(p.milieu, 'projetée')} ({p.bas} à {p.haut}) pour {courbe.objectif}"
    return [texte("g-t g-m g-fin", r.g.droite, r.g.haut - 14, mots)]


def _marge_droite(courbe: Trajectoire, r: _Repere) -> list[Element]:
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


def _nom_de_la_cible(courbe: Trajectoire, r: _Repere) -> list[Element]:
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
