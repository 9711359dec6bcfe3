"""One click to stop a kind of mail, without an account."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from cadres.candidature import actions as candidature
from cadres.candidature.relances import fermer_sans_reponse, relancer_sans_reponse
from cadres.models import Candidature
from collectivites.models import Courriel
from collectivites.refus import ActionImpossible
from collectivites.travaux.arrets import lien_d_arret
from collectivites.travaux.courriels import envoyer_courriel
from parcours.models import PreferencesRappel
from pilotage.accueil import recapitulatif
from tests.pilotage.accueil.test_recapitulatif import LUNDI


def chemin(personne, genre):
    return lien_d_arret(personne.pk, genre).removeprefix(settings.QUATUOR_SITE)


@pytest.fixture
def drh(troupe):
    return troupe.drh_ville.utilisateur


def test_reading_the_page_stops_nothing(troupe, client, drh):
    reponse = client.get(chemin(drh, "resume"))

    assert reponse.status_code == 200
    assert "le récapitulatif" in reponse.text
    assert not PreferencesRappel.objects.exists()


def test_the_button_stops_and_says_so(troupe, client, drh):
    reponse = client.post(chemin(drh, "resume"))

    assert "Vous ne recevrez plus le récapitulatif" in reponse.text
    preferences = PreferencesRappel.objects.get(utilisateur=drh)
    assert (preferences.resume, preferences.j7, preferences.j1) == (False, False, False)


def test_a_mail_program_stops_it_without_a_page_nor_a_session(troupe, client_de, drh):
    """RFC 8058: a POST, without cookie nor token."""
    sans_page = client_de(None, enforce_csrf_checks=True)

    assert (
        sans_page.post(chemin(drh, "resume"), {"List-Unsubscribe": "One-Click"}).status_code == 200
    )
    assert PreferencesRappel.objects.get().resume is False


def test_each_kind_stops_alone(troupe, client, drh):
    client.post(chemin(drh, "rappels"))

    preferences = PreferencesRappel.objects.get()
    assert (preferences.resume, preferences.j7, preferences.j1) == (True, False, False)


@pytest.mark.parametrize("altere", ["", "x", "1.resume", "1.resume:faux"])
def test_a_forged_link_stops_nothing(troupe, client, altere):
    assert client.post(f"/courriels/arreter/{altere or 'y'}/").status_code == 404
    assert not PreferencesRappel.objects.exists()


def test_the_digest_offers_it_in_the_mail_and_to_the_mail_program(troupe, drh, monkeypatch):
    monkeypatch.setattr(
        recapitulatif,
        "attentes_de",
        lambda acteur: (
            [recapitulatif.Attente("Noter", "", "/x/", "Noter")] if acteur.est_rh else []
        ),
    )
    recapitulatif.deposer_recapitulatifs(maintenant=LUNDI)
    courriel = Courriel.objects.get(utilisateur=drh)

    envoyer_courriel(courriel.pk)

    [message] = mail.outbox
    lien = lien_d_arret(drh.pk, "resume")
    assert message.extra_headers["List-Unsubscribe"] == f"<{lien}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert lien in message.body


def test_a_mail_that_one_may_not_stop_offers_nothing(troupe):
    candidature.retirer(acteur=troupe.cadre)
    envoyer_courriel(Courriel.objects.get(cle__contains="#cadres_retrait").pk)

    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


# --- From any mail: which, without an account -----------------------------------------------------


def test_any_mail_to_somebody_leads_to_what_they_may_stop(troupe, client):
    candidature.retirer(acteur=troupe.cadre)
    corps = Courriel.objects.get(cle__contains="#cadres_retrait").corps
    lien = lien_d_arret(troupe.cadre.utilisateur.pk)
    assert lien in corps

    page = client.get(lien.removeprefix(settings.QUATUOR_SITE)).text

    for quoi in ("Le récapitulatif", "De rappel avant vos rendez-vous", "D’invitation"):
        assert quoi in page
    assert "votre réponse à la démarche" not in page, "no answer is awaited"


def test_each_is_stopped_there_and_leaves_the_list(troupe, client, drh):
    adresse = chemin(drh, "tous")

    page = client.post(adresse, {"genre": "invitations"}).text

    assert "C’est arrêté" in page
    preferences = PreferencesRappel.objects.get(utilisateur=drh)
    assert (preferences.invitations, preferences.resume) == (False, True)
    assert "D’invitation" not in client.get(adresse).text


@pytest.mark.parametrize("genre", ["", "autre"])
def test_a_kind_that_nobody_knows_stops_nothing(troupe, client, drh, genre):
    assert client.post(chemin(drh, "tous"), {"genre": genre}).status_code == 404
    assert not PreferencesRappel.objects.exists()


def test_whoever_stops_all_is_told_that_nothing_is_left(troupe, client, drh):
    PreferencesRappel.objects.create(
        utilisateur=drh, resume=False, j7=False, j1=False, invitations=False
    )

    assert "Il ne reste rien à arrêter." in client.get(chemin(drh, "tous")).text


# --- Reminders about the answer: no account is needed to stop them --------------------------------


def informe_depuis(troupe, jours):
    quand = timezone.now() - timedelta(days=jours)
    Candidature.objects.filter(cadre=troupe.fiche_du_cadre_muet).update(informe_le=quand, rappels=0)


def test_who_asked_for_no_reminder_receives_none_and_may_still_answer(troupe, client):
    informe_depuis(troupe, 8)
    client.post(chemin(troupe.cadre_muet.utilisateur, candidature.SANS_RAPPEL))

    assert relancer_sans_reponse() == 0
    with pytest.raises(ActionImpossible, match="ne plus recevoir de rappel"):
        candidature.informer(acteur=troupe.drh_departement, cadre=troupe.fiche_du_cadre_muet)
    assert candidature.repondre(acteur=troupe.cadre_muet, accord=True).sans_rappel_depuis is None


def test_the_reminder_itself_offers_to_stop(troupe):
    informe_depuis(troupe, 8)

    assert relancer_sans_reponse() == 1
    courriel = Courriel.objects.get(cle__contains="#cadres_rappel")
    assert lien_d_arret(troupe.cadre_muet.utilisateur.pk, candidature.SANS_RAPPEL) in courriel.corps


def test_a_reminder_never_arrives_on_the_day_of_another_mail(troupe):
    informe_depuis(troupe, 8)
    Courriel.objects.create(
        demarche=troupe.demarche,
        destinataire=troupe.fiche_du_cadre_muet.courriel,
        cadre_ref=troupe.fiche_du_cadre_muet.pk,
        objet="o",
        corps="c",
        cle="autre",
    )
    maintenant = timezone.now()

    assert relancer_sans_reponse(maintenant + timedelta(hours=1)) == 0
    assert relancer_sans_reponse(maintenant + timedelta(hours=25)) == 1


def test_a_reminder_sent_by_hand_is_one_of_the_two(troupe):
    informe_depuis(troupe, 5)
    candidature.informer(acteur=troupe.drh_departement, cadre=troupe.fiche_du_cadre_muet)

    assert relancer_sans_reponse(timezone.now() + timedelta(days=3)) == 0
    assert relancer_sans_reponse(timezone.now() + timedelta(days=9)) == 1
    assert fermer_sans_reponse(timezone.now() + timedelta(days=16)) == 1
