"""While a page is read, the database refuses any write, however it is spelt."""

import pytest
from django.db import connection, transaction

from collectivites.garanties.lecture_seule import lecture_seule
from collectivites.models import Collectivite, Demarche
from collectivites.refus import EcritureInterdite


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE collectivites_demarche SET nom = 'x'",
        "  delete from collectivites_demarche",
        "/* a comment */ INSERT INTO collectivites_demarche (code) VALUES ('x')",
        "-- a comment\nUPDATE collectivites_demarche SET nom = 'x'",
        "WITH d AS (SELECT 1) UPDATE collectivites_demarche SET nom = 'x'",
        "WITH d AS (DELETE FROM collectivites_demarche RETURNING 1) SELECT * FROM d",
        "DROP TABLE collectivites_demarche",
    ],
)
def test_a_write_is_refused(db, sql):
    with lecture_seule(), connection.cursor() as curseur, pytest.raises(EcritureInterdite):
        curseur.execute(sql)


@pytest.mark.parametrize(
    "geste",
    [
        lambda demarche: Demarche.objects.update(nom="x"),
        lambda demarche: demarche.save(),
        lambda demarche: Demarche.objects.bulk_create([Demarche()]),
        lambda demarche: Demarche.objects.get_or_create(code="nouveau"),
    ],
    ids=["update", "save", "bulk_create", "get_or_create"],
)
def test_the_orm_cannot_write_either(troupe, geste):
    with lecture_seule(), pytest.raises(EcritureInterdite), transaction.atomic():
        geste(troupe.demarche)


def test_reading_is_free(troupe):
    Demarche.objects.update(nom="INSERT UPDATE DELETE")
    with lecture_seule(), transaction.atomic():
        assert Demarche.objects.select_for_update().filter(nom__contains="UPDATE").exists()
        assert Collectivite.objects.exclude(nom="delete").count() == 8


def test_writing_is_possible_again_afterwards(troupe):
    with lecture_seule():
        pass

    assert Demarche.objects.update(nom="x") == 2
