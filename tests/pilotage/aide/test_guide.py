"""The user guide is the help of the site, and quotes what the screens really say."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from pilotage.aide.guide import LECTEURS, PAR_ROLE, SOMMAIRE, lire

RACINE = Path(settings.BASE_DIR)
APPLICATIONS = ("collectivites", "cadres", "parcours", "opportunites", "pilotage")


def lisse(texte):
    return re.sub(r"\s+", " ", texte.replace("\u00a0", " ").replace("\\u00a0", " "))


@pytest.fixture(scope="module")
def ecrans():
    """All that the screens can say: templates, and the labels that Python writes."""
    fichiers = [*(RACINE / "templates").rglob("*.html")]
    for application in APPLICATIONS:
        fichiers += (RACINE / application).rglob("*.py")
    return lisse(" ".join(f.read_text(encoding="utf-8") for f in fichiers)).lower()


@pytest.mark.parametrize("nom", [SOMMAIRE, *LECTEURS])
def test_every_label_that_the_guide_quotes_is_on_a_screen(nom, ecrans):
    source = lisse((RACINE / "docs/guide" / f"{nom}.md").read_text(encoding="utf-8"))
    cites = re.findall(r"« ([^»]+) »", re.sub(r"```.*?```|`[^`]*`", "", source))

    assert [cite for cite in cites if cite.lower() not in ecrans] == []


@pytest.mark.parametrize("nom", LECTEURS)
def test_the_guide_is_read_on_the_site(client, db, nom):
    page = client.get(f"/aide/{nom}/").content.decode()

    assert f'<h1 class="q-titre-page">{lire(nom).titre}</h1>' in page
    assert "<h2 id=" in page
    assert ".md" not in page


def test_the_contents_lead_to_each_guide_and_first_to_ones_own(troupe, client_de):
    for acteur in (troupe.cadre, troupe.gestionnaire_region, troupe.dgs_ville):
        page = client_de(acteur).get("/aide/").content.decode()
        for nom in LECTEURS:
            assert f'href="/aide/{nom}/"' in page
        assert f'btn-primary" href="/aide/{PAR_ROLE[acteur.role]}/"' in page


def test_there_is_no_other_page(client, db):
    assert client.get("/aide/elus/").status_code == 404
