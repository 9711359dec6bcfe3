"""The wishes are ranked by a finger on their handle, and at the keyboard; a scroll ranks nothing."""

import pytest
from playwright.sync_api import expect

from opportunites.models import Voeu
from tests.fabriques import faire_inscription, faire_opportunite, faire_poste, faire_voeu
from tests.navigateur.conftest import TELEPHONE

TITRES = ["Premier poste", "Deuxième poste", "Troisième poste"]


@pytest.fixture
def voeux(troupe):
    faire_inscription(troupe.fiche_du_cadre)
    for titre in TITRES:
        poste = faire_poste(troupe.region, titre)
        faire_voeu(troupe.fiche_du_cadre, faire_opportunite(troupe.region, poste=poste))


def classes():
    return list(
        Voeu.objects.order_by("rang").values_list("opportunite__poste__intitule", flat=True)
    )


def balayer(page, depart, arrivee):
    """A finger goes from one point to another, as the browser itself hears it."""
    cdp = page.context.new_cdp_session(page)
    (x, y), (vers_x, vers_y) = depart, arrivee
    cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for pas in range(1, 11):
        point = {"x": x + (vers_x - x) * pas / 10, "y": y + (vers_y - y) * pas / 10}
        cdp.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        page.wait_for_timeout(20)
    cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def milieu(element):
    boite = element.bounding_box()
    return boite["x"] + boite["width"] / 2, boite["y"] + boite["height"] / 2


def test_a_scroll_that_begins_on_a_wish_ranks_nothing(troupe, voeux, ouvrir):
    page = ouvrir(troupe.cadre, **TELEPHONE)
    page.goto("/mes-voeux/")
    troisieme = page.locator(".q-classement > li").nth(2)
    for cible in (troisieme.locator(".q-classement-rang"), troisieme.locator("p")):
        cible.scroll_into_view_if_needed()
        x, y = milieu(cible)
        balayer(page, (x, y), (x, y - 160))

    expect(page.locator(".q-classement h3")).to_have_text([f"{t} (F/H)" for t in TITRES])
    assert classes() == TITRES


def test_the_handle_drags_and_the_order_is_said_then_undone(troupe, voeux, ouvrir):
    page = ouvrir(troupe.cadre, **TELEPHONE)
    page.goto("/mes-voeux/")
    lignes = page.locator(".q-classement > li")
    lignes.nth(2).scroll_into_view_if_needed()
    depart = milieu(lignes.nth(2).locator("[data-poignee]"))
    _, y = milieu(lignes.nth(0))

    balayer(page, depart, (depart[0], y - 20))

    expect(page.get_by_role("status").filter(has_text="Ordre enregistré")).to_be_visible()
    assert classes() == ["Troisième poste", "Premier poste", "Deuxième poste"]

    page.get_by_role("button", name="Annuler ce déplacement").tap()

    expect(
        page.get_by_role("status").filter(has_text="L’ordre d’avant est rétabli")
    ).to_be_visible()
    assert classes() == TITRES
    assert page.temoin.lever() == []


def test_the_keyboard_ranks_and_the_focus_stays_on_its_button(troupe, voeux, ouvrir):
    page = ouvrir(troupe.cadre)
    page.goto("/mes-voeux/")
    descendre = page.get_by_role("button", name="Descendre Deuxième poste")
    descendre.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").filter(has_text="rang 3 sur 3")).to_be_visible()
    expect(descendre).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)

    expect(descendre).to_be_focused()
    assert classes() == ["Premier poste", "Troisième poste", "Deuxième poste"]
    assert page.temoin.lever() == []


def test_the_rank_is_read_aloud(troupe, voeux, ouvrir):
    page = ouvrir(troupe.cadre)
    page.goto("/mes-voeux/")

    assert "Rang 2" in page.locator(".q-classement > li").nth(1).aria_snapshot()
