"""Pages that anybody may read."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "url", ["/vos-donnees/", "/accessibilite/", "/aide/", "/mentions-legales/", "/plan/"]
)
def test_anybody_reads_them(client, db, url):
    page = client.get(url)
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1
    assert client.post(url).status_code == 405


def test_the_accessibility_statement_is_honest(client, db):
    page = client.get("/accessibilite/").content.decode()
    assert "non conforme" in page
    assert "partiellement" not in page
    for exige in (
        "Défenseur des droits",
        "établie le",
        "Outils",
        "Pages examinées",
        "n’est pas accessible",
    ):
        assert exige in page
    assert "Accessibilité\u00a0: non conforme" in client.get("/aide/").text


def test_the_legal_notice_says_what_the_operator_did_not_fill(client, db, settings):
    editeur = "Ville d’Orléans, place de l’Étape"
    settings.MENTIONS = {**settings.MENTIONS, "editeur": editeur, "dpo": ""}
    page = client.get("/mentions-legales/").text

    assert editeur in page
    assert "ne l’a pas encore renseigné" in page
