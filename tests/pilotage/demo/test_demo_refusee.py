"""The demonstration never mixes with real data."""

import pytest
from django.core.management import CommandError, call_command

from cadres.models import Cadre
from collectivites.models import Demarche, Utilisateur

pytestmark = pytest.mark.django_db


@pytest.fixture
def en_demo(settings):
    settings.DEMO = True


def test_it_refuses_to_run_beside_a_real_demarche(en_demo):
    Demarche.objects.create(
        code="reelle", nom="Réelle", date_debut="2026-01-01", date_fin="2029-01-01"
    )
    with pytest.raises(CommandError, match="réelle"):
        call_command("demo")
    assert not Cadre.objects.exists()


def test_it_refuses_to_run_beside_real_accounts(en_demo):
    Utilisateur.objects.create_user("quelqu.un@orleans.example")
    with pytest.raises(CommandError, match="comptes"):
        call_command("demo")


def test_it_refuses_to_run_outside_a_demonstration(settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="QUATUOR_DEMO"):
        call_command("demo")
    assert not Demarche.objects.exists()
