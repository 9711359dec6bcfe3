"""`Cadre.rang` and `Cadre.demarche` are copies: whoever writes, and however, they stay true."""

import pytest
from django.db import connection
from django.utils import timezone

from cadres.candidature.rangs import ORDRE, PARTAGES, PARTI, RANGS
from cadres.candidature.situations import cle_situation
from cadres.fiche.depart import annuler_depart, signaler_depart
from cadres.models import Cadre, Candidature
from cadres.models.gardes import poser_les_gardes
from collectivites.models import Collectivite
from tests import fabriques

Etat, Avancee = Candidature.Etat, Candidature.Avancee


def rang(cadre):
    return Cadre.objects.values_list("rang", flat=True).get(pk=cadre.pk)


def test_the_shared_places_are_those_of_whom_the_yes_holds():
    partagees = {cle for cle in ORDRE if PARTAGES[0] <= RANGS[cle] <= PARTAGES[1]}
    assert partagees == {*Candidature.ETATS_PARTAGES, *(a for a in Avancee.values if a)}
    assert max(RANGS.values()) == PARTI == RANGS[Etat.RETIRE]
    assert set(ORDRE) == {*Etat.values, *(a for a in Avancee.values if a)}


@pytest.mark.parametrize("etat", Etat.values)
@pytest.mark.parametrize("avancee", Avancee.values)
def test_the_place_is_that_of_the_situation(troupe, etat, avancee):
    if avancee and etat not in {Etat.RETENU, Etat.RETIRE}:
        pytest.skip("the database refuses it")
    cadre = fabriques.faire_cadre(troupe.ville, etat, avancee=avancee)
    assert rang(cadre) == RANGS[cle_situation(cadre.candidature)]


def test_no_way_of_writing_makes_it_false(troupe):
    cadre = fabriques.faire_cadre(troupe.ville, "accord")
    perime = Cadre.objects.get(pk=cadre.pk)
    Candidature.objects.filter(cadre=cadre).update(etat=Etat.INFORME, informe_le=timezone.now())
    assert rang(cadre) == RANGS[Etat.INFORME]
    perime.save()  # a whole row, read before
    assert rang(cadre) == RANGS[Etat.INFORME]
    Cadre.objects.filter(pk=cadre.pk).update(rang=RANGS[Etat.RETENU], demarche=None)
    assert rang(cadre) == RANGS[Etat.INFORME]
    perime.rang = 4
    Cadre.objects.bulk_update([perime], ["rang", "nom"])
    assert rang(cadre) == RANGS[Etat.INFORME]
    candidature = Candidature.objects.get(cadre=cadre)
    candidature.etat, candidature.repondu_le = Etat.DESACCORD, timezone.now()
    Candidature.objects.bulk_update([candidature], ["etat", "repondu_le"])
    assert rang(cadre) == RANGS[Etat.DESACCORD]
    candidature.delete()
    assert rang(cadre) == 0
    Candidature.objects.bulk_create([Candidature(cadre=cadre)])
    assert rang(cadre) == RANGS[Etat.RECENSE]


def test_the_demarche_follows_the_collectivite(troupe):
    cadre = fabriques.faire_cadre(troupe.ville, "accord")

    def demarche():
        return Cadre.objects.values_list("demarche", flat=True).get(pk=cadre.pk)

    assert demarche() == troupe.demarche.pk
    ailleurs = troupe.etranger_drh.collectivite
    Cadre.objects.filter(pk=cadre.pk).update(collectivite=ailleurs)
    assert demarche() == ailleurs.demarche_id
    autre = fabriques.faire_demarche()
    Collectivite.objects.filter(pk=ailleurs.pk).update(demarche=autre)
    assert demarche() == autre.pk


def test_a_collectivite_restored_after_its_cadres_gives_them_their_demarche(troupe):
    """`loaddata` writes in the order of the file; foreign keys are looked at in the end."""
    autre = fabriques.faire_demarche()
    cle = 900_000_000
    cadre = Cadre.objects.create(collectivite_id=cle, nom="Avant", prenom="Anne")
    Collectivite.objects.create(pk=cle, demarche=autre, code="ville", nom="V", nom_court="V")
    assert Cadre.objects.values_list("demarche", flat=True).get(pk=cadre.pk) == autre.pk


def test_a_departure_goes_last_and_comes_back(troupe):
    cadre = fabriques.faire_cadre(troupe.departement, "desaccord")
    drh = troupe.drh_departement
    signaler_depart(acteur=drh, cadre=cadre, jour=timezone.localdate(), motif="retraite")
    assert rang(cadre) == PARTI
    annuler_depart(acteur=drh, cadre=cadre)
    assert rang(cadre) == RANGS[Etat.DESACCORD]


def test_migrated_back_no_trigger_writes_columns_that_are_gone(db, monkeypatch):
    """The former release must be able to write a file again."""

    def declencheurs():
        table = "pg_trigger WHERE NOT tgisinternal AND" if pg else "sqlite_master WHERE"
        with connection.cursor() as curseur:
            curseur.execute(
                f"SELECT count(*) FROM {table} {'tgname' if pg else 'name'} LIKE '%\\_copies%' "
                "ESCAPE '\\'"
            )
            return curseur.fetchone()[0]

    pg = connection.vendor == "postgresql"
    lire = connection.introspection.get_table_description
    assert declencheurs() > 0
    monkeypatch.setattr(
        connection.introspection,
        "get_table_description",
        lambda curseur, table: [c for c in lire(curseur, table) if c.name != "parti_le"],
    )
    poser_les_gardes()
    assert declencheurs() == 0
    monkeypatch.undo()
    poser_les_gardes()
    assert declencheurs() > 0
