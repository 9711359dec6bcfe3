"""The very day and the very hour of an appointment; and what is a matter of right."""

from datetime import timedelta

import pytest

from collectivites.communs.calendrier import fin_du_jour, minuit
from collectivites.refus import Interdit
from parcours.coaching import predicats
from tests.fabriques import dans, il_y_a
from tests.fabriques.coaching import faire_coaching, faire_note, faire_synthese

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("debut", "permis"),
    [
        (lambda: fin_du_jour(dans(-1)), True),
        (lambda: fin_du_jour(dans(0)), True),  # the very day, even before the hour
        (lambda: minuit(dans(1)), False),
    ],
)
def test_presence_is_noted_from_the_very_day_on(troupe, accompagnement, debut, permis):
    rendez_vous = faire_coaching(accompagnement)
    rendez_vous.debut = debut()

    assert (predicats.refus_noter(troupe.accompagnateur, rendez_vous) is None) is permis


@pytest.mark.parametrize(("minutes", "permis"), [(-1, False), (1, True)])
def test_one_declines_until_the_hour(troupe, accompagnement, minutes, permis):
    rendez_vous = faire_coaching(accompagnement)
    rendez_vous.debut = il_y_a(-minutes / 1440)

    assert (predicats.refus_decliner(troupe.cadre, rendez_vous) is None) is permis


@pytest.mark.parametrize(
    ("etat", "deplace", "annule", "note"),
    [
        ("prevu", True, True, True),
        ("tenu", False, False, True),
        ("absent", False, False, True),
        ("excuse", False, False, True),
        ("annule", False, False, False),
    ],
)
def test_what_each_state_of_an_appointment_allows(
    troupe, accompagnement, etat, deplace, annule, note
):
    rendez_vous = faire_coaching(accompagnement, 0, etat=etat)
    coach = troupe.accompagnateur

    assert (predicats.refus_deplacer(coach, rendez_vous) is None) is deplace
    assert (predicats.refus_annuler(coach, rendez_vous) is None) is annule
    assert (predicats.refus_noter(coach, rendez_vous) is None) is note


@pytest.mark.parametrize(
    ("debut", "minutes", "pris"),
    [(0, 60, True), (-60, 60, False), (-59, 60, True), (90, 60, False), (89, 60, True)],
)
def test_a_coach_is_not_in_two_places_at_once(troupe, accompagnement, debut, minutes, pris):
    """Beside an appointment of 90 minutes: one that ends when it begins, or begins when it ends, is
    no overlap."""
    autre = faire_coaching(accompagnement, 3)
    quand = autre.debut + timedelta(minutes=debut)

    refus = predicats.refus_de_creneau(troupe.accompagnateur.mandat, quand, minutes)

    assert (refus is not None) is pris


def test_what_is_written_is_a_matter_of_right(troupe, accompagnement):
    note = faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Un doute.")
    synthese = faire_synthese(accompagnement, troupe.cadre.utilisateur, "Une synthèse.")
    rendez_vous = faire_coaching(accompagnement)

    for refus in (
        predicats.refus_ecrire(troupe.drh_departement, accompagnement.cadre),
        predicats.refus_reprendre(troupe.cadre, note),
        predicats.refus_publier(troupe.accompagnateur, synthese),
        predicats.refus_depublier(troupe.accompagnateur, synthese),
        predicats.refus_mener(troupe.autre_accompagnateur, rendez_vous),
        predicats.refus_decliner(troupe.accompagnateur, rendez_vous),
        predicats.refus_decider_des_notes(troupe.accompagnateur, accompagnement, transmettre=True),
    ):
        assert isinstance(refus, Interdit)
