"""The drawings: where things stand, and what they say to who does not see them."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string

from collectivites.models import Collectivite, Demarche
from pilotage.indicateurs import trajectoire as indicateur
from pilotage.indicateurs.matrice import Bilan
from pilotage.tableau_de_bord.graphiques import barres, tolerance, trajectoire
from pilotage.tableau_de_bord.graphiques.encres import STYLES
from pilotage.tableau_de_bord.graphiques.figure import avec_exposant, ecarter
from pilotage.tableau_de_bord.graphiques.repere import ETROIT, LARGE, NOTE, plafond

DEMARCHE = Demarche(date_debut=date(2025, 9, 1), date_fin=date(2028, 6, 30), objectif_mobilites=36)
JOUR = date(2027, 3, 15)


def courbe(effectives=18, engagees=5, jour=JOUR):
    flux = [("effective", date(2026, 9, 1), effectives), ("ouverte", date(2027, 9, 1), engagees)]
    return indicateur.calculer(DEMARCHE, flux, jour, date(2026, 2, 1))


def svg(figure) -> ET.Element:
    return ET.fromstring(
        render_to_string(
            "pilotage/graphiques/figure.html", {"figure": figure, "classe": "", "fixe": False}
        )
    )


def textes(figure) -> list[str]:
    return ["".join(t.itertext()) for t in svg(figure).iter("text")]


def test_the_sentence_of_the_drawing_holds_its_figures():
    label = trajectoire.dessiner(courbe(), LARGE).label
    for mot in ("septembre\u00a02025", "18\u00a0effectives", "23 avec les", "objectif 36"):
        assert mot in label


def test_a_drawing_has_a_short_name_and_its_description_says_every_step():
    """A screen reader hears the name, then all of it if asked; « d’octobre », and not « de octobre »."""
    flux = [("effective", date(2026, 9, 1), 6), ("effective", date(2026, 12, 1), 12)]
    ailleurs = Demarche(date_debut=date(2025, 10, 1), date_fin=date(2028, 6, 30))
    figure = trajectoire.dessiner(
        indicateur.calculer(ailleurs, flux, JOUR, date(2026, 2, 1)), LARGE
    )
    dessin = svg(figure)

    assert dessin.get("aria-label") == "Mobilités cumulées d’octobre\u00a02025 à juin\u00a02028"
    assert dessin.find("desc").text == figure.label
    assert "auparavant 6 le 1er\u00a0septembre\u00a02026" in figure.label


@pytest.mark.parametrize("gabarit", [LARGE, ETROIT, NOTE])
@pytest.mark.parametrize(
    "donnees",
    [
        {},
        {"effectives": 0, "engagees": 0},
        {"effectives": 3, "engagees": 40},
        {"effectives": 90},
        {"jour": date(2025, 9, 1)},
        {"jour": date(2029, 1, 1)},
        {"jour": date(2028, 5, 1)},
    ],
)
def test_every_point_is_inside_the_drawing(gabarit, donnees):
    figure = trajectoire.dessiner(courbe(**donnees), gabarit)
    for rond in svg(figure).iter("circle"):
        assert gabarit.gauche <= float(rond.get("cx")) <= gabarit.droite
        assert gabarit.haut - 1 <= float(rond.get("cy")) <= gabarit.bas
    for mot in svg(figure).iter("text"):
        if mot.get("y"):
            assert 0 <= float(mot.get("y")) <= gabarit.hauteur


def test_the_point_of_today_stands_at_its_number():
    figure = trajectoire.dessiner(courbe(engagees=0), LARGE)
    point = next(e for e in figure.elements if e.classe == "g-point").attribut
    g = LARGE
    haut = plafond(courbe(engagees=0))
    assert float(point["cy"]) == pytest.approx(g.bas - (g.bas - g.haut) * 18 / haut, abs=0.1)


def test_a_colored_drawing_bears_no_class():
    figure = trajectoire.dessiner(courbe(), NOTE).coloree(STYLES)
    assert all(e.get("class") is None for e in svg(figure).iter())
    assert all("style" not in e.attrib for e in svg(figure).iter())


def test_labels_are_moved_apart_and_keep_their_order():
    places = ecarter([50, 52, 51], 10, 0, 100)
    assert places == [50, 70, 60]
    assert ecarter([95, 99], 10, 0, 100) == [90, 100]


def test_the_first_of_the_month_is_raised():
    assert str(avec_exposant("au 1er mars")) == (
        'au 1<tspan font-size="9" dy="-5">er</tspan><tspan dy="5"> mars</tspan>'
    )
    assert str(avec_exposant("<b>")) == "&lt;b&gt;"


def test_columns_are_as_high_as_their_numbers():
    figure = barres.avant_apres(
        [("a", "aa"), ("b", "bb")], [10, 0], [5, 20], ("avant", "après"), "ans", "Essai"
    )
    pleins = [e.attribut for e in figure.elements if e.classe == "g-plein"]
    assert float(pleins[1]["height"]) == 4 * float(pleins[0]["height"])
    assert figure.label == "Essai : aa, 10 puis 5 ; bb, 0 puis 20."


@pytest.mark.parametrize(
    ("departs", "arrivees", "x", "classe"),
    [
        (4, 4, "60", "g-plein"),
        (6, 4, "24", "g-accent"),
        (3, 5, "96", "g-accent"),
        (9, 0, "10", "g-accent"),
    ],
)
def test_the_dot_of_the_tolerance(departs, arrivees, x, classe):
    bilan = Bilan(Collectivite(code="ville"), departs, arrivees, 2)
    rond = next(e for e in tolerance.dessiner(bilan).elements if e.balise == "circle")
    assert (rond.attribut["cx"], rond.classe) == (x, classe)
