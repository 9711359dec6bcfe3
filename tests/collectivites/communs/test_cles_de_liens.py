"""A link that opens an account by itself is kept nowhere once it has left: outbox, logs."""

import logging
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings as reglages
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from gunicorn.config import Config

from collectivites.communs.cles_de_liens import EFFACE, sans_les_cles
from collectivites.comptes.invitations import inviter, lien_invitation
from collectivites.models import Courriel
from collectivites.travaux.courriels import effacer_les_liens_perdus
from mobility.acces_http import Acces
from mobility.traces import Discretion, Ligne

#: Format, dates and style of the technical log.
LIGNE = [reglages.LOGGING["formatters"]["ligne"][nom] for nom in ("format", "datefmt", "style")]


@pytest.fixture
def dgs(troupe):
    personne = troupe.dgs_ville.utilisateur
    personne.set_unusable_password()
    personne.save()
    return personne


@pytest.fixture
def invitation(dgs, django_capture_on_commit_callbacks):
    """Sent."""
    with django_capture_on_commit_callbacks(execute=True):
        inviter(dgs)
    return Courriel.objects.get(utilisateur=dgs)


def test_the_link_leaves_with_the_mail_and_stays_nowhere(invitation):
    (parti,) = mail.outbox

    assert "/invitation/" in parti.body
    assert invitation.etat == Courriel.Etat.ENVOYE
    assert "/invitation/" not in invitation.corps
    assert EFFACE in invitation.corps.replace("\u00a0", " ")
    assert "démarche commune" in invitation.corps, "the rest of the letter can be read again"


def test_so_does_the_link_of_a_forgotten_password(
    client, troupe, django_capture_on_commit_callbacks
):
    personne = troupe.dgs_ville.utilisateur
    personne.set_password("une phrase facile à retenir")
    personne.save()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/comptes/mot-de-passe/oublie/", {"email": personne.email})

    lien = next(mot for mot in mail.outbox[0].body.split() if "://" in mot)
    assert lien not in Courriel.objects.get().corps
    assert EFFACE in Courriel.objects.get().corps


def test_a_demo_keeps_its_letter_box(dgs, troupe, django_capture_on_commit_callbacks):
    troupe.demarche.est_demo = True
    troupe.demarche.save()
    with django_capture_on_commit_callbacks(execute=True):
        inviter(dgs)

    assert "/invitation/" in Courriel.objects.get(utilisateur=dgs).corps


def test_a_mail_that_never_left_loses_its_link_when_it_is_given_up(dgs):
    inviter(dgs)
    assert effacer_les_liens_perdus() == 0

    Courriel.objects.update(depose_le=timezone.now() - timedelta(days=3, minutes=1))

    assert effacer_les_liens_perdus() == 1
    assert "/invitation/" not in Courriel.objects.get().corps
    assert effacer_les_liens_perdus() == 0


def test_a_line_of_a_log_names_the_page_without_its_key(dgs):
    chemin = "/" + lien_invitation(dgs).split("/", 3)[3]
    jeton = chemin.split("/")[3]

    assert sans_les_cles(f"Gone: {chemin}") == "Gone: /invitation/…/"
    assert sans_les_cles("/registre/12/") == "/registre/12/"
    trace = logging.LogRecord("django.request", 30, "", 1, "%s: %s", ("Gone", chemin), None)
    Discretion().filter(trace)
    assert jeton not in trace.getMessage()


def test_gunicorn_writes_neither_a_key_nor_what_was_searched(dgs):
    chemin = "/" + lien_invitation(dgs).split("/", 3)[3]
    reponse = SimpleNamespace(status="200 OK", headers=[], sent=1)
    requete = SimpleNamespace(headers=[])
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": f"{chemin}?q=DURAND",
        "PATH_INFO": chemin,
        "QUERY_STRING": "q=DURAND",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://quatuor.example{chemin}",
    }

    atomes = Acces(Config()).atoms(reponse, requete, environ, timedelta(0))

    ligne = " ".join(str(valeur) for cle, valeur in atomes.items() if len(cle) == 1)
    assert "GET /invitation/…/ HTTP/1.1" in ligne
    assert "DURAND" not in ligne
    assert chemin not in ligne


def test_a_refusal_is_a_line_and_not_a_stack():
    try:
        raise PermissionDenied
    except PermissionDenied as refus:
        pile = (type(refus), refus, refus.__traceback__)
    refuse = logging.LogRecord("django.request", 30, "", 1, "Forbidden: %s", ("/x/",), pile)
    refuse.status_code = 403
    panne = logging.LogRecord("django.request", 40, "", 1, "Error: %s", ("/x/",), pile)
    panne.status_code = 500

    for trace in (refuse, panne):
        Discretion().filter(trace)

    assert refuse.exc_info is None
    assert panne.exc_info is pile


def test_a_line_says_whose_session_it_was_and_holds_in_one_line(troupe, rf):
    requete = rf.get("/x/")
    requete._cached_user = troupe.dgs_ville.utilisateur
    refus = logging.LogRecord(
        "django.request", 30, "", 1, "Forbidden: %s", ("/x\n2026 ERROR root tout/\x1b[31m",), None
    )
    refus.request = requete
    seule = logging.LogRecord("quatuor", 30, "", 1, "Rien", (), None)
    for trace in (refus, seule):
        Discretion().filter(trace)
    ligne = Ligne(**dict(zip(("fmt", "datefmt", "style"), LIGNE, strict=True)))

    ecrite = ligne.format(refus)
    assert ecrite.endswith(
        f"- {troupe.dgs_ville.utilisateur.pk} Forbidden: /x 2026 ERROR root tout/ [31m"
    )
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} ", ecrite)
    assert ligne.format(seule).endswith("- - Rien")


def test_each_answer_bears_the_number_of_its_lines(client, db, settings):
    settings.PROXY = True
    donne = client.get("/sante/", headers={"X-Request-ID": "mandataire-0001"})
    invente = client.get("/sante/", headers={"X-Request-ID": "une\tligne forgée"})

    assert donne.headers["X-Request-ID"] == "mandataire-0001"
    assert len(invente.headers["X-Request-ID"]) == 16

    settings.PROXY = False  # nobody of ours is in front: whoever says a number invents it
    assert (
        client.get("/sante/", headers={"X-Request-ID": "mandataire-0001"}).headers["X-Request-ID"]
        != "mandataire-0001"
    )
