"""A simulation on a telephone; a pay sheet filled in and signed by two DRH, then read by the person."""

import re

import pytest
from playwright.sync_api import expect

from opportunites.models import FicheRemuneration
from tests.fabriques import faire_inscription, faire_opportunite, faire_proposition, faire_voeu

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def proposee(troupe):
    faire_inscription(troupe.fiche_du_cadre)
    opportunite = faire_opportunite(troupe.region)
    faire_voeu(troupe.fiche_du_cadre, opportunite)
    return faire_proposition(opportunite, troupe.fiche_du_cadre)


def test_a_simulation_on_a_telephone_fits_in_its_width(troupe, proposee, ouvrir):
    page = ouvrir(troupe.cadre, **TELEPHONE)
    page.goto(f"/propositions/{proposee.pk}/")
    page.get_by_role("link", name="Estimer ma rémunération").click()
    for champ, valeur in (
        ("Votre indice majoré", "655"),
        ("Votre IFSE brute par mois", "1000"),
        ("Votre CIA par an", "900"),
        ("Vos points de NBI", "0"),
    ):
        page.get_by_label(champ).fill(valeur)
    page.get_by_text("Ce que l’employeur vous a dit du poste").click()
    page.get_by_label("IFSE annoncée par mois").fill("1200")
    page.get_by_label("CIA annoncé par an").fill("900")
    page.get_by_label("Points de NBI du poste").fill("0")

    page.get_by_role("button", name="Calculer", exact=True).click()

    expect(page.get_by_role("heading", name=re.compile(r"Net par mois.: \+"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert not FicheRemuneration.objects.exists()
    assert not page.temoin.lever()


def test_two_drh_fill_in_and_sign_then_the_person_reads(troupe, proposee, ouvrir):
    # All logged in first: a session written while a page is being read would be refused.
    accueil, origine = ouvrir(troupe.drh_region), ouvrir(troupe.drh_departement)
    page = ouvrir(troupe.cadre, **TELEPHONE)
    accueil.goto(f"/propositions/{proposee.pk}/")
    accueil.get_by_role("button", name="Ouvrir la fiche de rémunération").click()
    accueil.get_by_role("link", name="Remplir mon côté").click()
    accueil.get_by_label("IFSE brute par mois, au moins").fill("1200")
    accueil.get_by_role("button", name="Enregistrer mon côté").click()
    expect(accueil.get_by_text("Il manque un côté")).to_be_visible()

    origine.goto(f"/propositions/{proposee.pk}/")
    origine.get_by_role("link", name="Lire la fiche de rémunération").click()
    origine.get_by_role("link", name="Remplir mon côté").click()
    origine.get_by_label("Grade").select_option("Attaché principal")
    origine.get_by_label("Échelon").fill("5")
    origine.get_by_label("IFSE brute par mois").fill("1000")
    origine.get_by_role("button", name="Enregistrer mon côté").click()
    origine.get_by_role("button", name="Signer la fiche").click()
    expect(origine.get_by_text("Une signature sur deux")).to_be_visible()

    accueil.reload()
    accueil.get_by_role("button", name="Signer la fiche").click()
    expect(accueil.get_by_text("Signée par les deux DRH")).to_be_visible()

    page.goto(f"/propositions/{proposee.pk}/")
    page.get_by_role("link", name="Lire ma fiche de rémunération").click()
    expect(page.get_by_role("heading", name="Ce que les deux DRH ont signé")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for vue in (accueil, origine, page):
        assert not vue.temoin.lever()
