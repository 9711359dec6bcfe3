"""How long one stays logged in: renewed by use, closed when idle, and at the end of a day."""

import json
import re
import time

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from collectivites.models import Tache

SESSION = "/session/"
HEURE = 3600
TEXTE = "Un texte que personne n’aimerait retaper.\nEt son second paragraphe."


@pytest.fixture
def voyage():
    """Moves the clock: `voyage.shift(seconds)`."""
    with time_machine.travel(time.time(), tick=False) as horloge:
        yield horloge


def est_la(client):
    return client.get("/mandat/").status_code != 302


def test_use_renews_the_session(troupe, client_de, voyage):
    client = client_de(troupe.drh_departement)
    for _ in range(4):
        voyage.shift(settings.SESSION_INACTIVITE - 60)
        assert est_la(client)


@pytest.mark.parametrize(("secondes", "encore"), [(-1, True), (0, False)])
def test_two_hours_without_use_close_it(troupe, client_de, voyage, secondes, encore):
    client = client_de(troupe.drh_departement)
    voyage.shift(settings.SESSION_INACTIVITE + secondes)

    assert est_la(client) is encore


def test_twelve_hours_close_it_whatever_one_does(troupe, client_de, voyage):
    client = client_de(troupe.drh_departement)
    for _ in range(11):
        voyage.shift(HEURE)
        assert est_la(client)
    voyage.shift(HEURE)

    assert not est_la(client)


@pytest.mark.parametrize(("recul", "encore"), [(30, True), (24 * HEURE, False)])
def test_a_clock_that_is_set_back_does_not_lengthen_a_session(
    troupe, client_de, voyage, recul, encore
):
    """By a few seconds it is nothing; by a day, the session would last for a day more."""
    client = client_de(troupe.drh_departement)
    assert est_la(client)
    voyage.shift(-recul)

    assert est_la(client) is encore


def test_asking_how_long_remains_is_not_a_use(troupe, client_de, voyage):
    client = client_de(troupe.drh_departement)
    voyage.shift(HEURE)

    assert client.get(SESSION).json()["reste"] == HEURE
    assert client.get(SESSION).json()["reste"] == HEURE
    assert client.post(SESSION).json()["reste"] == 2 * HEURE


def test_a_page_that_follows_a_long_work_alone_does_not_keep_the_session(troupe, client_de, voyage):
    """Somebody starts an import and goes home: what the page asks every two seconds is no use."""
    client = client_de(troupe.drh_departement)
    tache = Tache.objects.create(
        nom="x", libelle="Import", mandat=troupe.drh_departement.mandat, etat="en_cours"
    )
    page = client.get(reverse("collectivites:tache", args=[tache.pk])).text
    entetes = json.loads(re.search(r"hx-headers='([^']+Attente[^']+)'", page)[1])
    voyage.shift(HEURE)
    for _ in range(3):
        client.get(reverse("collectivites:tache", args=[tache.pk]), headers=entetes)

    assert client.get(SESSION).json()["reste"] == HEURE


def test_two_accounts_have_two_keys_and_nobody_has_none(troupe, client_de):
    cles = {
        client_de(qui).get(SESSION).json()["compte"]
        for qui in (troupe.drh_departement, troupe.cadre)
    }

    assert len(cles) == 2
    assert "" not in cles
    assert client_de(None).get(SESSION).json()["compte"] == ""


def test_use_is_written_down_once_a_minute(troupe, client_de, voyage):
    client = client_de(troupe.drh_departement)
    client.get(SESSION)
    voyage.shift(59)
    avant = client.session["connexion_vue"]
    client.get("/mandat/")
    assert client.session["connexion_vue"] == avant
    voyage.shift(1)
    client.get("/mandat/")

    assert client.session["connexion_vue"] == avant + 60


def test_a_text_sent_too_late_is_given_back(db):
    reponse = Client().post(reverse("collectivites:changer_mandat"), {"texte": TEXTE})

    assert reponse.status_code == 403
    assert "Et son second paragraphe." in reponse.text
    assert "no-store" in reponse["Cache-Control"]


def test_a_button_pressed_too_late_leads_to_the_login(db):
    reponse = Client().post(reverse("collectivites:changer_mandat"), {"mandat": "1"})

    assert reponse.status_code == 302


def test_a_text_with_an_old_token_is_given_back_but_no_password(troupe, client_de):
    client = client_de(troupe.drh_departement, enforce_csrf_checks=True)

    reponse = client.post("/mandat/", {"texte": TEXTE, "password": "x" * 60})

    assert reponse.status_code == 403
    assert "Et son second paragraphe." in reponse.text
    assert "x" * 60 not in reponse.text
