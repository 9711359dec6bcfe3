"""What calendars answer: read by IMAP, and nothing done until the person says so."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core import signing
from django.urls import reverse
from icalendar import Calendar

from cadres.donnees_personnelles.effacement import anonymiser
from collectivites.models import Courriel, EntreeJournal
from collectivites.travaux import reponses as boite_aux_reponses
from collectivites.travaux.reponses import lire_les_reponses
from parcours.models import InscriptionSession
from parcours.sessions.actions import catalogue, places, reponses
from tests.fabriques import (
    acteur_du_cadre,
    faire_cadre,
    faire_inscription,
    faire_place,
    faire_prestation,
    faire_promotion,
    faire_session,
    il_y_a,
)
from tests.fabriques.coaching import faire_accompagnement, faire_coaching
from tests.parcours.agendas.boite_imap import boite

pytestmark = pytest.mark.django_db
E = InscriptionSession.Etat


@pytest.fixture
def imap(settings):
    with boite() as serveur:
        settings.REPONSES_IMAP = serveur.reglages
        yield serveur


@pytest.fixture
def place(troupe):
    faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    session = faire_session(faire_prestation(troupe.region), places=1)
    return places.inscrire_a_session(
        acteur=troupe.cadre, session=session, cadre=troupe.fiche_du_cadre
    )


def invitation():
    return Courriel.objects.exclude(agenda="").order_by("pk").first()


def repondre(partstat="DECLINED", adresse=None, courriel=None, methode="REPLY"):
    """As Outlook does: the event that was sent, with one's own answer, in base64."""
    courriel = courriel or invitation()
    calendrier = Calendar.from_ical(courriel.agenda)
    calendrier["method"] = methode
    [evenement] = calendrier.walk("VEVENT")
    evenement["attendee"].params["PARTSTAT"] = partstat
    if adresse:
        autre = type(evenement["attendee"])(f"MAILTO:{adresse}")
        autre.params["PARTSTAT"] = partstat
        evenement["attendee"] = autre
    message = EmailMessage()
    message["From"], message["Subject"] = adresse or courriel.destinataire, "Refusé"
    message.set_content("Je ne viens pas.")
    message.add_alternative(
        calendrier.to_ical(), maintype="text", subtype="calendar", params={"method": methode}
    )
    return message.as_bytes()


def demandes():
    return Courriel.objects.filter(cle__startswith="sessions/place_declinee#")


def le_lien():
    return reverse(
        "parcours:rendre_place", args=[reponses.jeton(InscriptionSession.objects.first())]
    )


def test_nothing_is_read_unless_the_operator_asked_for_it(troupe, place, settings):
    assert settings.REPONSES_IMAP == {}
    assert lire_les_reponses() == 0


def test_a_decline_keeps_the_seat_and_asks_the_person(troupe, place, imap, client):
    imap.deposer(repondre())

    assert lire_les_reponses() == 1

    place.refresh_from_db()
    assert place.etat == E.CONFIRMEE
    [courriel] = demandes()
    assert courriel.utilisateur == troupe.cadre.utilisateur
    assert le_lien() in courriel.corps
    assert imap.lues == {1}
    assert client.get(le_lien()).status_code == 200
    place.refresh_from_db()
    assert place.etat == E.CONFIRMEE, "reading the page gives nothing back"


def test_the_button_gives_the_seat_to_who_waits_without_a_login(troupe, place, client):
    suivant = faire_place(place.session, faire_cadre(troupe.region, "retenu"), "attente")
    lien = le_lien()

    page = client.post(lien).text

    assert "Votre place est rendue" in page
    place.refresh_from_db()
    suivant.refresh_from_db()
    assert (place.etat, suivant.etat) == (E.ANNULEE, E.CONFIRMEE)
    ligne = EntreeJournal.objects.get(acte="place.annulee")
    assert (ligne.cadre_ref, ligne.auteur) == (place.cadre_id, None)
    assert "METHOD:CANCEL" in Courriel.objects.get(objet__startswith="Inscription annulée").agenda


def test_two_answers_from_one_link_give_one_seat_and_one_mail(troupe, place, client):
    lien = le_lien()
    client.post(lien)
    ecrits = Courriel.objects.count()

    page = client.post(lien).text

    assert "Ce lien a déjà servi" in page
    assert Courriel.objects.count() == ecrits
    assert EntreeJournal.objects.filter(acte="place.annulee").count() == 1


def test_the_link_of_a_date_is_not_that_of_the_next(troupe, place, client):
    """The session has moved since: what was answered was another date."""
    lien, session = le_lien(), place.session
    debut = session.debut + timedelta(days=2)
    donnees = {"debut": debut, "fin": debut + timedelta(hours=1), "inscription_avant": debut}
    catalogue.modifier_session(acteur=troupe.drh_region, session=session, donnees=donnees)

    assert "Ce lien a déjà servi" in client.post(lien).text
    place.refresh_from_db()
    assert place.etat == E.CONFIRMEE


@pytest.mark.parametrize(
    "jeton", ["faux", signing.dumps([1, 0], salt="autre")], ids=["invented", "of another kind"]
)
def test_a_forged_link_opens_nothing(troupe, place, client, jeton):
    assert client.post(reverse("parcours:rendre_place", args=[jeton])).status_code == 404
    place.refresh_from_db()
    assert place.etat == E.CONFIRMEE


def test_the_same_answer_twice_asks_once(troupe, place, imap):
    imap.deposer(repondre())
    imap.deposer(repondre())

    lire_les_reponses()
    lire_les_reponses()

    assert demandes().count() == 1
    assert imap.demandees == [1, 2], "each is read once"


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "NEEDS-ACTION"])
def test_only_a_decline_asks_anything(troupe, place, imap, partstat):
    imap.deposer(repondre(partstat))

    assert lire_les_reponses() == 1
    assert not demandes().exists()
    assert imap.lues == {1}


def test_somebody_else_s_answer_asks_nobody(troupe, place, imap):
    imap.deposer(repondre(adresse="intrus@ailleurs.example"))

    assert lire_les_reponses() == 0
    assert not demandes().exists()


def test_an_answer_of_somebody_erased_since_is_read_and_asks_nobody(troupe, place, imap):
    imap.deposer(repondre())
    troupe.fiche_du_cadre.inscriptions.update(etat="interrompue", finie_le=il_y_a(0))
    anonymiser(troupe.fiche_du_cadre)
    avant = Courriel.objects.count()

    assert lire_les_reponses() == 0
    assert Courriel.objects.count() == avant
    assert imap.lues == {1}


def test_what_a_person_wrote_there_stays_unread_for_a_person(troupe, place, imap):
    lettre = EmailMessage()
    lettre["From"] = "claire@essais.example"
    lettre.set_content("Je serai en retard.")
    imap.deposer(lettre.as_bytes())
    imap.deposer(repondre(methode="REQUEST"))
    imap.deposer(repondre().replace(b"base64", b"chiffre"))
    imap.deposer(repondre() + b"x" * boite_aux_reponses.TAILLE)

    assert lire_les_reponses() == 0
    assert imap.lues == set()
    assert 1 not in imap.demandees
    assert 4 not in imap.demandees, "too large to be an answer"


@pytest.mark.parametrize("humeur", ["refuse", "coupe"])
def test_a_mailbox_that_fails_is_told_in_the_log_and_stops_nothing(
    troupe, place, imap, caplog, humeur
):
    caplog.set_level("WARNING")
    imap.humeur = humeur
    imap.deposer(repondre())

    assert lire_les_reponses() == 0
    assert "could not be read" in caplog.text
    assert "essais.example" not in caplog.text
    imap.humeur = "repond"
    assert lire_les_reponses() == 1


def test_a_declined_coaching_is_still_on_and_the_person_reads_where_to_say_it(troupe, imap):
    rendez_vous = faire_coaching(faire_accompagnement(troupe.fiche_du_cadre), 3)
    adresse = acteur_du_cadre(troupe.fiche_du_cadre).utilisateur.email
    reponse = boite_aux_reponses.Reponse(rendez_vous.uid_agenda, adresse.lower(), decline=True)

    assert reponses.recevoir(reponse)

    rendez_vous.refresh_from_db()
    assert rendez_vous.etat == "prevu"
    [courriel] = Courriel.objects.all()
    assert "/mon-accompagnement/" in courriel.corps
    assert courriel.utilisateur == troupe.cadre.utilisateur
