"""The labels of the burn-up stay apart, whatever the data: measured as the browser would draw them."""

from __future__ import annotations

import itertools
import math
import random
import re
from datetime import date, timedelta

import pytest

from pilotage.indicateurs import paie
from pilotage.indicateurs.anciennete import CLASSES
from pilotage.tableau_de_bord.graphiques import barres, ecarts, trajectoire
from pilotage.tableau_de_bord.graphiques.repere import ETROIT, LARGE, NOTE
from tests.pilotage.tableau_de_bord.test_graphiques import DEMARCHE, JOUR, courbe, indicateur, svg

#: Width of a character and height of a line, in units of the drawing: a little under what Source Sans
#: takes, so that what is told to overlap does. By size: 14, or 17 (« 18 effectives »).
CARACTERE, HAUTEUR = 6.1, 11
GRAND = 17 / 14


def boites(figure):
    """(text, left, top, right, bottom) of each straight label."""
    for mot in svg(figure).iter("text"):
        texte = "".join(mot.itertext())
        if not mot.get("x"):  # along the target
            x, y, angle = map(float, re.findall(r"-?[\d.]+", mot.get("transform")))
            demi = CARACTERE * len(texte) / 2
            for pas in range(-4, 5):
                dx, dy = (f(math.radians(angle)) * pas * demi / 4 for f in (math.cos, math.sin))
                yield texte, x + dx - 3, y + dy - 9, x + dx + 3, y + dy + 2
            continue
        x, y = float(mot.get("x")), float(mot.get("y"))
        classes = (mot.get("class") or "").split()
        taille = GRAND if "g-g" in classes else 1
        largeur = CARACTERE * taille * len(texte)
        gauche = x - largeur if "g-fin" in classes else x - largeur / 2 if "g-mil" in classes else x
        yield texte, gauche, y - HAUTEUR * taille, gauche + largeur, y


def heurts(figure):
    return [
        (a[0], b[0])
        for a, b in itertools.combinations(boites(figure), 2)
        if a[0] != b[0] and a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]
    ]


def traversees(figure):
    """Labels of numbers that the dotted line of the target goes through."""
    cible = next(e for e in figure.elements if e.classe == "g-cible").attribut["d"]
    x0, y0, x1, y1 = map(float, cible[1:].replace("L", " ").split())
    trouves = []
    for texte, gauche, haut, droite, bas in boites(figure):
        if "engagées" not in texte and "effective" not in texte:
            continue
        ys = [
            y0 + (y1 - y0) * (x - x0) / max(x1 - x0, 1)
            for x in (gauche, (gauche + droite) / 2, droite)
            if x0 <= x <= x1
        ]
        if any(haut < y < bas for y in ys):
            trouves.append(texte)
    return trouves


def hasard(graine):
    alea = random.Random(graine)
    jour = DEMARCHE.date_debut + timedelta(days=alea.randrange(0, 1030))
    flux = [
        ("effective", DEMARCHE.date_debut + timedelta(days=alea.randrange(0, 1030)), n)
        for n in alea.choices((1, 2, 5, 20), k=alea.randrange(0, 9))
    ]
    flux = [f for f in flux if f[1] <= jour]
    flux += [
        ("ouverte", jour + timedelta(days=alea.randrange(1, 300)), alea.choice((1, 3, 9)))
        for _ in range(alea.randrange(0, 4))
    ]
    return indicateur.calculer(DEMARCHE, flux, jour, date(2026, 2, 1))


CAS = {
    "premier jour": lambda: courbe(effectives=0, engagees=0, jour=DEMARCHE.date_debut),
    "premier jour, une engagée": lambda: courbe(0, 1, jour=date(2025, 9, 2)),
    "rien à mi-chemin": lambda: courbe(0, 0),
    "trois": lambda: courbe(3, 0),
    "trois et trois": lambda: courbe(3, 3),
    "la démonstration": courbe,
    "sur la cible": lambda: courbe(15, 4),
    "trois cents": lambda: courbe(300, 40),
    "dernier jour": lambda: courbe(18, 5, jour=DEMARCHE.date_fin),
    "après la fin": lambda: courbe(40, 0, jour=date(2029, 1, 1)),
    "peu avant la fin": lambda: courbe(20, 3, jour=date(2028, 5, 1)),
    "au début": lambda: courbe(1, 2, jour=date(2026, 9, 2)),
}


@pytest.mark.parametrize("gabarit", [LARGE, ETROIT, NOTE], ids=["large", "etroit", "note"])
@pytest.mark.parametrize("cas", CAS)
def test_no_label_covers_another(cas, gabarit):
    figure = trajectoire.dessiner(CAS[cas](), gabarit)
    assert heurts(figure) == []
    assert traversees(figure) == []


@pytest.mark.parametrize("gabarit", [LARGE, ETROIT, NOTE], ids=["large", "etroit", "note"])
def test_nor_with_any_data(gabarit):
    for graine in range(60):
        figure = trajectoire.dessiner(hasard(graine), gabarit)
        assert heurts(figure) == [], graine
        assert traversees(figure) == [], graine
        for texte, gauche, _, droite, _ in boites(figure):
            assert gauche >= -2, (graine, texte)
            assert droite <= gabarit.largeur + 14, (graine, texte)


@pytest.mark.parametrize("effectives", [0, 3, 18, 300])
def test_the_chart_of_the_note_from_its_first_day_on(effectives):
    """With or without a promotion; some weeks after the start, the fan climbs far above the target."""
    for jours in (0, 1, 15, 90, 150, 365, 800):
        for promotion in (None, date(2026, 2, 1)):
            jour = DEMARCHE.date_debut + timedelta(days=jours)
            flux = [("effective", jour, effectives)] if effectives else []
            figure = trajectoire.dessiner(
                indicateur.calculer(DEMARCHE, flux, jour, promotion), NOTE
            )
            assert heurts(figure) == [], (jours, promotion)
            assert traversees(figure) == [], (jours, promotion)


def test_the_end_of_a_demarche_that_its_files_outlive_keeps_its_months_apart():
    """« janv. 2028sept. 2028 »: a file dated after the last day stretches the drawing."""
    t = indicateur.calculer(
        DEMARCHE,
        [("effective", date(2026, 9, 1), 3), ("ouverte", date(2028, 9, 15), 2)],
        JOUR,
        date(2026, 2, 1),
    )
    for gabarit in (LARGE, ETROIT, NOTE):
        assert heurts(trajectoire.dessiner(t, gabarit)) == []


# --- The other charts -----------------------------------------------------------------------------

EFFECTIFS = {
    "premier jour": (0, 0, 0, 0, 0),
    "trois": (0, 1, 2, 0, 0),
    "trois cents": (12, 300, 41, 0, 147),
    "tout d’un côté": (3000, 0, 0, 0, 1),
    "une très grande démarche": (84210, 90125, 45210, 30500, 12999),
    "la même, un an après": (84100, 90120, 46000, 29800, 12000),
}


@pytest.mark.parametrize("avant", EFFECTIFS.values(), ids=EFFECTIFS)
@pytest.mark.parametrize("apres", EFFECTIFS.values(), ids=EFFECTIFS)
def test_the_columns_of_years_keep_their_numbers_apart(avant, apres):
    figure = barres.avant_apres(
        [(court, long) for court, long, _ in CLASSES],
        avant,
        apres,
        ("au recensement", "aujourd’hui"),
        "années dans le poste",
        "Ancienneté",
    )
    assert heurts(figure) == []
    assert dehors(figure) == []


@pytest.mark.parametrize("oui", [e[:4] for e in EFFECTIFS.values()], ids=EFFECTIFS)
@pytest.mark.parametrize("non", [e[1:] for e in EFFECTIFS.values()], ids=EFFECTIFS)
def test_the_columns_of_pay_keep_their_numbers_apart(oui, non):
    lue = paie.Paie(*(paie.Reponses(sum(n), n, 110, sum(n[:2])) for n in (oui, non)))
    figure = ecarts.dessiner(lue)
    assert heurts(figure) == []
    assert dehors(figure) == []


def dehors(figure):
    """Labels that the frame cuts."""
    return [
        texte
        for texte, gauche, haut, droite, bas in boites(figure)
        if gauche < -2 or haut < -2 or droite > figure.largeur + 2 or bas > figure.hauteur + 2
    ]
