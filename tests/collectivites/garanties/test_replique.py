"""A copy of the base, read by dashboards and exports alone: never by whoever has just acted, never by an act,
and behind the same wall. Here the copy is a second connection to the base, under the role of the site."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection, connections
from django.utils import timezone

from cadres.models import Cadre
from collectivites.garanties import mur, replique
from collectivites.models import Demarche
from tests.fabriques import faire_cadre
from tests.outils.site import ROLE

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a hot standby of PostgreSQL"),
]

LUES = [
    "/pilotage/",
    "/pilotage/indicateurs/",
    "/registre/exporter/?format=csv",
    "/journal/journal.csv",
]


@pytest.fixture
def copie(settings, droits_du_site):
    """What the copy was asked."""
    dit = {**connection.settings_dict, "OPTIONS": {"options": f"-c role={ROLE}"}}
    connections.settings[replique.ALIAS] = dit
    settings.DATABASE_ROUTERS = ["collectivites.garanties.replique.Routeur"]
    replique.replique_repond.fermer()
    demandes = []

    def noter(execute, sql, params, many, context):
        demandes.append(sql)
        return execute(sql, params, many, context)

    elle = connections[replique.ALIAS]

    def brancher():  # the test runner refuses a base that it did not make
        if elle.connection is None:
            with elle.wrap_database_errors:
                elle.connect()

    elle.ensure_connection = brancher
    try:
        with elle.execute_wrapper(noter):
            yield demandes
    finally:
        connections[replique.ALIAS].close()
        del connections[replique.ALIAS], connections.settings[replique.ALIAS]
        replique.replique_repond.fermer()


def lue(copie, client, chemin):
    """Whether a page that opens was read from the copy."""
    copie.clear()
    reponse = client.get(chemin)
    assert reponse.status_code == 200
    return any('FROM "' in sql for sql in copie)


@pytest.mark.parametrize("chemin", LUES)
def test_a_dashboard_and_an_export_are_read_from_the_copy(copie, troupe, client_de, chemin):
    assert lue(copie, client_de(troupe.dgs_region), chemin)


@pytest.mark.parametrize("chemin", ["/", "/registre/", "/journal/", "/regles/"])
def test_the_other_pages_are_those_of_the_base(copie, troupe, client_de, chemin):
    assert not lue(copie, client_de(troupe.dgs_region), chemin)


def test_whoever_has_just_acted_reads_the_base_and_the_others_the_copy(copie, troupe, client_de):
    drh, dgs = client_de(troupe.drh_departement), client_de(troupe.dgs_departement)
    cadre = faire_cadre(troupe.departement)

    copie.clear()
    assert drh.post(f"/registre/{cadre.pk}/informer/").status_code == 302
    assert drh.post("/registre/exporter/choisis/", {"cadres": cadre.pk}).status_code in {200, 302}
    assert copie == [], "an act is of the base"

    assert not lue(copie, drh, "/pilotage/")
    assert lue(copie, dgs, "/pilotage/")
    with time_machine.travel(timezone.now() + timedelta(seconds=replique.APRES_UN_ACTE + 1)):
        assert lue(copie, drh, "/pilotage/")


def test_the_wall_stands_before_the_copy_as_well(copie, troupe, client_de):
    faire_cadre(troupe.departement, nom="Dicibas")
    faire_cadre(troupe.autre_departement, nom="Delautre")
    la_copie = Cadre.objects.using(replique.ALIAS)

    assert la_copie.count() == 0, "nobody said for which démarche"
    for demarche in (troupe.demarche, troupe.autre_demarche):
        with mur.pour(demarche.pk):
            assert set(la_copie.values_list("demarche", flat=True)) == {demarche.pk}
    export = client_de(troupe.drh_departement).get("/registre/exporter/?format=csv")
    lignes = b"".join(export.streaming_content).decode().lower()
    assert "dicibas" in lignes
    assert "delautre" not in lignes


def test_a_copy_that_is_late_or_silent_is_left_alone(copie, troupe, client_de, monkeypatch):
    dgs = client_de(troupe.dgs_region)

    with monkeypatch.context() as retard:
        retard.setattr(replique, "_A_JOUR", "SELECT false WHERE %s > 0 UNION SELECT false")
        assert not lue(copie, dgs, "/pilotage/")
    assert lue(copie, dgs, "/pilotage/"), "it has caught up"

    connections[replique.ALIAS].close()
    with monkeypatch.context() as panne:
        panne.setitem(connections[replique.ALIAS].settings_dict, "PORT", "1")
        assert not lue(copie, dgs, "/pilotage/")
    assert replique.replique_repond.ouvert


def test_one_that_fails_halfway_costs_nobody_their_page(copie, troupe, client_de):
    @contextmanager
    def qui_tombe():
        def tomber(execute, sql, params, many, context):
            if "cadres_" in sql:
                raise OperationalError("canceling statement due to conflict with recovery")
            return execute(sql, params, many, context)

        with connections[replique.ALIAS].execute_wrapper(tomber):
            yield

    with qui_tombe():
        assert client_de(troupe.dgs_region).get("/pilotage/").status_code == 200
    assert replique.replique_repond.ouvert


def test_what_came_from_the_copy_is_written_and_read_again_in_the_base(copie, troupe):
    with mur.partout(), replique.en_lecture():
        demarche = Demarche.objects.get(pk=troupe.demarche.pk)
        assert demarche._state.db == replique.ALIAS
    demarche.nom = "Renommée"
    copie.clear()

    with mur.partout():
        demarche.save()
        demarche.refresh_from_db()
        assert demarche.collectivites.count() > 0

    assert copie == []
    assert demarche._state.db == "default"


def test_nothing_is_migrated_there(copie):
    assert replique.Routeur().allow_migrate(replique.ALIAS, "cadres") is False
    assert replique.Routeur().allow_migrate("default", "cadres") is None
