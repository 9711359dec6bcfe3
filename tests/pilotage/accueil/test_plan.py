"""The site map leads each role to pages that open, and is a second way to all of the menu."""

import re

import pytest

PERSONNES = (
    "dgs_departement",
    "drh_departement",
    "gestionnaire_departement",
    "cadre",
    "accompagnateur",
)


@pytest.mark.parametrize("qui", PERSONNES)
def test_each_link_of_the_map_opens(troupe, client_de, qui):
    client = client_de(getattr(troupe, qui))
    page = client.get("/plan/").text
    corps = page[page.index("<main") : page.index("</main>")]
    adresses = set(re.findall(r'href="(/[^"]*)"', corps))

    assert {a: client.get(a).status_code for a in adresses} == dict.fromkeys(adresses, 200)
    menu = page[page.index("<header") : page.index("</header>")]
    assert set(re.findall(r'<li> <a href="(/[^"]*)"', menu)) <= adresses | {"/"}


def test_nobody_is_shown_only_what_is_open_to_all(client, db):
    page = client.get("/plan/").text

    assert "Se connecter" in page
    assert "/registre/" not in page
