"""The very day: a sheet, a seat to give back, an immersion to accord, to give up, to establish."""

from datetime import date

import pytest

from collectivites.communs.calendrier import fin_du_jour, minuit
from collectivites.refus import Interdit
from parcours.regles import cumul_maximal, est_demandee_a_temps
from parcours.sessions import predicats
from tests.fabriques import (
    dans,
    faire_cadre,
    faire_immersion,
    faire_inscription,
    faire_place,
    faire_session,
    il_y_a,
)

# --- Three years, to the day ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ancien", "compte"),
    [
        (date(2024, 2, 29), 1),
        (date(2024, 3, 1), 1),  # three years to the day: the window has just closed on it
        (date(2024, 3, 2), 2),  # its first day
        (date(2027, 2, 28), 2),
    ],
)
def test_the_first_day_of_the_three_years(ancien, compte):
    assert cumul_maximal([ancien, date(2027, 3, 1)]) == compte


@pytest.mark.parametrize(
    ("demandee", "a_temps"),
    [(date(2027, 3, 8), True), (date(2027, 3, 9), False), (date(2027, 2, 28), True)],
)
def test_an_immersion_is_asked_three_months_ahead_to_the_day(demandee, a_temps):
    assert est_demandee_a_temps(date(2027, 6, 8), demandee) is a_temps


# --- Immersions -----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("premier", "permis"), [(-1, False), (0, False), (1, True)], ids=["after", "first day", "eve"]
)
def test_an_immersion_is_given_up_and_accorded_until_the_eve_of_its_first_day(
    troupe, premier, permis
):
    immersion = faire_immersion(troupe.fiche_du_cadre, troupe.region)
    immersion.debut = dans(premier)

    assert (predicats.refus_annuler_immersion(troupe.cadre, immersion) is None) is permis
    assert (predicats.refus_accorder_immersion(troupe.drh_region, immersion) is None) is permis
    assert predicats.refus_repondre_immersion(troupe.drh_region, immersion) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("dernier", "permis"), [(-1, True), (0, True), (1, False)])
def test_an_immersion_is_established_from_its_last_day_on(troupe, dernier, permis):
    immersion = faire_immersion(troupe.fiche_du_cadre, troupe.region, "convention")
    immersion.fin = dans(dernier)

    assert (predicats.refus_constater(troupe.drh_region, immersion) is None) is permis


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("etat", "repond", "signe", "constate", "annule"),
    [
        ("demandee", True, False, False, True),
        ("accordee", False, True, False, True),
        ("convention", False, False, True, True),
        ("refusee", False, False, False, False),
        ("reportee", False, False, False, False),
        ("realisee", False, False, False, False),
        ("annulee", False, False, False, False),
    ],
)
def test_what_each_state_of_an_immersion_allows(troupe, etat, repond, signe, constate, annule):
    immersion = faire_immersion(troupe.fiche_du_cadre, troupe.region, etat)
    origine = troupe.drh_departement

    assert (predicats.refus_repondre_immersion(origine, immersion) is None) is repond
    assert (predicats.refus_signer(origine, immersion) is None) is signe
    assert (predicats.refus_annuler_immersion(troupe.cadre, immersion) is None) is annule
    immersion.fin = dans(0)
    assert (predicats.refus_constater(origine, immersion) is None) is constate


@pytest.mark.django_db
def test_an_immersion_is_a_matter_of_right_for_whoever_is_no_party_to_it(troupe):
    immersion = faire_immersion(troupe.fiche_du_cadre, troupe.region)

    for refus, acteur in (
        (predicats.refus_repondre_immersion, troupe.drh_ville),
        (predicats.refus_repondre_immersion, troupe.dgs_region),
        (predicats.refus_signer, troupe.drh_region),
        (predicats.refus_constater, troupe.cadre),
        (predicats.refus_annuler_immersion, troupe.autre_cadre),
        (predicats.refus_annuler_immersion, troupe.drh_departement),
    ):
        assert isinstance(refus(acteur, immersion), Interdit)


# --- Sessions -------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("debut", "permis"),
    [
        (lambda: fin_du_jour(dans(-1)), True),
        (lambda: fin_du_jour(dans(0)), True),  # the very day, even before the hour
        (lambda: minuit(dans(1)), False),
    ],
)
def test_the_sheet_of_a_session_is_filled_from_the_very_day_on(troupe, prestation, debut, permis):
    session = faire_session(prestation)
    session.debut = debut()

    assert (predicats.refus_noter_presences(troupe.drh_region, session) is None) is permis
    assert predicats.refus_tenir_la_feuille(troupe.drh_region, session) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "permis"), [(-1, False), (1, True)])
def test_a_seat_is_given_back_until_the_session_begins(
    troupe, prestation, en_parcours, minutes, permis
):
    cadre = en_parcours(troupe.departement)
    place = faire_place(faire_session(prestation, debut=il_y_a(-minutes / 1440)), cadre)

    assert (predicats.refus_annuler_place(troupe.drh_departement, place) is None) is permis
    assert isinstance(predicats.refus_annuler_place(troupe.drh_ville, place), Interdit)


@pytest.mark.django_db
def test_a_seat_is_refused_with_the_same_words_to_the_page_and_to_the_act(troupe, prestation):
    """In the order in which they matter: whose seat, the parcours, the deadline, once."""
    cadre, acteur = troupe.fiche_du_cadre, troupe.cadre
    ouverte, close = faire_session(prestation), faire_session(prestation)
    close.inscription_avant = il_y_a(1)

    def refus(session=ouverte, qui=acteur):
        return predicats.refus_demander_place(qui, session, cadre)

    assert isinstance(refus(qui=troupe.drh_region), Interdit)
    assert refus() == predicats.HORS_PARCOURS
    faire_inscription(cadre)
    assert refus() is None
    assert refus(qui=troupe.drh_departement) is None
    assert "closes" in refus(close)
    faire_place(ouverte, cadre)
    assert "déjà inscrite" in refus()


@pytest.mark.django_db
def test_whoever_is_no_longer_retained_asks_for_nothing_more(troupe, prestation):
    cadre = faire_cadre(troupe.departement, "retenu")
    faire_inscription(cadre)
    cadre.candidature.etat, cadre.candidature.avancee = "accord", ""
    cadre.candidature.save()

    refus = predicats.refus_demander_place(troupe.drh_departement, faire_session(prestation), cadre)

    assert refus == predicats.HORS_PARCOURS
