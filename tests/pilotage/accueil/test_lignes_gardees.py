"""The lines of « À faire » that are kept for a minute: always those that would be read, for nobody else."""

from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.db import OperationalError

from cadres.models import DemandeCorrection, ImportCadres
from collectivites.journal import journaliser
from collectivites.mots import Actes
from pilotage.accueil.a_faire import attentes_de
from pilotage.accueil.compte import (
    _cle,
    compte_garde,
    compter_les_attentes,
    lister_les_attentes,
)
from tests import fabriques


@pytest.fixture(autouse=True)
def _un_cache_commun(settings):
    """As with Redis: the processes share what is kept."""
    settings.REDIS_URL = "redis://partage/0"


@pytest.fixture
def drh(troupe):
    """Of the departement, for whom an import and a correction wait."""
    ImportCadres.objects.create(
        collectivite=troupe.departement,
        mandat=troupe.drh_departement.mandat,
        nom_fichier="cadres.xlsx",
        etat=ImportCadres.Etat.DIAGNOSTIQUE,
    )
    DemandeCorrection.objects.create(
        cadre=troupe.fiche_du_cadre, champ="poste", explication="Elle a changé."
    )
    return troupe.drh_departement


@pytest.fixture
def lectures(monkeypatch):
    """How many times the lines were read from the base."""
    faites = []

    def lire(acteur):
        faites.append(acteur)
        return attentes_de(acteur)

    monkeypatch.setattr("pilotage.accueil.compte.attentes_de", lire)
    return faites


def decider(acteur):
    """A line of the journal, whose author tells nobody: as another process."""
    journaliser(
        acteur=acteur,
        acte=Actes.DELEGATION_DONNEE,
        libelle="Cadre recensé",
        objet=acteur.collectivite,
        collectivite=acteur.collectivite,
    )


def test_the_second_reading_gives_the_same_lines_without_asking_for_them(drh, lectures):
    lues, relues = lister_les_attentes(drh), lister_les_attentes(drh)

    assert relues == lues == attentes_de(drh)
    assert any(attente.echeance for attente in lues)
    assert compter_les_attentes(drh) == len(lues)
    assert len(lectures) == 1


def test_what_another_process_decides_is_there_at_once(troupe, drh):
    avant = lister_les_attentes(drh)
    fabriques.faire_cadre(troupe.departement, "recense", courriel="")
    assert lister_les_attentes(drh) == avant

    decider(troupe.drh_region)

    assert lister_les_attentes(drh) == attentes_de(drh) != avant


def test_a_decision_of_another_demarche_makes_nobody_read_again(troupe, drh, lectures):
    lister_les_attentes(drh)
    decider(troupe.etranger_drh)
    lister_les_attentes(drh)

    assert len(lectures) == 1


def test_what_one_has_just_done_waits_no_more_though_no_journal_says_it(drh, client_de):
    client = client_de(drh)
    importation = ImportCadres.objects.get()
    assert "cadres.xlsx" in client.get("/").content.decode()

    client.post(f"/recensements/{importation.pk}/abandonner/")

    assert "cadres.xlsx" not in client.get("/").content.decode()


def test_they_are_sealed_and_open_for_one_mandat_alone(troupe, drh):
    lister_les_attentes(drh)
    gardees = cache.get(_cle(drh))
    assert len(gardees.lignes) > 100
    assert b"Pasquier" not in gardees.lignes

    collegue = troupe.gestionnaire_departement
    cache.set(_cle(collegue), gardees)  # by mistake

    assert lister_les_attentes(collegue) == attentes_de(collegue)


def test_each_day_has_its_own(drh, lectures):
    for jour in (date(2029, 3, 14), date(2029, 3, 15)):
        with time_machine.travel(f"{jour}T12:00:00+01:00", tick=False):
            lister_les_attentes(drh)

    assert len(lectures) == 2


@pytest.mark.parametrize("nom", ["cadre", "accompagnateur"])
def test_of_whom_no_employer_is_only_the_number_is_kept(troupe, lectures, nom):
    acteur = getattr(troupe, nom)
    lister_les_attentes(acteur)
    lister_les_attentes(acteur)

    assert cache.get(_cle(acteur)).lignes == b""
    assert len(lectures) == 2


def test_without_a_shared_cache_the_lines_are_read_each_time(drh, lectures, settings):
    settings.REDIS_URL = ""
    lister_les_attentes(drh)
    lister_les_attentes(drh)

    assert len(lectures) == 2


@pytest.mark.parametrize("nom", ["drh_departement", "cadre"])
def test_a_page_that_knows_the_number_does_not_ask_for_it(drh, troupe, client_de, nom):
    client = client_de(getattr(troupe, nom))
    demande = 'hx-get="/a-faire/compte/"'
    avant = client.get("/plan/").content.decode()
    nombre = client.get("/").content.decode().count('class="q-tache"')
    apres = client.get("/plan/").content.decode()
    client.post("/plan/")  # an act, whatever it is
    ensuite = client.get("/plan/").content.decode()

    assert [page.count(demande) for page in (avant, apres, ensuite)] == [1, 0, 1]
    assert [page.count(f'"q-compte">{nombre}<') for page in (avant, apres)] == [
        0,
        3 if nombre else 0,
    ]


def test_whoever_has_several_hats_asks_for_all_of_them(troupe, client_de):
    client = client_de(troupe.dgs_ville)
    client.get("/")

    assert 'hx-get="/a-faire/compte/"' in client.get("/plan/").content.decode()


def test_a_base_that_does_not_answer_keeps_no_page_from_saying_so(drh, monkeypatch):
    lister_les_attentes(drh)
    assert compte_garde(drh) == compter_les_attentes(drh)

    def en_panne(**_):
        raise OperationalError("the server is gone")

    monkeypatch.setattr("pilotage.accueil.compte._JOURNAL", en_panne)
    assert compte_garde(drh) is None
