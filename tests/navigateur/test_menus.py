"""The menus of the lists, as a hand uses them: on the words, on a telephone, outside, at the keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.navigateur.conftest import TELEPHONE

MENUS = [
    ("/registre/", "Filtrer"),
    ("/registre/", "^ *Colonnes"),
    ("/registre/", "Mes vues"),
    ("/opportunites/", "Filtrer"),
    ("/propositions/", "Filtrer"),
    ("/mobilites/", "Filtrer"),
]


def menu(page, nom):
    """An opened menu, by the word that opens it."""
    bouton = page.locator("details.q-menu > summary").filter(has_text=re.compile(nom)).first
    bouton.click()
    ouvert = page.locator("details.q-menu[open]")
    expect(ouvert).to_have_count(1)
    return ouvert


def appuyer(page, ouvert, geste):
    """Press the first word of the menu that names a field, as a hand does; the field hears it."""
    mot = ouvert.locator("label:visible:not(:has-text('toujours'))").first
    champ = page.locator(f"#{mot.get_attribute('for')}")
    avant = champ.is_checked() if champ.get_attribute("type") in {"checkbox", "radio"} else None
    getattr(mot, geste)()
    expect(ouvert).to_have_count(1)
    if avant is None:
        expect(champ).to_be_focused()
    else:
        assert champ.is_checked() is not avant


@pytest.mark.parametrize("geste", ["click", "tap"])
def test_a_word_of_a_menu_can_be_pressed(troupe, scene, ouvrir, geste):
    page = ouvrir(troupe.drh_departement, **(TELEPHONE if geste == "tap" else {}))
    for chemin, nom in MENUS:
        # The columns are chosen where a table is drawn.
        page.set_viewport_size({"width": 1440 if "Colonnes" in nom else 390, "height": 844})
        page.goto(chemin)

        appuyer(page, menu(page, nom), geste)

    assert page.temoin.lever() == []


def test_a_click_between_the_fields_of_a_menu_leaves_it_open(troupe, scene, ouvrir):
    page = ouvrir(troupe.drh_departement)
    page.goto("/registre/")
    for nom in ("Exporter ce qui est affiché", "Mes vues", "^ *Colonnes", "Filtrer"):
        ouvert = menu(page, nom)

        ouvert.locator("> div").click(position={"x": 4, "y": 4})

        expect(ouvert).to_have_count(1)
    assert page.temoin.lever() == []


@pytest.mark.parametrize("options", [{}, TELEPHONE], ids=["mouse", "finger"])
def test_a_press_outside_closes_the_menu(troupe, scene, ouvrir, options):
    page = ouvrir(troupe.drh_departement, **options)
    page.goto("/registre/")
    ouvert = menu(page, "Mes vues")
    titre = page.get_by_role("heading", level=1)

    titre.tap() if options else titre.click()

    expect(ouvert).to_have_count(0)


def test_opening_a_menu_closes_the_other(troupe, scene, ouvrir):
    page = ouvrir(troupe.drh_departement)
    page.goto("/registre/")
    menu(page, "Exporter")

    assert "Colonnes" in menu(page, "^ *Colonnes").inner_text()


def test_the_keyboard_closes_by_escape_and_by_leaving(troupe, scene, ouvrir):
    page = ouvrir(troupe.drh_departement)
    page.goto("/registre/")
    vues = page.locator("summary").filter(has_text="Mes vues")
    vues.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("details.q-menu[open]")).to_have_count(1)

    page.keyboard.press("Escape")

    expect(page.locator("details.q-menu[open]")).to_have_count(0)
    expect(vues).to_be_focused()

    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")

    expect(page.locator("details.q-menu[open]")).to_have_count(0)


def test_escape_after_a_click_on_a_word_still_closes(troupe, scene, ouvrir):
    page = ouvrir(troupe.drh_departement)
    page.goto("/registre/")
    ouvert = menu(page, "Mes vues")
    ouvert.locator(".q-petit").first.click()

    page.keyboard.press("Escape")

    expect(ouvert).to_have_count(0)
    expect(page.locator("summary").filter(has_text="Mes vues")).to_be_focused()
