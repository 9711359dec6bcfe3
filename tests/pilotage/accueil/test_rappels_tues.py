"""A real Celery worker, killed by SIGKILL while it sends reminders: nobody missed, nobody told twice."""

import os
import signal
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from collectivites.models import Courriel, Utilisateur
from collectivites.travaux.courriels import MORT, balayer_courriels
from mobility.celery import app
from parcours.models import PreferencesRappel
from tests.fabriques import faire_cadre, faire_place, faire_prestation, faire_session, il_y_a
from tests.services import lancer_worker

pytestmark = [pytest.mark.services, pytest.mark.lent, pytest.mark.django_db(transaction=True)]
E = Courriel.Etat
COMBIEN = 6
FILE = "rappels-tues"
OPTIONS = ("--concurrency=1", f"--queues={FILE}", "--include=tests.outils.boite_du_tue")


@pytest.fixture
def conviees(troupe):
    """The addresses of those who have a session in six days; the others want no digest."""
    PreferencesRappel.objects.bulk_create(
        PreferencesRappel(utilisateur=utilisateur, resume=False)
        for utilisateur in Utilisateur.objects.all()
    )
    session = faire_session(faire_prestation(troupe.region), places=COMBIEN, debut=il_y_a(-6))
    cadres = [faire_cadre(troupe.region, "retenu") for _ in range(COMBIEN)]
    for cadre in cadres:
        faire_place(session, cadre)
    return {cadre.utilisateur.email if cadre.utilisateur else cadre.courriel for cadre in cadres}


@pytest.mark.parametrize(
    ("pendant", "ecrits", "partis"), [("ecriture", 2, 0), ("envoi", COMBIEN, 2)]
)
def test_nobody_is_missed_and_nobody_is_told_twice(
    troupe, conviees, tmp_path, attendre, settings, monkeypatch, pendant, ecrits, partis
):
    milieu = {
        "DJANGO_SETTINGS_MODULE": "tests.outils.reglages_du_tue",
        "QUATUOR_TUE_DOSSIER": str(tmp_path),
    }

    def recus():
        return Counter(fichier.read_text() for fichier in tmp_path.glob("*.recu"))

    def etats():
        return Counter(Courriel.objects.values_list("etat", flat=True))

    with app.connection_for_write() as connexion:
        connexion.default_channel.queue_declare(FILE)
        connexion.default_channel.queue_purge(FILE)

    # It dies in the middle of the third: no signal handler, no « finally », no rollback of its own.
    nom = f"tue-{os.getpid()}@local"
    journal = tmp_path / "tue.log"
    with lancer_worker(nom, journal, *OPTIONS, **milieu, QUATUOR_TUE_PENDANT=pendant) as worker:
        app.send_task("essais.rappeler", queue=FILE)
        attendre((tmp_path / "pret").exists)
        os.killpg(worker.pid, signal.SIGKILL)
        assert worker.wait(10) == -signal.SIGKILL
    assert sum(etats().values()) == ecrits
    assert sum(recus().values()) == partis
    assert etats()[E.EN_COURS] == (pendant == "envoi")

    # Another one takes what waits in the queue; the clock rings again, twice.
    suivant = f"suivant-{os.getpid()}@local"
    with lancer_worker(suivant, tmp_path / "suivant.log", *OPTIONS, **milieu):
        for _ in range(2):
            app.send_task("essais.rappeler", queue=FILE)
        sans_lui = COMBIEN - (pendant == "envoi")  # the claim of the dead is not too old yet
        attendre(lambda: etats()[E.ENVOYE] == sans_lui)
        assert balayer_courriels() == 0
        assert sum(recus().values()) == sans_lui

    # The sweep, once that claim is older than any task may be.
    settings.EMAIL_BACKEND = "tests.outils.boite_du_tue.Boite"
    monkeypatch.setenv("QUATUOR_TUE_DOSSIER", str(tmp_path))
    il_y_a_longtemps = timezone.now() - MORT - timedelta(minutes=1)
    Courriel.objects.filter(etat=E.EN_COURS).update(pris_le=il_y_a_longtemps)
    assert [balayer_courriels() for _ in range(2)] == [COMBIEN - sans_lui, 0]

    assert recus() == dict.fromkeys(conviees, 1)
    assert etats() == {E.ENVOYE: COMBIEN}
