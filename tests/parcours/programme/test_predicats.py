"""The very day: when attendance may be noted, a promotion entered, a parcours planned."""

from datetime import timedelta

import pytest
from django.utils import timezone

from collectivites.communs.calendrier import fin_du_jour, minuit
from collectivites.refus import Interdit
from parcours.programme import predicats
from tests.fabriques import dans, faire_inscription, faire_promotion, il_y_a

pytestmark = pytest.mark.django_db


@pytest.fixture
def suivi(troupe):
    inscription = faire_inscription(troupe.fiche_du_cadre)
    suivi = inscription.suivis.select_related("etape").first()
    suivi.inscription, suivi.etat = inscription, "planifiee"
    return suivi


@pytest.mark.parametrize(
    ("quand", "permis"),
    [
        (lambda: fin_du_jour(dans(-1)), True),
        (lambda: minuit(dans(0)), True),
        (lambda: fin_du_jour(dans(0)), True),  # the very day, even before the hour
        (lambda: minuit(dans(1)), False),
        (lambda: None, False),
    ],
)
def test_attendance_is_noted_from_the_very_day_on(troupe, suivi, quand, permis):
    suivi.quand = quand()

    assert (predicats.refus_marquer(troupe.drh_departement, suivi) is None) is permis


@pytest.mark.parametrize(
    ("etat", "planifie", "marque"),
    [
        ("a_planifier", True, False),
        ("planifiee", True, True),
        ("faite", False, True),
        ("absent", True, True),
        ("annulee", False, False),
    ],
)
def test_what_each_state_of_a_step_allows(troupe, suivi, etat, planifie, marque):
    suivi.etat, suivi.quand = etat, None if etat == "a_planifier" else il_y_a(1)

    assert (predicats.refus_planifier(troupe.drh_departement, suivi) is None) is planifie
    assert (predicats.refus_marquer(troupe.drh_departement, suivi) is None) is marque


@pytest.mark.parametrize(
    ("qui", "refus"),
    [
        ("drh_departement", None),
        ("gestionnaire_departement", None),
        ("drh_region", Interdit),
        ("dgs_departement", Interdit),
        ("accompagnateur", Interdit),  # a seminar is not theirs to run
        ("cadre", Interdit),
    ],
)
def test_a_step_that_is_another_s_is_a_matter_of_right(troupe, suivi, qui, refus):
    dit = predicats.refus_organiser(getattr(troupe, qui), suivi)

    assert (dit is None) if refus is None else isinstance(dit, refus)


def test_a_parcours_that_is_over_says_so_before_whose_step_it_was(troupe, suivi):
    suivi.inscription.etat = "achevee"

    for acteur in (troupe.drh_departement, troupe.drh_region):
        dit = predicats.refus_organiser(acteur, suivi)
        assert "terminé" in dit
        assert not isinstance(dit, Interdit)


@pytest.mark.parametrize(("dernier", "permis"), [(-1, False), (0, True), (1, True)])
def test_a_promotion_is_entered_and_adapted_until_its_last_day(troupe, dernier, permis):
    promotion = faire_promotion(troupe.demarche, date_debut=dans(-90), date_fin=dans(dernier))

    for refus in (predicats.refus_inscrire, predicats.refus_adapter):
        assert (refus(troupe.drh_ville, promotion) is None) is permis


@pytest.mark.parametrize(
    ("jours", "permis"), [(-93, False), (-92, True), (0, True), (100 + 92, True), (100 + 93, False)]
)
def test_an_appointment_is_at_most_three_months_off_the_promotion(troupe, jours, permis):
    promotion = faire_promotion(troupe.demarche, date_debut=dans(0), date_fin=dans(100))
    quand = timezone.localtime().replace(hour=12) + timedelta(days=jours)

    assert (predicats.refus_de_date(promotion, quand) is None) is permis


@pytest.mark.parametrize(
    ("libres", "demandees", "dit"),
    [(2, 1, None), (2, 2, None), (1, 2, "Il reste 1"), (0, 1, "complète")],
)
def test_the_last_place(troupe, libres, demandees, dit):
    refus = predicats.refus_faute_de_place(faire_promotion(troupe.demarche), libres, demandees)

    assert refus is None if dit is None else dit in refus
