"""An act without a way back is asked first, in place; nothing is done by one tap."""

import pytest
from playwright.sync_api import expect

from opportunites.models import Voeu
from parcours.models import RendezVousCoaching
from tests.fabriques import faire_inscription, faire_opportunite, faire_voeu
from tests.fabriques.coaching import faire_accompagnement, faire_coaching
from tests.navigateur.conftest import TELEPHONE


@pytest.fixture
def voeu(troupe):
    faire_inscription(troupe.fiche_du_cadre)
    return faire_voeu(troupe.fiche_du_cadre, faire_opportunite(troupe.region))


def test_a_wish_is_not_lost_by_one_tap(troupe, voeu, ouvrir):
    page = ouvrir(troupe.cadre, **TELEPHONE)
    page.goto("/mes-voeux/")
    page.get_by_text("Retirer de mes vœux").tap()
    expect(page.get_by_text("Ce poste quitte votre classement")).to_be_visible()
    assert Voeu.objects.exists()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Ce poste quitte votre classement")).to_be_hidden()

    page.get_by_text("Retirer de mes vœux").tap()
    page.get_by_role("button", name="Oui, le retirer").tap()

    expect(page.get_by_text("Ce poste n’est plus dans vos vœux")).to_be_visible()
    assert not Voeu.objects.exists()
    assert page.temoin.lever() == []


def test_a_coach_cancels_an_appointment_in_two_taps(troupe, ouvrir):
    faire_inscription(troupe.fiche_du_cadre)
    rendez_vous = faire_coaching(faire_accompagnement(troupe.fiche_du_cadre), 5)
    page = ouvrir(troupe.accompagnateur, **TELEPHONE)
    page.goto(f"/mes-accompagnements/{troupe.fiche_du_cadre.pk}/")
    page.locator("summary", has_text="Annuler").tap()
    assert RendezVousCoaching.objects.get(pk=rendez_vous.pk).etat == "prevu"

    with page.expect_navigation():
        page.get_by_role("button", name="Oui, annuler ce rendez-vous").tap()

    assert RendezVousCoaching.objects.get(pk=rendez_vous.pk).etat == "annule"
    assert page.temoin.lever() == []
