"""The trajectory, exact, on flows whose answer is known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from collectivites.models import Demarche
from pilotage.indicateurs import trajectoire
from pilotage.indicateurs.trajectoire import Rythme

DEMARCHE = Demarche(date_debut=date(2025, 9, 1), date_fin=date(2028, 6, 30), objectif_mobilites=36)
PROMOTION = date(2026, 1, 1)


def courbe(flux, jour=date(2027, 3, 15), **options):
    return trajectoire.calculer(DEMARCHE, flux, jour, PROMOTION, **options)


def test_the_target_line_is_straight_from_the_first_promotion_to_the_end():
    assert trajectoire.prevues_le(PROMOTION, PROMOTION, DEMARCHE.date_fin, 36) == 0
    milieu = PROMOTION + (DEMARCHE.date_fin - PROMOTION) / 2
    assert trajectoire.prevues_le(milieu, PROMOTION, DEMARCHE.date_fin, 36) in (17, 18)
    assert trajectoire.prevues_le(DEMARCHE.date_fin, PROMOTION, DEMARCHE.date_fin, 36) == 36


def test_effective_moves_add_up_in_the_order_of_their_dates():
    t = courbe([("effective", date(2026, 9, 1), 2), ("effective", date(2026, 4, 1), 1)])
    assert t.effectives == ((date(2026, 4, 1), 1), (date(2026, 9, 1), 3))
    assert t.effectives_le(date(2026, 5, 1)) == 1
    assert t.effectives_le(date(2026, 1, 1)) == 0


def test_an_open_file_counts_as_engaged_from_today_on_even_without_a_date():
    t = courbe(
        [("effective", date(2026, 9, 1), 4), ("ouverte", None, 1), ("ouverte", date(2027, 9, 1), 2)]
    )
    assert t.engagees == ((date(2027, 3, 15), 5), (date(2027, 9, 1), 7))
    assert (t.nb_effectives, t.nb_engagees, t.nb_avec_engagees) == (4, 3, 7)


def test_an_abandoned_move_counts_for_nothing():
    assert courbe([("abandonnee", None, 3)]).nb_avec_engagees == 0


@pytest.mark.parametrize(
    ("effectives", "rythme"),
    [(40, Rythme.ATTEINT), (20, Rythme.TENU), (3, Rythme.RETARD)],
)
def test_the_pace_is_judged_against_the_line(effectives, rythme):
    assert courbe([("effective", date(2026, 9, 1), effectives)]).rythme == rythme


def test_a_delay_may_be_caught_up_when_the_pace_of_the_year_leads_there():
    tard = courbe([("effective", date(2027, 3, 1), 16)])
    assert tard.avance < 0
    assert tard.rythme == Rythme.RATTRAPABLE


def test_after_the_end_without_the_objective_it_is_missed():
    assert courbe([("effective", date(2027, 1, 1), 9)], date(2029, 1, 1)).rythme == Rythme.MANQUE


def test_the_projection_carries_the_pace_of_the_last_year_from_the_engaged_files():
    p = trajectoire.projeter(
        23, date(2027, 9, 1), date(2028, 6, 30), date(2026, 1, 1), date(2027, 3, 15), 17
    )
    # 17 a year over 303 days: 14.1 more; 1.28 × √14.1 = 4.8 on each side.
    assert (p.milieu, p.bas, p.haut) == (37, 32, 42)


def test_too_little_hindsight_gives_no_projection():
    jour = PROMOTION + timedelta(days=30)
    assert courbe([("effective", PROMOTION, 2)], jour).projection is None


def test_what_was_agreed_before_stays_beside_what_is_agreed_now():
    from pilotage.indicateurs.trajectoire import Convenue
    from pilotage.tableau_de_bord.graphiques.repere import ETROIT, LARGE
    from pilotage.tableau_de_bord.graphiques.trajectoire import dessiner

    jour, avant = (
        date(2027, 3, 1),
        Convenue(60, date(2025, 9, 1), date(2028, 12, 31), date(2026, 10, 1)),
    )
    nue = trajectoire.calculer(DEMARCHE, [], jour)
    courbe = trajectoire.calculer(DEMARCHE, [], jour, anciennes=[avant])
    assert courbe.objectif == nue.objectif == 36, "the pace is that of what is in force"
    assert courbe.prevues == nue.prevues
    assert courbe.anciennes == ((date(2025, 9, 1), avant),)
    for gabarit in (LARGE, ETROIT):
        figure = dessiner(courbe, gabarit)
        traits = [e for e in figure.elements if "g-cible-avant" in str(e)]
        assert len(traits) == 1
        assert not [e for e in dessiner(nue, gabarit).elements if "g-cible-avant" in str(e)]
        # 60 at the end of 2028 stands inside the plot, which grew for it.
        assert f"L{gabarit.droite:g} " in str(traits[0])
    assert "auparavant, objectif 60 en décembre\u00a02028" in dessiner(courbe, LARGE).label
