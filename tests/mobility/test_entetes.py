"""What each answer tells the browser, and what the browser tells back."""

import gzip
import json
import logging

import pytest
from PIL import Image

from scripts import icones
from tests.mobility.test_reglages import PRODUCTION, lire

STATIQUES = icones.ICONES.parent

RAPPORT = {
    "csp-report": {
        "document-uri": "https://quatuor.example/registre/?q=DURAND",
        "violated-directive": "script-src",
        "blocked-uri": "https://ailleurs.example/x.js?qui=DURAND",
    }
}


def rapporter(client, corps):
    return client.post(
        "/rapports-de-securite/", corps, content_type="application/csp-report"
    ).status_code


@pytest.mark.parametrize(
    "chemin", ["/comptes/connexion/", "/sante/", "/nulle-part/", "/invitation/a/b/"]
)
def test_every_answer_is_ours_alone_and_asks_nothing_of_the_device(client, db, chemin):
    entetes = client.get(chemin).headers

    assert entetes["Cross-Origin-Resource-Policy"] == "same-origin"
    assert entetes["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in entetes["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in entetes["Permissions-Policy"]
    politique = entetes["Content-Security-Policy"]
    assert "report-uri /rapports-de-securite/" in politique
    for directive in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert f"{directive} 'none'" in politique
    assert entetes["X-Content-Type-Options"] == "nosniff"
    assert entetes["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in entetes
    attendu = "application/json" if chemin == "/sante/" else "text/html; charset=utf-8"
    assert entetes["Content-Type"] == attendu


@pytest.mark.parametrize("chemin", ["/comptes/connexion/", "/sante/"])
def test_nobody_is_sent_back_what_they_sent(client, db, chemin):
    assert client.trace(chemin).status_code == 405


def test_the_page_of_an_invitation_stays_in_no_cache(client, db):
    assert "no-store" in client.get("/invitation/a/b/").headers["Cache-Control"]


@pytest.mark.parametrize(
    "adresse", ["/", "/mon-parcours/", "/mes-donnees/", "/immersions/", "/mes-donnees/telecharger/"]
)
def test_nothing_personal_stays_in_a_cache(troupe, client_de, adresse):
    assert "no-store" in client_de(troupe.cadre).get(adresse).headers["Cache-Control"]


def test_the_site_is_kept_on_a_home_screen_and_no_script_works_behind_it(client, db):
    page = client.get("/comptes/connexion/")
    manifeste = json.loads((STATIQUES / "quatuor.webmanifest").read_text(encoding="utf-8"))

    assert '<link rel="manifest" href="/static/quatuor.webmanifest">' in page.text
    assert "manifest-src 'self'" in page.headers["Content-Security-Policy"]
    assert manifeste["start_url"] == manifeste["scope"] == "/"
    for icone in manifeste["icons"]:
        fichier = STATIQUES / icone["src"]
        assert fichier.exists()
        if icone["type"] == "image/png":
            cote = int(icone["sizes"].partition("x")[0])
            with Image.open(fichier) as image:
                assert image.size == (cote, cote)
    scripts = "".join(f.read_text(encoding="utf-8") for f in (STATIQUES / "js").glob("*.js"))
    assert "serviceWorker" not in scripts


@pytest.mark.parametrize(("nom", "taille"), icones.TAILLES.items())
def test_the_icons_are_drawn_from_the_sign_of_the_house(nom, taille):
    svg = (STATIQUES / "icones" / "quatuor.svg").read_text(encoding="utf-8")
    dessinee = icones.dessiner(svg, *taille)

    with Image.open(STATIQUES / "icones" / f"{nom}.png") as gardee:
        assert dessinee.tobytes() == gardee.tobytes()


def test_cookies_are_of_this_host_alone_and_hsts_binds_no_other(tmp_path):
    noms = (
        *(
            "SESSION_COOKIE_NAME",
            "CSRF_COOKIE_NAME",
            "SESSION_COOKIE_PATH",
            "SESSION_COOKIE_DOMAIN",
        ),
        *("APPAREIL_COOKIE_NAME", "MESSAGES_COOKIE_NAME"),
        *("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"),
    )
    ferme = lire(tmp_path, *noms, **PRODUCTION)
    large = lire(tmp_path, *noms, QUATUOR_HSTS="preload", **PRODUCTION)

    assert ferme["SESSION_COOKIE_NAME"] == "__Host-quatuor_session"
    assert ferme["CSRF_COOKIE_NAME"] == "__Host-quatuor_csrf"
    assert ferme["APPAREIL_COOKIE_NAME"] == "__Host-quatuor_appareil"
    assert ferme["MESSAGES_COOKIE_NAME"] == "__Host-quatuor_messages"
    assert (ferme["SESSION_COOKIE_PATH"], ferme["SESSION_COOKIE_DOMAIN"]) == ("/", None)
    assert ferme["SECURE_HSTS_SECONDS"] == 31536000
    assert (ferme["SECURE_HSTS_INCLUDE_SUBDOMAINS"], ferme["SECURE_HSTS_PRELOAD"]) == (False, False)
    assert (large["SECURE_HSTS_INCLUDE_SUBDOMAINS"], large["SECURE_HSTS_PRELOAD"]) == (True, True)


def test_no_cookie_but_these_and_no_script_reads_them(client, troupe, settings):
    personne = troupe.dgs_ville.utilisateur
    personne.set_password("une phrase que je sais")
    personne.save()
    client.post(
        "/comptes/connexion/", {"login": personne.email, "password": "une phrase que je sais"}
    )
    client.post("/mandat/", {"mandat": "aucun"})  # a message

    assert set(client.cookies) == {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.APPAREIL_COOKIE_NAME,
        settings.MESSAGES_COOKIE_NAME,
    }
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert not cookie["domain"]


def test_a_report_is_a_line_without_query(client, db, caplog):
    with caplog.at_level(logging.WARNING, "collectivites.travaux.rapports"):
        assert rapporter(client, json.dumps(RAPPORT)) == 204

    assert "script-src refused on https://quatuor.example/registre/" in caplog.text
    assert "DURAND" not in caplog.text


@pytest.mark.parametrize(
    "corps",
    [
        "",
        "{",
        "[]",
        "7",
        '{"csp-report": 3}',
        '{"csp-report": {"document-uri": "http://[x"}}',
        "[" * 5000,
        "x" * 9000,
    ],
)
def test_nonsense_is_received_and_forgotten(client, db, corps):
    assert rapporter(client, corps) == 204


def test_a_report_forges_no_line_of_the_log(client, db, caplog):
    rapport = {"csp-report": {"violated-directive": "x\n2026 ERROR root tout est perdu"}}
    with caplog.at_level(logging.WARNING, "collectivites.travaux.rapports"):
        rapporter(client, json.dumps(rapport))

    assert "\n2026" not in caplog.records[0].getMessage()


def test_reports_are_counted(client, db, caplog, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "rapport": "2/m/ip"}
    with caplog.at_level(logging.WARNING, "collectivites.travaux.rapports"):
        for _ in range(5):
            assert rapporter(client, json.dumps(RAPPORT)) == 204

    assert len(caplog.records) == 2


GZIP = {"Accept-Encoding": "gzip, br"}


def test_a_page_read_by_its_address_is_compressed_and_its_length_says_little(troupe, client_de):
    client = client_de(troupe.drh_departement)
    claire = client.get("/plan/").content.decode()
    reponses = [client.get("/plan/", headers=GZIP) for _ in range(20)]

    for reponse in reponses:
        assert reponse["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in reponse["Vary"]
        assert int(reponse["Content-Length"]) == len(reponse.content) < len(claire) / 2
        assert "<h1" in gzip.decompress(reponse.content).decode()
    assert len({len(reponse.content) for reponse in reponses}) > 5


@pytest.mark.parametrize(
    "chemin",
    [
        "/registre/?q=pasq",
        "/plan/?n=1",
        "/nulle-part/",
        "/journal/journal.csv",
        "/registre/exporter/",
    ],
)
def test_neither_what_an_address_may_choose_nor_a_file_is_compressed(troupe, client_de, chemin):
    reponse = client_de(troupe.drh_departement).get(chemin, headers=GZIP)

    assert "Content-Encoding" not in reponse
