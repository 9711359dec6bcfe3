"""Pages that anybody may read."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("url", ["/vos-donnees/", "/accessibilite/", "/aide/"])
def test_anybody_reads_them(client, db, url):
    page = client.get(url)
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1
    assert client.post(url).status_code == 405


def test_the_accessibility_statement_is_honest(client, db):
    page = client.get("/accessibilite/").content.decode()
    assert "partiellement conforme" in page
    assert "Défenseur des droits" in page
