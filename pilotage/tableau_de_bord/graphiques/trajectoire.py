"""The burn-up: effective in ink, engaged in dashes, projected in a fan, the target in dots."""

from __future__ import annotations

from datetime import date
from math import ceil

from collectivites.communs.typographie import (
    INSECABLE,
    MOIS,
    MOIS_COURTS,
    compter,
    date_texte,
    de,
    enumerer,
)
from pilotage.indicateurs.trajectoire import Trajectoire
from pilotage.tableau_de_bord.graphiques.etiquettes import boite_de, etiquettes
from pilotage.tableau_de_bord.graphiques.figure import Element, Figure, nombre, rond, texte, trace
from pilotage.tableau_de_bord.graphiques.repere import Gabarit, Repere, pas_de_grille, plafond

#: Steps that the sentence names; beyond, a table beside the drawing has them all.
MARCHES_DITES = 8


def dessiner(courbe: Trajectoire, gabarit: Gabarit) -> Figure:
    repere = Repere(courbe, gabarit, plafond(courbe))
    elements = [
        *_grille(courbe, repere),
        *_temps(courbe, repere),
        *_aplats(courbe, repere),
        *_traits(courbe, repere),
    ]
    prises = [boite_de(element) for element in elements]
    elements += etiquettes(courbe, repere, prises=prises)
    return Figure(gabarit.largeur, gabarit.hauteur, decrire(courbe), tuple(elements))


def decrire(courbe: Trajectoire) -> str:
    """All that the drawing shows, in one sentence."""
    phrases = [
        f"Mobilités cumulées {de(_mois(courbe.debut))} à {_mois(courbe.fin)} : "
        f"{compter(courbe.nb_effectives, 'effective')} au {date_texte(courbe.jour)} "
        f"pour {compter(courbe.prevues, 'prévue')} à cette date"
    ]
    marches = courbe.effectives[:-1]
    if 0 < len(marches) <= MARCHES_DITES:
        dites = [f"{n} le {date_texte(jour)}" for jour, n in marches]
        phrases.append(f"auparavant {enumerer(dites)}")
    if courbe.nb_engagees:
        phrases.append(f"{courbe.nb_avec_engagees} avec les dossiers engagés")
    if courbe.projection:
        p = courbe.projection
        phrases.append(
            f"{compter(p.milieu, 'projetée')} en {_mois(courbe.fin)}, entre {p.bas} et {p.haut}"
        )
    phrases.append(f"objectif {courbe.objectif}")
    phrases += [
        f"auparavant, objectif {a.objectif} en {_mois(a.fin)}, jusqu’au {date_texte(a.jusqu_au)}"
        for _, a in courbe.anciennes
    ]
    return " ; ".join(phrases) + "."


def _mois(jour: date, *, court: bool = False, etroit: bool = False) -> str:
    annee = f"{jour.year % 100:02d}" if etroit else str(jour.year)
    return f"{(MOIS_COURTS if court else MOIS)[jour.month - 1]}{INSECABLE}{annee}"


def _grille(courbe: Trajectoire, r: Repere) -> list[Element]:
    # A fan that climbs far above the target makes the steps larger, else their numbers overlap.
    ordinaire = pas_de_grille(max(courbe.objectif, courbe.nb_avec_engagees, 4))
    pas = max(ordinaire, pas_de_grille(ceil(r.plafond * 2 / 3)))
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


def _temps(courbe: Trajectoire, r: Repere) -> list[Element]:
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


def _courbe(courbe: Trajectoire, r: Repere) -> str:
    return r.escalier(courbe.effectives, (r.debut, 0), courbe.jour)


def _aplats(courbe: Trajectoire, r: Repere) -> list[Element]:
    aire = f"{_courbe(courbe, r)}V{nombre(r.g.bas)}H{nombre(r.g.gauche)}Z"
    elements = [trace("g-aire", aire)]
    if p := courbe.projection:
        d = f"M{r.point(p.depuis, p.base)}L{r.point(courbe.fin, p.haut)}"
        elements.append(trace("g-eventail", f"{d}L{r.point(courbe.fin, p.bas)}Z"))
    return elements


def _traits(courbe: Trajectoire, r: Repere) -> list[Element]:
    elements = [
        trace("g-cible-avant", f"M{r.point(depart, 0)}L{r.point(a.fin, a.objectif)}")
        for depart, a in courbe.anciennes
    ]
    cible = f"M{r.point(courbe.depart, 0)}L{r.point(courbe.fin, courbe.objectif)}"
    elements.append(trace("g-cible", cible))
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
        elements.append(trace("g-engage", _engagees(courbe, r)))
    elements.append(trace("g-trait", _courbe(courbe, r)))
    elements.append(rond("g-point", r.x(courbe.jour), r.y(courbe.nb_effectives), 6))
    if courbe.nb_engagees:
        fin, n = courbe.engagees[-1]
        elements.append(rond("g-point-v", r.x(fin), r.y(n), 5))
    return elements


def _engagees(courbe: Trajectoire, r: Repere) -> str:
    fin, _ = courbe.engagees[-1]
    return r.escalier(courbe.engagees, (courbe.jour, courbe.nb_effectives), fin)


def _ancre(r: Repere, jour: date) -> str:
    """Where a label about `jour` holds on: its middle, unless it would leave the drawing."""
    part = (r.x(jour) - r.g.gauche) / (r.g.droite - r.g.gauche)
    marge = 0.16 if r.g.etroit else 0.09
    if part < marge:
        return ""
    return " g-fin" if part > 1 - marge else " g-mil"
