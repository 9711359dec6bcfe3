"""What the logs say: one number from the request to its job and its mail, and nobody's name."""

import io
import json
import logging
import threading

import pytest
from celery.signals import before_task_publish, setup_logging
from django.core import mail
from django.db import ProgrammingError, transaction

from collectivites.models import Utilisateur
from collectivites.travaux import horloge, taches
from collectivites.travaux.numero import AUCUN, numero, sous_le_numero
from collectivites.travaux.taches import demarrer, lancer, travail
from mobility.traces import Discretion, Json, Ligne
from tests.cadres.imports.aide import LIGNES, MAUVAISE, fichier
from tests.fabriques import MOT_DE_PASSE, faire_cadre
from tests.outils.smtp import facteur

FORMAT = "{levelname} {name} {numero} {compte} {message}"


@pytest.fixture(params=[Ligne(FORMAT, style="{"), Json()], ids=["ligne", "json"])
def journal(request):
    """What a server writes, whoever logs it."""
    sortie = io.StringIO()
    ecrivain = logging.StreamHandler(sortie)
    ecrivain.setFormatter(request.param)
    ecrivain.addFilter(Discretion())
    avant = [(nom, logging.getLogger(nom).level) for nom in ("", "django")]
    for nom, _ in avant:
        logging.getLogger(nom).setLevel(logging.INFO)
    logging.getLogger().addHandler(ecrivain)
    yield sortie
    logging.getLogger().removeHandler(ecrivain)
    for nom, niveau in avant:
        logging.getLogger(nom).setLevel(niveau)


@pytest.fixture
def a_faire(monkeypatch):
    monkeypatch.setattr(taches, "_TRAVAUX", dict(taches._TRAVAUX))

    @travail("heurter la base")
    def _(suivi):
        raise ProgrammingError(
            'duplicate key value violates unique constraint "x"\n'
            "DETAIL:  Key (nom, courriel)=(AUBRÉMONT, l.aubremont@loiret.example) already exists."
        )

    @travail("tomber")
    def _(suivi):
        raise ValueError("l.aubremont@loiret.example")


# --- One number -----------------------------------------------------------------------------------


def test_the_mail_of_an_act_bears_the_number_of_its_answer(troupe, client_de, transactional_db):
    cadre = faire_cadre(troupe.departement)

    reponse = client_de(troupe.drh_departement).post(f"/registre/{cadre.pk}/informer/")

    [lettre] = mail.outbox
    assert lettre.extra_headers["X-Request-ID"] == reponse.headers["X-Request-ID"]
    assert numero() == AUCUN


def test_a_job_runs_in_its_thread_under_the_number_of_whoever_asked(settings):
    settings.TACHES_MODE = "fil"
    vus, fini = [], threading.Event()
    with sous_le_numero() as demande:
        demarrer(lambda: (vus.append(numero()), fini.set()))
    fini.wait(5)

    assert vus == [demande]


def test_the_message_of_a_task_carries_the_number_to_the_worker(monkeypatch):
    en_tetes, vus = {}, []
    with sous_le_numero() as demande:
        before_task_publish.send(sender="essai", headers=en_tetes)
    monkeypatch.setattr(horloge, "faire_le_tour", lambda _: vus.append(numero()))
    monkeypatch.setattr(horloge, "_est_a_nous", lambda _: True)

    horloge.sonner.push_request(headers=en_tetes)
    horloge.sonner("vite")
    horloge.sonner.pop_request()
    horloge.sonner("vite")  # asked by nobody: one of its own

    assert vus[0] == demande
    assert len(vus[1]) == 16
    assert vus[1] != demande


def test_a_worker_keeps_the_logs_of_the_site():
    """Celery lays its own over them, without a filter, when nobody answers this signal."""
    assert setup_logging.receivers


# --- Nobody ---------------------------------------------------------------------------------------


def test_no_line_names_anybody_whatever_they_do_and_whatever_fails(
    troupe, client_de, client, a_faire, journal, settings, transactional_db
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.1
    drh, qui = client_de(troupe.drh_departement), troupe.cadre.utilisateur
    cadre = faire_cadre(troupe.departement, nom="Aubrémont", prenom="Laurence")
    with facteur() as smtp:
        smtp.refusees, settings.EMAIL_PORT = {cadre.courriel}, smtp.port
        drh.post(f"/registre/{cadre.pk}/informer/")
        drh.get("/registre/", {"q": "Aubrémont"})
        drh.get("/pilotage/ouverture/", {"nom": "Aubrémont"})
        client.post("/comptes/connexion/", {"login": qui.email, "password": "faux"})
        client.post("/comptes/connexion/", {"login": qui.email, "password": MOT_DE_PASSE})
        client.post("/comptes/mot-de-passe/oublie/", {"email": qui.email})
        drh.post("/recensements/importer/", {"fichier": fichier(*LIGNES, MAUVAISE)})
        for nom in ("heurter la base", "tomber"):
            with transaction.atomic():
                lancer(nom, acteur=troupe.drh_ville, libelle="Laurence Aubrémont")

    dit = journal.getvalue()
    assert "refused (550)" in dit
    assert "unique constraint" in dit
    assert "ValueError: …@…" in dit
    personnes = Utilisateur.objects.values_list("email", "nom")
    noms = {mot for personne in personnes for mot in personne if mot}
    noms |= {"Aubrémont", "AUBRÉMONT", "Benhadria", "Costerin", "Morlanne", cadre.matricule}
    noms |= {cadre.courriel, "l.aubremont@"}
    assert not {nom for nom in noms - {None, ""} if nom in dit}


def test_what_a_collector_reads_is_an_object_a_line(troupe, client_de):
    ligne = logging.LogRecord("quatuor", 30, "", 1, "Le %s\nest fini", ("travail",), None)
    Discretion().filter(ligne)

    lu = json.loads(Json(datefmt="%Y-%m-%dT%H:%M:%S%z").format(ligne))

    assert lu["message"] == "Le travail\nest fini"
    assert (lu["niveau"], lu["module"], lu["numero"], lu["compte"]) == (
        "WARNING",
        "quatuor",
        "-",
        "-",
    )
