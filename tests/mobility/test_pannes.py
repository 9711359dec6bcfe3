"""What fails around us is said, loses nothing, and lets nothing half-done behind it."""

import re
import resource
import time
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, transaction
from django.utils import timezone

from cadres.candidature.actions import informer
from collectivites.comptes.session import DEBUT, PAS, VUE
from collectivites.models import EntreeJournal
from collectivites.refus import ActionImpossible
from mobility.demarrage import verifier
from pilotage.models import AccordElus
from tests.fabriques import faire_cadre, fermer_les_jalons


@pytest.fixture
def page(client, monkeypatch):
    """`page(erreur)`: what a reader is answered when that error is raised under the page."""
    client.raise_request_exception = False

    def lever(erreur):
        def vue(*_, **__):
            raise erreur

        monkeypatch.setattr("collectivites.travaux.sante.views.lire_la_sante", vue)
        return client.get("/sante/")

    return lever


def test_a_database_that_restarts_is_a_page_that_says_to_try_again(page, db):
    reponse = page(OperationalError("the database system is starting up"))

    assert reponse.status_code == 503
    assert int(reponse.headers["Retry-After"]) > 0
    assert "Réessayez dans une minute" in reponse.text


def test_a_session_that_the_database_cannot_keep_is_not_the_fault_of_the_reader(
    troupe, client_de, monkeypatch
):
    client = client_de(troupe.drh_ville)
    session = client.session
    session[DEBUT] = session[VUE] = time.time() - 2 * PAS  # a use, which is to be kept
    session.save()

    def tomber(*_, **__):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(Session, "save", tomber)
    client.raise_request_exception = False
    reponse = client.get("/registre/")

    assert reponse.status_code == 503
    assert "Réessayez dans une minute" in reponse.text


def test_a_request_that_is_bad_is_still_a_400(client, db, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1

    assert client.post("/comptes/connexion/", {"login": "a", "password": "b"}).status_code == 400


def test_an_act_that_is_done_says_so_whatever_fails_after_its_commit(
    troupe, monkeypatch, transactional_db
):
    """Django names what failed, and finds no name in a `partial`: it raised into the page."""
    from collectivites.chaine import maillons

    def tomber(*_):
        raise OperationalError("terminating connection due to administrator command")

    monkeypatch.setattr(maillons, "chainer", tomber)
    cadre = faire_cadre(troupe.departement)
    with transaction.atomic():
        informer(acteur=troupe.drh_departement, cadre=cadre)

    assert EntreeJournal.objects.filter(cadre_ref=cadre.pk).count() == 1


def test_nothing_that_follows_a_commit_is_without_a_name(settings):
    sources = [
        fichier.name
        for piece in ("cadres", "collectivites", "opportunites", "parcours", "pilotage")
        for fichier in (Path(settings.BASE_DIR) / piece).rglob("*.py")
        if re.search(r"on_commit\(\s*(functools\.)?partial", fichier.read_text())
    ]

    assert not sources


def test_a_fault_of_ours_is_still_a_500(page, db):
    reponse = page(ZeroDivisionError())

    assert reponse.status_code == 500
    assert "l’erreur est notée" in " ".join(reponse.text.split())
    assert not re.search(r"ZeroDivisionError|Traceback|SELECT|\.py\b", reponse.text)


@pytest.fixture
def disque_plein():
    """The system itself refuses what passes two kilobytes."""
    avant = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, avant[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, avant)


def test_a_full_disk_leaves_no_half_of_a_file(settings, tmp_path, disque_plein):
    settings.MEDIA_ROOT = tmp_path

    with pytest.raises(ActionImpossible, match="rien n’est enregistré"):
        default_storage.save("lettre.pdf", ContentFile(b"%PDF-1.4" + b"x" * 9000))

    assert not [*tmp_path.rglob("*.pdf")]
    assert default_storage.save("mot.pdf", ContentFile(b"%PDF-1.4 un mot")) == "mot.pdf"


def test_on_a_full_disk_nothing_is_written_and_going_back_gives_the_text_again(
    troupe, client_de, settings, tmp_path, disque_plein
):
    settings.MEDIA_ROOT = tmp_path
    fermer_les_jalons(troupe.demarche)
    piece = SimpleUploadedFile("deliberation.pdf", b"%PDF-1.4\n" + b"x" * 9000 + b"\n%%EOF\n")

    reponse = client_de(troupe.dgs_region).post(
        "/elus/accord/",
        {
            "instance": "Conseil régional",
            "le": f"{timezone.localdate():%Y-%m-%d}",
            "numero": "2027-12",
            "piece": piece,
        },
    )

    # An answer, not a redirection: the browser keeps the form behind it.
    assert reponse.status_code == 503
    assert "rien n’est enregistré" in reponse.text
    assert "revenez en arrière" in reponse.text
    assert not AccordElus.objects.filter(numero="2027-12").exists()


@pytest.mark.parametrize("cle", ["abc", "a" * 60, "une-cle-trop-courte"])
def test_a_server_does_not_start_with_a_key_that_can_be_guessed(settings, cle):
    settings.SECRET_KEY, settings.DEMO, settings.DEBUG = cle, False, False

    with pytest.raises(ImproperlyConfigured, match="openssl rand"):
        verifier()


@pytest.mark.parametrize("cle", ["journal", "a" * 60])
def test_nor_with_a_journal_whose_chain_anybody_computes(settings, cle):
    settings.SECRET_KEY, settings.DEMO, settings.DEBUG = "b3c" * 20 + "xyzt", False, False
    verifier()
    settings.QUATUOR_CLES_JOURNAL = [cle]

    with pytest.raises(ImproperlyConfigured, match="QUATUOR_CLE_JOURNAL can be guessed"):
        verifier()


def test_nor_with_figures_that_anybody_may_read(settings):
    settings.SECRET_KEY, settings.DEMO, settings.DEBUG = "b3c" * 20 + "xyzt", False, False
    settings.MESURES_JETON = "prometheus"

    with pytest.raises(ImproperlyConfigured, match="QUATUOR_MESURES_JETON can be guessed"):
        verifier()


def test_nor_with_a_key_that_seals_nothing(settings):
    settings.SECRET_KEY, settings.DEMO, settings.DEBUG = "b3c" * 20 + "xyzt", False, False
    settings.QUATUOR_CLES_COACHING = ["courte"]

    with pytest.raises(ImproperlyConfigured):
        verifier()


def test_each_server_looks_before_its_first_request():
    from celery.signals import beat_init, worker_init

    from mobility import asgi, celery, wsgi

    assert wsgi.verifier is asgi.verifier is verifier
    for signal in (worker_init, beat_init):
        assert any("_verifier" in repr(recepteur) for _, recepteur in signal.receivers)
    assert celery._verifier
