"""The figures of a large démarche are kept, and say their hour; those of another are of now."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cadres.models import Cadre
from pilotage.indicateurs import arrete
from tests import fabriques

URL = "/pilotage/"


@pytest.fixture
def dgs(troupe, client_de):
    cache.clear()
    yield client_de(troupe.dgs_departement)
    cache.clear()


def recenses(page):
    return page.context["indicateurs"].entonnoir.etape("recenses").total


def lister(troupe, nombre):
    for _ in range(nombre):
        fabriques.faire_cadre(troupe.departement, "accord", avec_compte=False)


def test_an_ordinary_demarche_is_read_at_each_time(troupe, dgs):
    avant = recenses(dgs.get(URL))
    lister(troupe, 1)
    page = dgs.get(URL)
    assert recenses(page) == avant + 1
    assert "Actualiser les chiffres" not in page.content.decode()


def test_a_large_one_is_kept_until_it_is_asked_again(troupe, dgs, monkeypatch):
    monkeypatch.setattr(arrete, "SEUIL", 3)
    lister(troupe, 4)
    with CaptureQueriesContext(connection) as lues:
        avant = recenses(dgs.get(URL))
    lister(troupe, 1)
    with CaptureQueriesContext(connection) as requetes:
        page = dgs.get(URL)
    assert recenses(page) == avant
    assert "Actualiser les chiffres" in page.content.decode()
    assert " à " in page.context["situation"]
    assert len(requetes) <= len(lues) - 6, "those of the figures"
    assert recenses(dgs.get(URL, {"actualiser": "oui"})) == avant + 1
    assert recenses(dgs.get(URL)) == avant + 1


def test_the_clock_renews_what_is_read(troupe, dgs, monkeypatch):
    lister(troupe, 4)
    monkeypatch.setattr(arrete, "SEUIL", Cadre.objects.filter(demarche=troupe.demarche).count() - 1)
    avant = recenses(dgs.get(URL))
    lister(troupe, 1)
    assert arrete.arreter_les_chiffres() == 1
    assert recenses(dgs.get(URL)) == avant + 1


def test_nobody_who_opens_a_large_one_waits(troupe, dgs, monkeypatch):
    """The clock kept its figures before anybody asked; later they are shown as old as they are."""
    lister(troupe, 4)
    monkeypatch.setattr(arrete, "SEUIL", Cadre.objects.filter(demarche=troupe.demarche).count() - 1)
    assert arrete.arreter_les_chiffres() == 1
    assert arrete.arreter_les_chiffres() == 0, "nobody reads them, and they are fresh"
    monkeypatch.setattr(arrete, "lire", lambda *_: pytest.fail("somebody waited"))
    assert "Actualiser les chiffres" in dgs.get(URL).content.decode()
    demain = timezone.now() + arrete.AGE_MAX - timedelta(minutes=1)
    monkeypatch.setattr(arrete.timezone, "now", lambda: demain)
    assert arrete.lire_arrete(troupe.demarche, demain.date()).quand < demain


def test_figures_that_nobody_reads_do_not_grow_old(troupe, dgs, monkeypatch):
    lister(troupe, 4)
    monkeypatch.setattr(arrete, "SEUIL", Cadre.objects.filter(demarche=troupe.demarche).count() - 1)
    assert arrete.arreter_les_chiffres() == 1
    plus_tard = timezone.now() + arrete.AGE_SANS_LECTEUR
    monkeypatch.setattr(arrete.timezone, "now", lambda: plus_tard)
    assert arrete.arreter_les_chiffres() == 1


def test_kept_figures_belong_to_one_demarche(troupe, dgs, client_de, monkeypatch):
    monkeypatch.setattr(arrete, "SEUIL", 0)
    lister(troupe, 4)
    ici = recenses(dgs.get(URL))
    assert recenses(client_de(troupe.etranger_dgs).get(URL)) != ici
