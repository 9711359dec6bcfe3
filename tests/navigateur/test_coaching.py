"""On a telephone: attendance in two taps, a synthesis written by two and published by one."""

import pytest
from playwright.sync_api import expect

from parcours.models import NoteCoaching, RendezVousCoaching, Synthese
from tests.fabriques import faire_inscription
from tests.fabriques.coaching import faire_accompagnement, faire_coaching
from tests.navigateur.conftest import TELEPHONE


@pytest.fixture
def accompagnement(troupe):
    faire_inscription(troupe.fiche_du_cadre)
    return faire_accompagnement(troupe.fiche_du_cadre)


def presser(page, texte, role="button"):
    with page.expect_navigation():
        page.get_by_role(role, name=texte).first.tap()


def sans_faute(*pages):
    for page in pages:
        assert not page.temoin.lever()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_attendance_is_noted_in_two_taps(troupe, accompagnement, ouvrir):
    rendez_vous = faire_coaching(accompagnement, -1)
    page = ouvrir(troupe.accompagnateur, **TELEPHONE)
    page.goto("/")

    page.get_by_role("link", name="Noter").first.tap()
    page.get_by_role("button", name="Présent").first.tap()

    expect(page.get_by_role("status").or_(page.get_by_text("présence notée")).first).to_be_visible()
    assert RendezVousCoaching.objects.get(pk=rendez_vous.pk).etat == "tenu"
    sans_faute(page)


def test_a_synthesis_is_written_by_two_and_published_by_one(troupe, accompagnement, ouvrir):
    coach = ouvrir(troupe.accompagnateur, **TELEPHONE)
    coach.goto(f"/mes-accompagnements/{troupe.fiche_du_cadre.pk}/")
    presser(coach, "Écrire la synthèse", "link")
    coach.get_by_label("Synthèse").fill("Elle sait tenir une réunion difficile.")
    presser(coach, "Enregistrer la synthèse")
    expect(coach.get_by_role("link", name="Relire et publier")).to_have_count(0)

    moi = ouvrir(troupe.cadre, **TELEPHONE)
    moi.goto("/mon-accompagnement/")
    presser(moi, "Reprendre la synthèse", "link")
    texte = "Elle sait tenir une réunion difficile, et veut diriger."
    moi.get_by_label("Synthèse").fill(texte)
    presser(moi, "Enregistrer la synthèse")

    drh = ouvrir(troupe.drh_departement, **TELEPHONE)
    drh.goto(f"/registre/{troupe.fiche_du_cadre.pk}/")
    expect(drh.get_by_role("main")).not_to_contain_text("réunion difficile")

    presser(moi, "Relire et publier", "link")
    expect(moi.get_by_role("main")).to_contain_text("liront exactement ceci")
    expect(moi.get_by_role("article")).to_contain_text(texte)
    sans_faute(moi)
    presser(moi, "Publier ma synthèse")
    expect(moi.get_by_role("main")).to_contain_text("Votre synthèse est publiée")
    assert Synthese.objects.get().publiee_pour == troupe.departement

    drh.reload()
    presser(drh, "Lire la synthèse publiée", "link")
    expect(drh.get_by_role("article")).to_contain_text(texte)
    sans_faute(coach, moi, drh)


def test_two_write_the_synthesis_at_once_and_neither_text_is_spoilt(troupe, accompagnement, ouvrir):
    adresse = f"/accompagnements/{troupe.fiche_du_cadre.pk}/synthese/"
    coach, moi = ouvrir(troupe.accompagnateur, **TELEPHONE), ouvrir(troupe.cadre, **TELEPHONE)
    for page in (coach, moi):
        page.goto(adresse)
    coach.get_by_label("Synthèse").fill("Version du coach.")
    presser(coach, "Enregistrer la synthèse")

    mien = "Mon texte, long et précieux.\n\nEt son second paragraphe."
    moi.get_by_label("Synthèse").fill(mien)
    presser(moi, "Enregistrer la synthèse")

    expect(moi.get_by_label("Synthèse")).to_have_value(mien)
    expect(moi.get_by_text("La version enregistrée entre-temps")).to_be_visible()
    presser(moi, "Enregistrer la synthèse")
    expect(moi.get_by_role("main")).to_contain_text("Synthèse enregistrée")
    coach.goto(adresse)
    expect(coach.get_by_label("Synthèse")).to_have_value(mien)
    sans_faute(moi, coach)


def test_a_note_is_written_read_by_the_other_and_destroyed(troupe, accompagnement, ouvrir):
    moi, coach = ouvrir(troupe.cadre, **TELEPHONE), ouvrir(troupe.accompagnateur, **TELEPHONE)
    moi.goto("/mon-accompagnement/")
    presser(moi, "Écrire une note", "link")
    moi.get_by_label("Votre note").fill("J’ai osé dire non.")
    presser(moi, "Enregistrer la note")
    expect(moi.get_by_role("article")).to_contain_text("J’ai osé dire non.")
    coach.goto(f"/mes-accompagnements/{troupe.fiche_du_cadre.pk}/")
    expect(coach.get_by_role("article")).to_contain_text("J’ai osé dire non.")

    presser(moi, "Détruire", "link")
    presser(moi, "Détruire la note")

    expect(moi.get_by_role("main")).to_contain_text("Note détruite.")
    assert not NoteCoaching.objects.exists()
    sans_faute(moi, coach)
