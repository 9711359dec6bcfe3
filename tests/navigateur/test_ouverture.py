"""A démarche opened in the browser: by the keyboard, by the mouse on words, a mistake on the way."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from collectivites.models import Courriel, Demarche, Mandat
from tests import fabriques
from tests.pilotage.cadrage.ouverture.saisies import VILLE_ET_METROPOLE, directions

pytestmark = pytest.mark.lent


def remplir(page, saisie):
    for champ, valeur in saisie.items():
        page.locator(f"[name='{champ}']").fill(valeur)


def test_an_operator_opens_a_démarche_by_mouse_and_keyboard(db, ouvrir):
    exploitant = fabriques.faire_utilisateur("Équipe", "Technique", is_superuser=True)
    page = ouvrir(exploitant)
    page.goto("/")
    page.get_by_text("Démarches", exact=True).click()
    page.get_by_role("link", name="Ouvrir une démarche").click()
    page.get_by_label("Nom de la démarche").fill("Mobilités de Sologne")
    jour = timezone.localdate()
    page.get_by_label("Premier jour").fill(jour.isoformat())
    page.get_by_label("Dernier jour").fill((jour + timedelta(days=900)).isoformat())
    page.get_by_label("Mobilités visées").fill("24")
    page.get_by_label("Seuil du secret").fill("4")
    page.get_by_label("Seuil du secret").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("ne descend jamais sous 5")
    page.get_by_label("Seuil du secret").fill("5")
    page.get_by_text("Les cadres : catégories A et A+", exact=False).click()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Les employeurs")).to_be_visible()
    remplir(page, VILLE_ET_METROPOLE)
    page.get_by_role("button", name="Continuer").press("Enter")
    expect(page.get_by_role("heading", name="Les directions")).to_be_visible()
    remplir(page, directions())
    page.get_by_role("button", name="Relire").click()
    corps = page.get_by_role("main")
    expect(corps).to_contain_text("Rien n’est encore écrit")
    expect(corps).to_contain_text("Ville de Sologne")
    assert not Demarche.objects.exists()
    page.get_by_role("button", name="Ouvrir la démarche").press("Enter")
    expect(corps).to_contain_text("est ouverte")
    assert Demarche.objects.get().seuil_secret == 5
    assert Mandat.objects.count() == 4
    assert Courriel.objects.count() == 3
    fautes = page.temoin.lever()
    assert not fautes, "\n".join(fautes)
