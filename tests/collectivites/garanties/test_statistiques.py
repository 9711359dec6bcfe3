"""What PostgreSQL knows of its tables after a great deal has been written by a role that owns none."""

import pytest
from django.db import connection, transaction

from collectivites.garanties import mur
from collectivites.garanties.postgresql.statistiques import analyser_apres_l_acte
from collectivites.models import Direction
from tests import fabriques
from tests.outils.site import sous_le_role_du_site

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="statistics of PostgreSQL"),
]


def lignes_connues():
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT reltuples FROM pg_class WHERE oid = 'collectivites_direction'::regclass"
        )
        return curseur.fetchone()[0]


def test_the_site_has_its_tables_counted_once_it_has_written(droits_du_site):
    lieu = fabriques.faire_collectivites(fabriques.faire_demarche())["ville"]
    avant = lignes_connues()
    with sous_le_role_du_site(), mur.pour(lieu.demarche_id), transaction.atomic():
        Direction.objects.bulk_create(
            Direction(collectivite=lieu, libelle=f"Direction {n}") for n in range(300)
        )
        analyser_apres_l_acte()

    assert avant < 300 <= lignes_connues()


def test_the_site_analyses_nothing_by_itself_nor_by_name(droits_du_site):
    with sous_le_role_du_site(), connection.cursor() as curseur:
        curseur.execute(
            "SELECT proname, pronargs FROM pg_proc WHERE prosecdef AND prorettype <> 'trigger'::regtype"
            " AND pronamespace = current_schema()::regnamespace AND has_function_privilege(oid, 'EXECUTE')"
        )
        assert curseur.fetchall() == [("quatuor_analyser", 0)]
