"""Mails lost on the way are taken up again; one that left is never sent twice by us."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from collectivites.models import Courriel
from collectivites.travaux import courriels
from collectivites.travaux.courriels import balayer_courriels, deposer_texte, envoyer_courriel

pytestmark = pytest.mark.django_db
E = Courriel.Etat


@pytest.fixture
def courriel(troupe):
    return deposer_texte(
        objet="Objet", corps="Corps", demarche=None, destinataire="a@essais.example", cle="x"
    )


def vieillir(courriel, minutes, **champs):
    quand = timezone.now() - timedelta(minutes=minutes)
    champs = {"depose_le": quand, **champs}
    if champs.get("etat") in {E.EN_COURS, E.ECHEC}:
        champs.setdefault("pris_le", quand)
    Courriel.objects.filter(pk=courriel.pk).update(**champs)


@pytest.mark.parametrize(
    ("minutes", "champs", "repris"),
    [
        (1, {"etat": E.A_ENVOYER}, False),  # its message is on the way
        (6, {"etat": E.A_ENVOYER}, True),  # the broker was down
        (31, {"etat": E.EN_COURS}, False),  # a task may live for thirty minutes
        (41, {"etat": E.EN_COURS}, True),  # whoever claimed it is dead
        (41, {"etat": E.EN_COURS, "pris_le": None}, True),  # claimed before this existed
        (9, {"etat": E.ECHEC, "essais": 1}, False),
        (11, {"etat": E.ECHEC, "essais": 1}, True),  # the server may be back
        (30, {"etat": E.ECHEC, "essais": 3}, False),
        (41, {"etat": E.ECHEC, "essais": 3}, True),
        (900, {"etat": E.ECHEC, "essais": 5}, False),  # enough
        (5000, {"etat": E.A_ENVOYER}, False),  # no longer news
        (60, {"etat": E.ENVOYE, "envoye_le": timezone.now()}, False),
    ],
)
def test_what_is_taken_up_again_and_when(courriel, minutes, champs, repris):
    vieillir(courriel, minutes, **champs)

    assert balayer_courriels() == int(repris)
    assert balayer_courriels() == 0
    assert len(mail.outbox) == int(repris)


def test_a_worker_killed_while_sending_is_followed_by_a_sweep(courriel, monkeypatch):
    """The row stays claimed; once the claim is older than any task, it is sent, once."""
    monkeypatch.setattr(courriels, "_message", lambda c: (_ for _ in ()).throw(SystemExit()))
    with pytest.raises(SystemExit):
        envoyer_courriel(courriel.pk)
    monkeypatch.undo()
    envoyer_courriel(courriel.pk)  # Celery delivers the message again
    assert mail.outbox == []
    vieillir(courriel, 41, etat=E.EN_COURS)

    assert balayer_courriels() == 1
    envoyer_courriel(courriel.pk)

    courriel.refresh_from_db()
    assert courriel.etat == E.ENVOYE
    assert len(mail.outbox) == 1


def test_a_second_sending_bears_the_same_identity(courriel):
    """By which a mail system recognises the copy, if the worker died after the server's yes."""
    envoyer_courriel(courriel.pk)
    vieillir(courriel, 41, etat=E.EN_COURS, envoye_le=None)
    balayer_courriels()

    identites = {message.message()["Message-ID"] for message in mail.outbox}
    assert len(mail.outbox) == 2
    assert len(identites) == 1


def test_whoever_slept_over_their_claim_does_not_write_over_the_other(courriel, monkeypatch):
    def dormir(c):
        Courriel.objects.filter(pk=c.pk).update(
            pris_le=timezone.now() + timedelta(hours=1), etat=E.ENVOYE, envoye_le=timezone.now()
        )
        raise TimeoutError

    monkeypatch.setattr(courriels, "_message", dormir)
    envoyer_courriel(courriel.pk)

    courriel.refresh_from_db()
    assert courriel.etat == E.ENVOYE
