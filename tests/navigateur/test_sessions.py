"""On a telephone: a cadre takes a seat, gives it back, and keeps their calendar."""

import re

import pytest
from playwright.sync_api import expect

from parcours.models import InscriptionSession
from tests.fabriques import (
    faire_inscription,
    faire_place,
    faire_prestation,
    faire_promotion,
    faire_session,
    il_y_a,
)
from tests.navigateur.conftest import TELEPHONE

E = InscriptionSession.Etat


@pytest.fixture
def session(troupe):
    promotion = faire_promotion(troupe.demarche)
    faire_inscription(troupe.fiche_du_cadre, promotion)
    faire_inscription(troupe.fiche_de_l_autre_cadre, promotion)
    return faire_session(faire_prestation(troupe.region, intitule="Prendre la parole"), places=1)


def sans_debordement(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_enrol_then_cancel(troupe, session, ouvrir):
    page = ouvrir(troupe.cadre, **TELEPHONE)
    page.goto("/mon-parcours/")
    page.get_by_role("link", name="Choisir une session").tap()
    page.get_by_role("link", name=re.compile(r"^Prendre la parole\W.*20\d\d")).tap()
    page.get_by_role("button", name="M’inscrire").tap()
    principal = page.get_by_role("main")
    expect(principal).to_contain_text("Votre place est confirmée")
    with page.expect_download() as fichier:
        page.get_by_role("link", name="Ajouter à mon agenda").tap()
    assert "BEGIN:VEVENT" in fichier.value.path().read_text()
    sans_debordement(page)

    page.goto("/mon-parcours/")
    expect(page.get_by_role("main")).to_contain_text("Prendre la parole")
    page.get_by_role("link", name=re.compile("^Prendre la parole")).tap()
    page.get_by_text("Annuler mon inscription").tap()
    page.get_by_role("button", name="Oui, rendre ma place").tap()
    expect(principal).to_contain_text("L’inscription est annulée.")
    assert InscriptionSession.objects.get().etat == E.ANNULEE
    assert not page.temoin.lever()


def test_the_one_who_waits_receives_the_seat(troupe, session, ouvrir):
    assis = ouvrir(troupe.cadre, **TELEPHONE)
    attend = ouvrir(troupe.autre_cadre, **TELEPHONE)
    assis.goto(f"/sessions/{session.pk}/")
    assis.get_by_role("button", name="M’inscrire").tap()
    expect(assis.get_by_role("main")).to_contain_text("Votre place est confirmée")
    attend.goto(f"/sessions/{session.pk}/")
    attend.get_by_role("button", name="M’inscrire sur la liste d’attente").tap()
    expect(attend.get_by_role("main")).to_contain_text("Vous êtes sur la liste d’attente")

    assis.get_by_text("Annuler mon inscription").tap()
    assis.get_by_role("button", name="Oui, rendre ma place").tap()
    expect(assis.get_by_role("main")).to_contain_text("L’inscription est annulée.")

    attend.reload()
    expect(attend.get_by_role("main")).to_contain_text("Votre place est confirmée")
    sans_debordement(attend)


def test_attendance_in_two_taps_by_who_runs_the_session(troupe, session, ouvrir):
    passee = faire_session(
        session.prestation, debut=il_y_a(1), animateur=troupe.accompagnateur.mandat
    )
    place = faire_place(passee, troupe.fiche_du_cadre)
    page = ouvrir(troupe.accompagnateur, **TELEPHONE)

    page.goto("/mes-accompagnements/")
    page.get_by_role("link", name=re.compile("^Noter les présences")).first.tap()
    page.get_by_role("button", name="Noter sa présence").tap()

    expect(page.get_by_role("main")).to_contain_text("Présence notée")
    place.refresh_from_db()
    assert place.etat == E.PRESENT
    assert not page.temoin.lever()
