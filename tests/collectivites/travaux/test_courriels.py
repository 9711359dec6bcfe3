"""The outbox: written with the act, sent after the commit, once."""

import pytest
from django.core import mail
from django.db import transaction

from collectivites.models import Courriel
from collectivites.travaux.courriels import deja_deposes, deposer, envoyer_courriel


@pytest.fixture(autouse=True)
def gabarit(settings, tmp_path):
    """One mail template for these tests: `essai`."""
    (tmp_path / "courriels").mkdir()
    (tmp_path / "courriels" / "essai.txt").write_text(
        "Objet de {{ demarche.nom }}\n\nBonjour {{ prenom }},\nvoici : {{ site }}/\n"
    )
    options = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**options, "DIRS": [*options["DIRS"], tmp_path]}]


def ecrire(troupe, **champs):
    valeurs = {
        "demarche": troupe.demarche,
        "destinataire": "claire@essais.example",
        "cle": "essai:1",
        "prenom": "Claire",
    }
    return deposer("essai", **{**valeurs, **champs})


def test_a_mail_leaves_after_the_commit(troupe, settings, django_capture_on_commit_callbacks):
    settings.QUATUOR_SITE = "https://quatuor.example/"
    with django_capture_on_commit_callbacks(execute=True):
        courriel = ecrire(troupe, utilisateur=troupe.cadre.utilisateur, cadre_ref=7)
        assert courriel.etat == Courriel.Etat.A_ENVOYER
        assert mail.outbox == []

    courriel.refresh_from_db()
    assert (courriel.etat, courriel.essais, courriel.cadre_ref) == (Courriel.Etat.ENVOYE, 1, 7)
    assert courriel.envoye_le is not None
    [message] = mail.outbox
    assert message.to == ["claire@essais.example"]
    assert message.subject == "Objet de Parcours mobilité Centre-Val de Loire"
    assert message.body.startswith("Bonjour Claire,\nvoici\u00a0: https://quatuor.example/\n\n--\n")


def test_an_act_that_is_undone_sends_nothing(troupe, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        ecrire(troupe)
        transaction.set_rollback(True)

    assert mail.outbox == []
    assert not Courriel.objects.exists()


def test_two_kinds_of_mail_that_name_their_occasion_alike_both_leave(troupe, tmp_path):
    """A key that ends with a bare number: the reader of one kind does not lose the other."""
    (tmp_path / "courriels" / "autre.txt").write_text("Autre objet\n\nUn autre texte.\n")
    ecrire(troupe, cle="7")
    deposer("autre", demarche=troupe.demarche, destinataire="claire@essais.example", cle="7")
    assert ecrire(troupe, cle="7") is None
    assert set(Courriel.objects.values_list("cle", flat=True)) == {"essai#7", "autre#7"}


def test_what_was_sent_before_keys_said_the_kind_is_not_sent_again(troupe):
    Courriel.objects.create(
        demarche=troupe.demarche,
        destinataire="a@essais.example",
        objet="o",
        corps="c",
        cle="vieux:1",
    )
    assert deja_deposes("essai", ["vieux:1", "neuf:2"]) == {"vieux:1"}
    assert ecrire(troupe, cle="vieux:1") is None
    assert Courriel.objects.count() == 1


def test_the_same_occasion_is_told_once(troupe, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ecrire(troupe)
    with django_capture_on_commit_callbacks(execute=True):
        assert ecrire(troupe, prenom="Autre") is None

    assert Courriel.objects.count() == 1
    assert len(mail.outbox) == 1


def test_somebody_without_an_address_is_not_written_to(troupe):
    assert ecrire(troupe, destinataire="") is None
    assert not Courriel.objects.exists()


def test_a_second_delivery_of_the_message_sends_nothing_more(troupe):
    courriel = ecrire(troupe)

    envoyer_courriel(courriel.pk)
    envoyer_courriel(courriel.pk)

    assert len(mail.outbox) == 1


def test_a_mail_that_another_worker_has_taken_is_left_to_it(troupe):
    courriel = ecrire(troupe)
    Courriel.objects.update(etat=Courriel.Etat.EN_COURS)

    envoyer_courriel(courriel.pk)

    assert mail.outbox == []


@pytest.mark.parametrize("panne", [ConnectionRefusedError, TimeoutError, UnicodeError, ValueError])
def test_a_mail_that_cannot_leave_says_so_and_harms_nobody(troupe, monkeypatch, caplog, panne):
    caplog.set_level("WARNING")

    def echouer(self, *args, **kwargs):
        raise panne(self.to)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", echouer)
    courriel = ecrire(troupe)

    envoyer_courriel(courriel.pk)

    courriel.refresh_from_db()
    assert (courriel.etat, courriel.essais) == (Courriel.Etat.ECHEC, 1)
    assert courriel.envoye_le is None
    assert "could not be sent" in caplog.text
    assert "claire@essais.example" not in caplog.text


def test_depositing_costs_little(troupe, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):  # two are the savepoint of get_or_create
        ecrire(troupe)


def test_the_worker_knows_how_to_send_mails():
    from mobility.celery import app

    app.loader.import_default_modules()

    assert "collectivites.travaux.courriels.envoyer_courriel" in app.tasks


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_sends_a_mail(troupe, worker_celery, attendre):
    courriel = Courriel.objects.create(
        demarche=troupe.demarche, destinataire="a@essais.example", objet="o", corps="c", cle="k"
    )

    envoyer_courriel.delay(courriel.pk)

    attendre(lambda: Courriel.objects.get().etat == Courriel.Etat.ENVOYE)
