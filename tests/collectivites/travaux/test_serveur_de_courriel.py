"""A real mail server that hangs, refuses, drops the line or comes back: nobody is missed, nobody is told
twice, and nothing else waits for it."""

import time
from collections import Counter
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone

from collectivites.models import Courriel
from collectivites.travaux import courriels
from collectivites.travaux.courriels import MORT, balayer_courriels, deposer_texte, envoyer_courriel
from collectivites.travaux.envoi import serveur_de_courriel
from tests.outils.smtp import facteur

pytestmark = pytest.mark.django_db
E = Courriel.Etat


@pytest.fixture
def smtp(settings):
    with facteur() as serveur:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", serveur.port
        settings.EMAIL_TIMEOUT = 0.1
        yield serveur


def ecrire(combien=1):
    return [
        deposer_texte(
            objet="Objet",
            corps="Corps",
            demarche=None,
            destinataire=f"p{n}@essais.example",
            cle=f"p{n}",
        )
        for n in range(combien)
    ]


def envoyer(*lettres):
    for lettre in lettres:
        envoyer_courriel(lettre.pk)


def etats():
    return Counter(Courriel.objects.values_list("etat", flat=True))


def plus_tard(**duree):
    """The clock rings then; the server is asked again."""
    serveur_de_courriel.fermer()
    with time_machine.travel(timezone.now() + timedelta(**duree), tick=False):
        balayer_courriels()


def test_one_address_of_twenty_is_refused_and_the_others_have_their_mail(smtp, caplog):
    caplog.set_level("WARNING")
    smtp.refusees = {"p7@essais.example"}

    envoyer(*ecrire(20))

    assert etats() == {E.ENVOYE: 19, E.ECHEC: 1}
    assert Courriel.objects.get(etat=E.ECHEC).destinataire == "p7@essais.example"
    assert len({vers for vers, _ in smtp.recus}) == len(smtp.recus) == 19
    assert "refused (550)" in caplog.text
    assert "p7@" not in caplog.text


@pytest.mark.parametrize("humeur", ["muet", "se fige"])
def test_a_server_that_hangs_is_waited_for_once_and_not_for_each_mail(smtp, humeur):
    smtp.humeur = humeur
    lettres = ecrire(20)

    debut = time.monotonic()
    envoyer(*lettres)

    assert time.monotonic() - debut < 2
    assert smtp.appels == 1
    assert etats() == {E.ECHEC: 1, E.A_ENVOYER: 19}

    smtp.humeur = "prend"
    plus_tard(minutes=11)

    assert etats() == {E.ENVOYE: 20}
    assert len({vers for vers, _ in smtp.recus}) == len(smtp.recus) == 20


def test_the_clock_does_not_wait_for_five_hundred_mails(smtp):
    ecrire(30)
    smtp.humeur = "muet"

    plus_tard(minutes=6)

    assert smtp.appels == 1
    assert etats() == {E.ECHEC: 1, E.A_ENVOYER: 29}  # nobody else's try is spent


def test_a_mail_that_was_taken_before_the_line_was_cut_is_sent_once(smtp):
    smtp.humeur = "rompt_apres"

    envoyer(*ecrire(3))
    plus_tard(hours=2)

    assert etats() == {E.ENVOYE: 3}
    assert len(smtp.recus) == 3


def test_a_line_cut_before_the_yes_is_tried_again_under_the_same_identity(smtp):
    smtp.humeur = "rompt_avant"
    [lettre] = ecrire()
    envoyer(lettre)
    assert etats() == {E.ECHEC: 1}

    smtp.humeur = "prend"
    plus_tard(minutes=11)

    assert etats() == {E.ENVOYE: 1}
    assert smtp.recus == [("p0@essais.example", f"<courriel-{lettre.pk}@127.0.0.1>")]


@pytest.mark.parametrize("humeur", ["muet", "occupe"])
def test_a_server_that_is_down_for_two_nights_loses_no_mail(smtp, humeur):
    smtp.humeur = humeur
    envoyer(*ecrire())
    for heures in range(1, 48, 3):
        plus_tard(hours=heures)
    assert etats() == {E.ECHEC: 1}

    smtp.humeur = "prend"
    plus_tard(hours=49)

    assert etats() == {E.ENVOYE: 1}
    assert len(smtp.recus) == 1


def test_an_address_that_is_refused_for_good_is_left_after_five_tries(smtp):
    smtp.refusees = {"p0@essais.example"}
    envoyer(*ecrire())
    for heures in range(2, 30, 2):
        plus_tard(hours=heures)

    assert smtp.appels == 5


def test_a_database_that_restarts_after_the_server_s_yes_is_waited_for(smtp, monkeypatch):
    """Else the mail would leave a second time, although the first was taken."""
    monkeypatch.setattr(courriels, "PAUSES", (0, 0))
    libre = SimpleNamespace(in_atomic_block=False, close=lambda: None)
    monkeypatch.setattr(courriels, "connection", libre)
    ecrire_vraiment, essais = courriels.QuerySet.update, []

    def absente_deux_fois(lignes, **champs):
        if champs.get("etat") == E.ENVOYE and len(essais) < 2:
            essais.append(champs)
            raise OperationalError("the database system is starting up")
        return ecrire_vraiment(lignes, **champs)

    monkeypatch.setattr(courriels.QuerySet, "update", absente_deux_fois)
    [lettre] = ecrire()
    envoyer_courriel(lettre.pk)
    monkeypatch.undo()

    lettre.refresh_from_db()
    assert lettre.etat == E.ENVOYE
    assert len(essais) == 2
    assert len(smtp.recus) == 1


# --- A clock that is set back ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "champs",
    [
        {"etat": E.A_ENVOYER, "depose_le": timedelta(days=30)},
        {"etat": E.EN_COURS, "pris_le": timedelta(days=30)},
        {"etat": E.ECHEC, "essais": 2, "pris_le": timedelta(days=30)},
    ],
)
def test_a_mail_dated_by_a_clock_that_was_wrong_does_not_wait_for_a_month(smtp, champs):
    """A virtual machine woke up in January; the clock is right again."""
    [lettre] = ecrire()
    ecarts = {
        nom: timezone.now() + valeur if isinstance(valeur, timedelta) else valeur
        for nom, valeur in champs.items()
    }
    Courriel.objects.filter(pk=lettre.pk).update(**ecarts)

    assert [balayer_courriels() for _ in range(2)] == [1, 0]

    assert len(smtp.recus) == 1


def test_a_mail_that_a_worker_holds_is_left_to_it_when_the_clock_goes_back_by_an_hour_less(smtp):
    [lettre] = ecrire()
    Courriel.objects.filter(pk=lettre.pk).update(
        etat=E.EN_COURS, pris_le=timezone.now() + MORT - timedelta(minutes=1)
    )

    assert balayer_courriels() == 0
