"""The user guide is the help of the site, and quotes what the screens really say."""

import html
import importlib.util
import io
import re
import sys
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfReader

from collectivites.communs import pdf
from pilotage.aide import livret
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


# --- Pictures (`make captures`) -----------------------------------------------------------------

IMAGES = RACINE / "docs" / "guide" / "images"
#: An account of the demo → who sees the same pages in the cast of the tests.
ACTEURS = {
    "cadre": "cadre",
    "drh.region": "drh_region",
    "drh.ville": "drh_ville",
    "dgs.ville": "dgs_ville",
    "accompagnateur": "accompagnateur",
    "admin": None,
}


def charger_les_captures():
    scripts = str(RACINE / "scripts")
    sys.path.insert(0, scripts)
    try:
        spec = importlib.util.spec_from_file_location("captures", f"{scripts}/captures.py")
        captures = sys.modules["captures"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(captures)
    finally:
        sys.path.remove(scripts)
    return captures


CAPTURES = {capture.nom: capture for capture in charger_les_captures().CAPTURES_DU_GUIDE}


def images_du_guide():
    """(page, what its alternative says, file), for each picture."""
    for nom in (SOMMAIRE, *LECTEURS):
        source = (RACINE / "docs/guide" / f"{nom}.md").read_text(encoding="utf-8")
        for texte, fichier in re.findall(r"!\[([^\]]*)\]\(images/([^)]+)\)", source):
            yield nom, texte, fichier


@pytest.mark.sans_base
def test_each_picture_is_taken_by_the_script_said_in_words_and_shown_once():
    montrees = [fichier for _, _, fichier in images_du_guide()]

    assert sorted(montrees) == sorted(f"{nom}.png" for nom in CAPTURES)
    assert sorted(montrees) == sorted(fichier.name for fichier in IMAGES.iterdir())
    for _, texte, fichier in images_du_guide():
        assert len(texte) > 30, fichier
    assert {nom for nom, _, _ in images_du_guide()} == set(LECTEURS), "a picture for each reader"


@pytest.mark.sans_base
def test_the_pictures_weigh_little():
    assert sum(fichier.stat().st_size for fichier in IMAGES.iterdir()) < 1_500_000


@pytest.mark.parametrize("nom", CAPTURES)
def test_the_page_that_a_picture_shows_still_has_its_title(nom, troupe, client_de, admin_client):
    capture = CAPTURES[nom]
    acteur = ACTEURS[capture.compte]
    navigateur = client_de(getattr(troupe, acteur)) if acteur else admin_client

    page = navigateur.get(capture.chemin)

    assert page.status_code == 200
    titre = html.unescape(re.search(r"<title>(.*?)</title>", page.content.decode(), re.DOTALL)[1])
    assert lisse(titre) == f"{capture.titre} · Quatuor"


def test_a_picture_keeps_its_place_on_the_page_and_is_ours(client, db):
    page = client.get("/aide/dgs/").content.decode()

    (image, *_) = re.findall(r"<img[^>]*>", page)
    assert 'src="/static/guide/dgs-a-faire' in image
    assert 'width="1280" height="800"' in image
    assert 'alt="La page d’accueil d’un DGS' in image


@pytest.mark.parametrize("nom", LECTEURS)
def test_what_scrolls_sideways_is_reached_by_keyboard(client, db, nom):
    page = client.get(f"/aide/{nom}/").content.decode()

    for large in re.findall(r"<pre[^>]*>|<[^>]*q-defile[^>]*>", page):
        assert 'tabindex="0"' in large
        assert "aria-label=" in large
    assert "<table>" not in page
    assert "| ---" not in page


# --- On paper -----------------------------------------------------------------------------------


def test_every_link_of_the_printed_guide_leads_somewhere_in_it(client, db, monkeypatch):
    recus = []
    monkeypatch.setattr(pdf, "produire", lambda texte: recus.append(texte) or b"%PDF-")
    livret._imprimer.cache_clear()

    reponse = client.get("/aide/guide.pdf")
    livret._imprimer.cache_clear()

    assert reponse.headers["Content-Type"] == "application/pdf"
    assert 'filename="guide-quatuor.pdf"' in reponse.headers["Content-Disposition"]
    (texte,) = recus
    ancres = re.findall(r'id="([^"]+)"', texte)
    assert len(ancres) == len(set(ancres))
    assert set(re.findall(r'href="#([^"]+)"', texte)) <= set(ancres)
    assert set(LECTEURS) <= set(ancres)
    assert texte.count("<img") == len(CAPTURES)


@pytest.mark.lourd
def test_the_printed_guide_has_its_contents_its_pages_and_its_pictures(tmp_path):
    contenu = livret.livret()

    lu = PdfReader(io.BytesIO(contenu))
    textes = [lisse(page.extract_text()) for page in lu.pages]
    assert lu.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Sommaire" in textes[1]
    for nom in LECTEURS:
        titre = lisse(lire(nom).titre)
        # The last: the contents may begin a page with it as well.
        page = [i for i, texte in enumerate(textes, 1) if texte.startswith(titre)][-1]
        assert re.search(rf"{re.escape(titre)} ?[ .]*{page}\b", textes[1] + textes[2]), titre
        assert f"{page} / {len(textes)}" in textes[page - 1]
    assert sum(len(page.images) for page in lu.pages) == len(CAPTURES)
