"""`manage.py installer`: the first operator, and what is still missing, said by its name."""

import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from collectivites.models import Utilisateur
from collectivites.travaux.sante import installation

pytestmark = pytest.mark.django_db


@pytest.fixture
def prete(settings, monkeypatch):
    """All that can be settled is."""
    settings.SESSION_COOKIE_SECURE = settings.SECOND_FACTEUR = True
    settings.SAUVEGARDE_POUR = ["age1…"]
    settings.MENTIONS = dict.fromkeys(settings.MENTIONS, "Dit.")
    monkeypatch.setattr(installation.connection, "vendor", "postgresql")
    monkeypatch.setattr(installation, "_heure", lambda: installation.Point("heure"))
    monkeypatch.setattr(
        installation, "lire_la_preparation", lambda: type("", (), {"lignes": {"base": "ok"}})
    )


def installer(**options):
    sortie = StringIO()
    call_command("installer", stdout=sortie, **options)
    return sortie.getvalue()


def manquent(**options):
    sortie = StringIO()
    with pytest.raises(CommandError) as refus:
        call_command("installer", stdout=sortie, **options)
    return sortie.getvalue(), str(refus.value)


@pytest.fixture
def quelqu_un(db):
    return Utilisateur.objects.create_superuser("odile@essais.example", None)


def test_the_first_operator_chooses_a_password_by_a_link_that_is_used_once(prete, client):
    dit = installer(adresse="Odile@Essais.example", prenom="Odile", nom="Ubald")

    compte = Utilisateur.objects.get()
    assert (compte.email, compte.prenom, compte.is_superuser) == (
        "odile@essais.example",
        "Odile",
        True,
    )
    assert not compte.has_usable_password()
    lien = re.search(r"https?://[^/]+(/\S+)", dit).group(1)
    page = client.get(lien, follow=True)
    assert page.status_code == 200
    assert "mot de passe" in page.text


def test_run_again_it_makes_nobody_else(prete, quelqu_un):
    assert "quelqu’un a un compte" in installer(adresse="autre@essais.example")
    assert Utilisateur.objects.count() == 1


def test_an_address_that_is_none_makes_nobody(prete):
    assert "Une adresse est attendue" in manquent(adresse="odile", prenom="O", nom="U")[1]
    assert not Utilisateur.objects.exists()


def test_what_is_missing_is_named_with_what_settles_it(settings, quelqu_un):
    settings.SAUVEGARDE_POUR, settings.MENTIONS = [], dict.fromkeys(settings.MENTIONS, "")
    settings.SESSION_COOKIE_SECURE = False

    dit, refus = manquent()

    assert "QUATUOR_SAUVEGARDE_POUR" in dit
    assert "QUATUOR_HTTPS=1" in dit
    assert "! mentions légales" in dit
    assert "sauvegarde" in refus
    assert "mentions légales" not in refus  # nobody is kept out for it


def test_a_mail_server_that_does_not_answer_is_said(prete, quelqu_un, monkeypatch):
    def fermee():
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(
        installation, "get_connection", lambda: type("", (), {"open": staticmethod(fermee)})
    )
    assert "EMAIL_HOST" in manquent()[0]


def test_a_trial_mail_leaves(prete, quelqu_un):
    installer(essai="odile@essais.example")

    (recu,) = mail.outbox
    assert recu.to == ["odile@essais.example"]


@pytest.mark.parametrize(("heure", "dit"), [(12, ""), (13, "celle de la base")])
def test_a_base_of_another_hour_is_said(heure, dit, monkeypatch, settings):
    settings.REDIS_URL = ""
    monkeypatch.setattr(installation.connection, "vendor", "postgresql")

    class Curseur:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def execute(self, _):
            pass

        def fetchone(self):
            return (datetime(2027, 3, 1, heure, tzinfo=UTC),)

    class Maintenant(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2027, 3, 1, 12, 0, 2, tzinfo=UTC)

    monkeypatch.setattr(installation.connection, "cursor", Curseur)
    monkeypatch.setattr(installation, "datetime", Maintenant)

    assert dit in installation._heure().manque
    assert bool(installation._heure().manque) is bool(dit)


def test_a_base_without_its_tables_is_said_and_asks_nothing_of_them(monkeypatch, client):
    """As it is before the first `migrate`, and for a server that came up too early."""

    def absente():
        raise AssertionError("a table that may not be there was asked")

    monkeypatch.setattr("collectivites.travaux.sante.etat._migrations", lambda: "à faire")
    monkeypatch.setattr("collectivites.travaux.sante.etat._sonne", absente)
    monkeypatch.setattr("collectivites.travaux.sante.etat.en_retard", absente)

    dit, refus = manquent(adresse="odile@essais.example")
    assert "manage.py migrate" in dit
    assert "migrations" in refus
    assert not Utilisateur.objects.exists()
    assert client.get("/sante/pret").status_code == 503
