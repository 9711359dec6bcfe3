"""What is typed is never lost: an ended session, a login in another tab, no network, a closed page.

The tab of the person goes on; only the server has forgotten them.
"""

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from playwright.sync_api import expect

from parcours.models import NoteCoaching
from tests.collectivites.comptes.test_second_facteur import avec_application, code
from tests.fabriques import faire_inscription, faire_promotion
from tests.fabriques.coaching import faire_accompagnement

PASSE = "un mot de passe de test"
NOTE = "J’ai osé dire non.\n\nEt j’ai dormi."


@pytest.fixture
def chez_le_coach(troupe):
    faire_inscription(troupe.fiche_du_cadre)
    faire_accompagnement(troupe.fiche_du_cadre)
    return f"/accompagnements/{troupe.fiche_du_cadre.pk}/note/"


def avec_un_mot_de_passe(acteur):
    acteur.utilisateur.set_password(PASSE)
    acteur.utilisateur.save()
    return acteur


def redonner_le_mot_de_passe(page):
    page.get_by_label("Mot de passe").fill(PASSE)
    page.get_by_role("button", name="Me reconnecter").click()


def ecrire(page, adresse, texte=NOTE):
    """The person writes, and takes two minutes over it."""
    page.clock.install()
    page.goto(adresse)
    page.get_by_label("Votre note").press_sequentially(texte)
    page.clock.fast_forward(120_000)


def test_a_note_survives_the_end_of_the_session(troupe, chez_le_coach, ouvrir):
    page = ouvrir(avec_un_mot_de_passe(troupe.accompagnateur))
    ecrire(page, chez_le_coach)
    Session.objects.all().delete()

    page.get_by_role("button", name="Enregistrer la note").click()
    expect(page.get_by_role("dialog")).to_contain_text("Votre session a pris fin")
    redonner_le_mot_de_passe(page)

    expect(page.get_by_role("article")).to_contain_text("Et j’ai dormi.")
    assert NoteCoaching.objects.count() == 1
    assert page.temoin.lever() == []


def test_the_second_factor_is_given_in_place_too(troupe, chez_le_coach, ouvrir, settings):
    settings.SECOND_FACTEUR = True
    coach = avec_un_mot_de_passe(troupe.accompagnateur)
    cle = avec_application(coach.utilisateur)
    settings.SECOND_FACTEUR = False  # the session that is given to the page has none
    page = ouvrir(coach)
    ecrire(page, chez_le_coach)
    settings.SECOND_FACTEUR = True
    Session.objects.all().delete()
    page.get_by_role("button", name="Enregistrer la note").click()
    redonner_le_mot_de_passe(page)
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_label("Code de votre application").fill("000000")
    page.get_by_role("button", name="Me reconnecter").click()
    expect(dialogue).to_contain_text("n’est pas le bon")

    dialogue.get_by_label("Code de votre application").fill(code(cle))
    page.get_by_role("button", name="Me reconnecter").click()

    expect(page.get_by_role("article")).to_contain_text("Et j’ai dormi.")
    assert NoteCoaching.objects.count() == 1
    assert page.temoin.lever() == []


def test_a_wrong_password_loses_nothing(troupe, chez_le_coach, ouvrir):
    page = ouvrir(avec_un_mot_de_passe(troupe.accompagnateur))
    page.temoin.attendu = {400}
    ecrire(page, chez_le_coach)
    Session.objects.all().delete()
    page.get_by_role("button", name="Enregistrer la note").click()

    page.get_by_label("Mot de passe").fill("pas le bon du tout")
    page.get_by_role("button", name="Me reconnecter").click()
    expect(page.get_by_role("dialog")).to_contain_text("ne vont pas ensemble")
    page.get_by_role("button", name="Fermer, sans rien perdre").click()

    expect(page.get_by_label("Votre note")).to_have_value(NOTE)


def test_a_login_in_another_tab_spoils_no_form(troupe, chez_le_coach, ouvrir):
    page = ouvrir(avec_un_mot_de_passe(troupe.accompagnateur))
    ecrire(page, chez_le_coach)
    autre = page.context.new_page()
    autre.goto("/")
    autre.locator(".q-moi > summary").click()
    autre.get_by_role("button", name="Se déconnecter").click()
    autre.get_by_label("Adresse professionnelle").fill(troupe.accompagnateur.utilisateur.email)
    autre.get_by_label("Mot de passe").fill(PASSE)
    autre.get_by_role("button", name="Se connecter").click()
    expect(autre.locator(".q-moi")).to_be_visible()

    page.get_by_role("button", name="Enregistrer la note").click()

    expect(page.get_by_role("article")).to_contain_text("Et j’ai dormi.")


def test_somebody_else_in_the_other_tab_sends_nothing_in_my_name(troupe, chez_le_coach, ouvrir):
    page = ouvrir(avec_un_mot_de_passe(troupe.accompagnateur))
    ecrire(page, chez_le_coach)
    autre = ouvrir(troupe.cadre)
    cookies = [c for c in autre.context.cookies() if c["name"] == "quatuor_session"]
    page.context.add_cookies(cookies)

    page.get_by_role("button", name="Enregistrer la note").click()
    expect(page.get_by_role("dialog")).to_contain_text("Une autre personne s’est connectée")
    assert not NoteCoaching.objects.exists()
    redonner_le_mot_de_passe(page)

    expect(page.get_by_role("article")).to_contain_text("Et j’ai dormi.")
    assert NoteCoaching.objects.get().auteur == troupe.accompagnateur.utilisateur


def test_without_network_the_text_stays_in_the_page(troupe, chez_le_coach, ouvrir):
    page = ouvrir(troupe.accompagnateur)
    ecrire(page, chez_le_coach)
    page.context.set_offline(True)

    page.get_by_role("button", name="Enregistrer la note").click()
    expect(page.get_by_role("alert")).to_contain_text("Rien n’est parti")
    expect(page.get_by_label("Votre note")).to_have_value(NOTE)
    page.context.set_offline(False)
    page.get_by_role("button", name="Enregistrer la note").click()

    expect(page.get_by_role("article")).to_contain_text("Et j’ai dormi.")


def test_the_notice_comes_before_the_end_and_one_click_renews(troupe, ouvrir, settings):
    settings.SESSION_INACTIVITE = 200
    page = ouvrir(troupe.drh_departement)
    page.goto("/")

    expect(page.get_by_role("alert")).to_contain_text("votre session prend fin dans 3\u00a0minutes")
    settings.SESSION_INACTIVITE = 7200
    with page.expect_response(lambda r: r.url.endswith("/session/") and r.request.method == "POST"):
        page.get_by_role("button", name="Rester connecté").click()

    assert page.temoin.lever() == []


# --- Drafts on the device ---------------------------------------------------------------------------


@pytest.fixture
def interrompre(troupe):
    inscription = faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    return f"/inscriptions/{inscription.pk}/interrompre/"


def brouillons(page, ou="localStorage"):
    return page.evaluate(f"Object.keys({ou}).filter((c) => c.startsWith('quatuor-brouillon'))")


def commencer(page, adresse):
    page.goto(adresse)
    page.locator("main textarea").first.press_sequentially("Un motif long à écrire.")
    page.wait_for_timeout(600)  # the draft is written when the hand rests


def test_a_text_that_a_failure_met_is_given_back(troupe, interrompre, ouvrir, monkeypatch):
    """Over HTTPS a browser empties the form behind a page that it may not keep: the draft is what stays."""

    def redemarre(*_, **__):
        raise OperationalError

    page = ouvrir(troupe.drh_departement)
    commencer(page, interrompre)
    with monkeypatch.context() as panne:
        panne.setattr("cadres.candidature.middleware.acteur_de", redemarre)
        page.temoin.attendu = {503}
        page.get_by_role("main").locator("button[type=submit]").first.click()
        expect(page.get_by_role("heading", name="Le service ne répond pas")).to_be_visible()

    page.goto(interrompre)
    page.get_by_role("button", name="Reprendre ce texte").click()
    expect(page.locator("main textarea").first).to_have_value("Un motif long à écrire.")
    assert page.temoin.lever() == []


def test_a_draft_is_offered_again_then_cleared_at_sending(troupe, interrompre, ouvrir):
    page = ouvrir(troupe.drh_departement)
    commencer(page, interrompre)

    page.reload()
    expect(page.get_by_text("n’a pas été envoyé")).to_be_visible()
    page.get_by_role("button", name="Reprendre ce texte").click()
    expect(page.locator("main textarea").first).to_have_value("Un motif long à écrire.")
    page.locator("main form .btn[type=submit]").first.click()
    page.wait_for_url(lambda url: "interrompre" not in url)

    assert brouillons(page) == []


def test_another_account_is_shown_nothing(troupe, interrompre, ouvrir):
    page = ouvrir(troupe.drh_departement)
    commencer(page, interrompre)
    autre = ouvrir(troupe.gestionnaire_departement)
    page.context.add_cookies([c for c in autre.context.cookies() if c["name"] == "quatuor_session"])

    page.goto(interrompre)

    expect(page.locator("main textarea").first).to_have_value("")
    expect(page.get_by_text("n’a pas été envoyé")).to_be_hidden()


def test_a_draft_is_cleared_at_logout(troupe, interrompre, ouvrir):
    page = ouvrir(troupe.drh_departement)
    commencer(page, interrompre)
    page.locator(".q-moi > summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/comptes/connexion/**")

    assert brouillons(page) == []


def test_leaving_an_unsent_text_asks_first(troupe, interrompre, ouvrir):
    page = ouvrir(troupe.drh_departement)
    commencer(page, interrompre)
    demandes = []
    page.on("dialog", lambda d: (demandes.append(d.type), d.dismiss()))

    page.locator("a.q-marque").click(no_wait_after=True)
    page.wait_for_timeout(500)

    assert demandes == ["beforeunload"]
    assert page.url.endswith("interrompre/")


def test_behind_the_wall_the_device_keeps_nothing(troupe, chez_le_coach, ouvrir):
    page = ouvrir(troupe.accompagnateur)
    ecrire(page, chez_le_coach)
    page.wait_for_timeout(600)

    assert brouillons(page) == []
    assert len(brouillons(page, "sessionStorage")) == 1
