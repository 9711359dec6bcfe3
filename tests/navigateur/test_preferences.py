"""How a person has chosen to read: by keyboard, in forced colours, with text twice as large."""

import pytest


def test_forced_colours_tell_the_chosen_word_and_what_is_done(troupe, scene, ouvrir):
    page = ouvrir(troupe.drh_departement, forced_colors="active")
    page.goto("/")
    page.locator(".q-moi > summary").click()
    choisi = page.locator(".q-segments label:has(:checked)").first
    autre = page.locator(".q-segments label:not(:has(:checked))").first
    fond = "(e) => getComputedStyle(e).backgroundColor"

    assert choisi.evaluate(fond) != autre.evaluate(fond)

    moi = ouvrir(troupe.cadre, forced_colors="active")
    moi.goto("/mon-parcours/")
    rond = "(e) => getComputedStyle(e, '::after').backgroundColor"
    faite = moi.locator(".q-frise > li:not(.ici, .a-venir, .tard)").first.evaluate(rond)
    a_venir = moi.locator(".q-frise > li.a-venir").first.evaluate(rond)

    assert faite != a_venir


@pytest.mark.parametrize(
    ("qui", "chemin"),
    [
        ("cadre", "/mon-parcours/"),
        ("cadre", "/"),
        ("cadre", "/mes-voeux/"),
        ("drh_departement", "/"),
        ("accompagnateur", "/mes-accompagnements/"),
    ],
)
def test_text_twice_as_large_fits_a_telephone(troupe, scene, ouvrir, gros_texte, qui, chemin):
    page = ouvrir(
        getattr(troupe, qui), navigateur=gros_texte, viewport={"width": 390, "height": 844}
    )
    page.goto(chemin, wait_until="networkidle")

    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
