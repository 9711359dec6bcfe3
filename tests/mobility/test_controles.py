"""`manage.py check --deploy`: silent on an installation as the guide makes it, and loud on what it lacks."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import run_checks

from tests.mobility.test_reglages import PRODUCTION

BONNE = {
    **PRODUCTION,
    "SECRET_KEY": "0123456789abcdef" * 4,
    "EMAIL_FROM": "Quatuor <ne-pas-repondre@quatuor.example>",
    "REDIS_URL": "redis://:mot-de-passe@redis:6379/0",
}


def test_an_installation_as_the_guide_makes_it_has_nothing_to_be_told(tmp_path):
    """A process of its own, under production's settings, with no database at hand."""
    fini = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "DEBUG"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "QUATUOR_VAR": str(tmp_path), **BONNE},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (fini.returncode, fini.stderr) == (0, "")
    assert fini.stdout.startswith("System check identified no issues")


@pytest.fixture
def bonne(settings):
    settings.SECRET_KEY = BONNE["SECRET_KEY"]
    settings.DEFAULT_FROM_EMAIL = BONNE["EMAIL_FROM"]
    settings.REDIS_URL = BONNE["REDIS_URL"]
    return settings


def dits():
    controles = run_checks(include_deployment_checks=True)
    return [controle.id for controle in controles if controle.id.startswith("quatuor.")]


@pytest.mark.sans_base
@pytest.mark.parametrize(
    ("reglage", "valeur", "identifiant"),
    [
        ("SECRET_KEY", "a" * 60, "quatuor.E001"),
        ("QUATUOR_CLES_JOURNAL", ["journal"], "quatuor.E001"),
        ("MESURES_JETON", "prometheus", "quatuor.E001"),
        ("DEFAULT_FROM_EMAIL", "Quatuor <ne-pas-repondre@demo.example>", "quatuor.W001"),
        ("REDIS_URL", "redis://redis:6379/0", "quatuor.W002"),
    ],
)
def test_what_is_missing_or_weak_is_told(bonne, reglage, valeur, identifiant):
    assert dits() == []

    setattr(bonne, reglage, valeur)

    assert dits() == [identifiant]


@pytest.mark.sans_base
@pytest.mark.parametrize("redis", ["", "redis://127.0.0.1:6379/0", "unix:///run/redis.sock"])
def test_a_redis_of_this_machine_alone_may_have_no_password(bonne, redis):
    bonne.REDIS_URL = redis

    assert dits() == []
