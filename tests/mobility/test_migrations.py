"""The tests build their database from the models: this is what holds the migrations to them."""

import json
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.outils.environnement import environnement
from tests.outils.schema import decrire

#: The tables of Django and of the libraries are theirs to look after.
APPLICATIONS = ("collectivites_", "cadres_", "parcours_", "opportunites_", "pilotage_")
DECRIRE = (
    "import json; from django.db import connection; from tests.outils.schema import decrire; "
    "print(json.dumps(decrire(connection)))"
)


@pytest.fixture
def base_neuve(tmp_path):
    """The address of an empty database, on the engine of this run."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/neuve.sqlite3"
        return
    reglages = connection.settings_dict
    nom = f"{reglages['NAME']}_migrations"
    acces = {
        "host": reglages["HOST"],
        "port": reglages["PORT"],
        "user": reglages["USER"],
        "password": reglages["PASSWORD"],
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **acces) as serveur:
        serveur.execute(f'DROP DATABASE IF EXISTS "{nom}"')
        serveur.execute(f'CREATE DATABASE "{nom}"')
        yield "postgres://{user}:{password}@{host}:{port}/{nom}".format(nom=nom, **acces)
        serveur.execute(f'DROP DATABASE "{nom}" WITH (FORCE)')


@pytest.mark.moteur
@pytest.mark.django_db
def test_the_migrations_lead_to_the_very_schema_of_the_models(base_neuve):
    def manage(*arguments):
        fait = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environnement(base_neuve),
            capture_output=True,
            text=True,
            check=False,
        )
        assert fait.returncode == 0, fait.stderr
        return fait.stdout

    manage("migrate", "--verbosity", "0")
    migree = json.loads(manage("shell", "--verbosity", "0", "-c", DECRIRE).splitlines()[-1])
    des_modeles = json.loads(json.dumps(decrire(connection)))
    assert migree["gardes"] == des_modeles["gardes"]
    les_notres, nees = (
        {table for table in schema["tables"] if table.startswith(APPLICATIONS)}
        for schema in (des_modeles, migree)
    )
    assert nees == les_notres
    for table in sorted(les_notres):
        assert migree["tables"][table] == des_modeles["tables"][table], table
    assert len(les_notres) > 40
    assert des_modeles["gardes"], "what Django cannot express is laid after each migrate"
