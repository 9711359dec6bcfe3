"""The settings, as a process of its own reads them."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from mobility.reglages.environnement import secret

LIRE = """
import json, django
from django.conf import settings
print(json.dumps({nom: getattr(settings, nom) for nom in %r}, default=str))
"""


def lire(tmp_path, *noms, **environnement):
    """Values of settings under this environment alone; None when they refuse to load."""
    base = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "mobility.settings",
        "QUATUOR_VAR": str(tmp_path),
        **environnement,
    }
    commande = [sys.executable, "-c", LIRE % (list(noms),)]
    fini = subprocess.run(
        commande, cwd=settings.BASE_DIR, env=base, capture_output=True, text=True, check=False
    )
    return json.loads(fini.stdout) if fini.returncode == 0 else fini.stderr


PRODUCTION = {
    "SECRET_KEY": "k" * 60,
    "QUATUOR_HOSTS": "quatuor.example",
    "QUATUOR_CLE_COACHING": settings.QUATUOR_CLES_COACHING[0],
    "QUATUOR_CLE_JOURNAL": settings.QUATUOR_CLES_JOURNAL[0],
}


@pytest.mark.parametrize("manquant", list(PRODUCTION))
def test_production_refuses_to_start_without_its_secrets(tmp_path, manquant):
    environnement = dict(PRODUCTION)
    del environnement[manquant]

    erreur = lire(tmp_path, "DEBUG", **environnement)

    assert "ImproperlyConfigured" in erreur
    assert f"{manquant} is missing" in erreur


def test_production_is_closed_by_default(tmp_path):
    valeurs = lire(
        tmp_path,
        "DEBUG",
        "DEMO",
        "ALLOWED_HOSTS",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "QUATUOR_SITE",
        **PRODUCTION,
    )

    assert valeurs == {
        "DEBUG": False,
        "DEMO": False,
        "ALLOWED_HOSTS": ["quatuor.example"],
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "QUATUOR_SITE": "https://quatuor.example",
    }


def test_what_is_served_is_readable_by_another_account_than_the_one_that_collected_it(tmp_path):
    """The image is made by root, and runs as somebody else; deposited files stay closed."""
    valeurs = lire(tmp_path, "STORAGES", "FILE_UPLOAD_PERMISSIONS", **PRODUCTION)

    assert valeurs["STORAGES"]["staticfiles"]["OPTIONS"] == {"file_permissions_mode": 0o644}
    assert valeurs["FILE_UPLOAD_PERMISSIONS"] == 0o600


def test_the_demo_makes_its_own_key_once_and_keeps_it_private(tmp_path):
    premiere = lire(tmp_path, "SECRET_KEY", "DEBUG", "EMAIL_BACKEND", QUATUOR_DEMO="1")
    seconde = lire(tmp_path, "SECRET_KEY", "DEBUG", "EMAIL_BACKEND", QUATUOR_DEMO="1")

    assert premiere == seconde
    assert len(premiere["SECRET_KEY"]) >= 50
    assert premiere["DEBUG"] is False
    assert premiere["EMAIL_BACKEND"].endswith("dummy.EmailBackend")
    assert (tmp_path / "cle_secrete").stat().st_mode & 0o777 == 0o600


def test_the_coaching_key_of_the_demo_is_made_once_and_kept_private(tmp_path):
    premiere = lire(tmp_path, "QUATUOR_CLES_COACHING", QUATUOR_DEMO="1")

    assert premiere == lire(tmp_path, "QUATUOR_CLES_COACHING", QUATUOR_DEMO="1")
    assert (tmp_path / "cle_coaching").stat().st_mode & 0o777 == 0o600


def test_each_secret_may_stand_in_a_file(tmp_path):
    """Docker's secrets and systemd's credentials: what stands in no environment is in no listing of it."""
    textes = {
        "SECRET_KEY": "s" * 60,
        "SECRET_KEY_FALLBACKS": "une\ndeux",
        "DATABASE_URL": "postgresql://quatuor_site:mdp@base/quatuor",
        "REDIS_URL": "redis://:mdp@redis:6379/0",
        "EMAIL_HOST_PASSWORD": "mdp du courriel",
        "QUATUOR_MESURES_JETON": "j" * 40,
        "QUATUOR_CLE_COACHING": PRODUCTION["QUATUOR_CLE_COACHING"],
        "QUATUOR_CLE_JOURNAL": "neuve\nancienne",
    }
    for variable, texte in textes.items():
        (tmp_path / variable).write_text(f"{texte}\n")
    attendu = {
        "SECRET_KEY": "s" * 60,
        "SECRET_KEY_FALLBACKS": ["une", "deux"],
        "REDIS_URL": "redis://:mdp@redis:6379/0",
        "EMAIL_HOST_PASSWORD": "mdp du courriel",
        "MESURES_JETON": "j" * 40,
        "QUATUOR_CLES_COACHING": settings.QUATUOR_CLES_COACHING[:1],
        "QUATUOR_CLES_JOURNAL": ["neuve", "ancienne"],
    }

    valeurs = lire(
        tmp_path,
        "DATABASES",
        *attendu,
        QUATUOR_HOSTS="quatuor.example",
        **{f"{variable}_FILE": str(tmp_path / variable) for variable in textes},
    )

    assert valeurs.pop("DATABASES")["default"]["PASSWORD"] == "mdp"
    assert valeurs == attendu


@pytest.mark.sans_base
def test_a_secret_that_cannot_be_read_or_is_said_twice_stops_everything(tmp_path, monkeypatch):
    """Never another one in its place, nor none: the embedded database would open in place of the real one."""
    vide = tmp_path / "vide"
    vide.write_text("\n")
    monkeypatch.setenv("DATABASE_URL", "")

    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "absent"))
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL_FILE cannot be read"):
        secret("DATABASE_URL")

    monkeypatch.setenv("DATABASE_URL_FILE", str(vide))
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL_FILE is empty"):
        secret("DATABASE_URL")

    monkeypatch.setenv("DATABASE_URL", "postgresql://base/quatuor")
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL and DATABASE_URL_FILE are both"):
        secret("DATABASE_URL")


def test_servers_are_chosen_by_their_address(tmp_path):
    sans = lire(tmp_path, "DATABASES", "TACHES_MODE", QUATUOR_DEMO="1")
    avec = lire(
        tmp_path,
        "DATABASES",
        "TACHES_MODE",
        QUATUOR_DEMO="1",
        DATABASE_URL="postgresql://u@db/quatuor",
        REDIS_URL="redis://redis/0",
    )

    assert sans["DATABASES"]["default"]["NAME"] == f"{tmp_path}/demo.sqlite3"
    assert (tmp_path / "demo.sqlite3").stat().st_mode & 0o777 == 0o600
    assert sans["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert sans["TACHES_MODE"] == "fil"
    assert avec["DATABASES"]["default"]["ENGINE"] == "collectivites.garanties.postgresql"
    assert avec["DATABASES"]["default"]["OPTIONS"]["prepare_threshold"] == 5
    assert avec["TACHES_MODE"] == "celery"


def test_nothing_is_prepared_behind_a_pooler_that_lends_its_connections(tmp_path):
    lues = lire(
        tmp_path,
        "DATABASES",
        QUATUOR_DEMO="1",
        DATABASE_URL="postgresql://u@db/quatuor?sslmode=require",
        QUATUOR_PGBOUNCER="1",
    )

    options = lues["DATABASES"]["default"]["OPTIONS"]
    assert options == {
        "server_side_binding": True,
        "prepare_threshold": None,
        "sslmode": "require",
    }


def test_the_content_policy_allows_this_site_and_nothing_inline():
    directives = dict(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])

    assert directives.pop("report-uri").startswith("/")
    assert directives["default-src"] == ["'none'"]
    assert {source for sources in directives.values() for source in sources} == {"'self'", "'none'"}


def test_en_production_le_second_facteur_et_une_preuve_recente_sont_exiges(tmp_path):
    noms = ("SECOND_FACTEUR", "PREUVE_MINUTES", "ACCOUNT_RATE_LIMITS")
    ferme = lire(tmp_path, *noms, **PRODUCTION)

    assert (ferme["SECOND_FACTEUR"], ferme["PREUVE_MINUTES"]) == (True, 15)
    # One setting, written once: a second one would undo the first.
    assert {"login_failed", "login_partout", "login_dit", "code_dit", "volontaire"} <= {
        *ferme["ACCOUNT_RATE_LIMITS"]
    }
    ouvert = lire(tmp_path, *noms, QUATUOR_DEMO="1")
    assert (ouvert["SECOND_FACTEUR"], ouvert["PREUVE_MINUTES"]) == (False, 0)
    sans_preuve = lire(tmp_path, *noms, QUATUOR_PREUVE_MINUTES="0", **PRODUCTION)
    assert sans_preuve["PREUVE_MINUTES"] == 0
