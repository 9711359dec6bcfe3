"""The figures of a day: told once, kept, the same in every document, never told otherwise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from collectivites.models import EntreeJournal
from opportunites.models import Mobilite
from pilotage.indicateurs.protection.arretes import apercu, arreter, publier
from pilotage.indicateurs.protection.publication import SCEAU, Chiffre, NonProtege, Publication
from pilotage.models import ArreteDesChiffres
from tests import fabriques

JOUR = date(2027, 3, 15)


def faire_mobilites(troupe, nombre, vers=None, de=None):
    """`nombre` effective moves, from the Département to the Région unless said otherwise."""
    for _ in range(nombre):
        cadre = fabriques.faire_cadre(de or troupe.departement, "retenu", avec_compte=False)
        p = fabriques.faire_proposition(
            fabriques.faire_opportunite(vers or troupe.region), cadre, "realisee"
        )
        fabriques.faire_mobilite(p, Mobilite.Etat.EFFECTIVE)


@pytest.fixture
def jour():
    return timezone.localdate()


def test_two_documents_of_one_day_read_one_arrete(troupe, jour):
    faire_mobilites(troupe, 6)
    premier = arreter(acteur=troupe.dgs_departement, jour=jour)
    faire_mobilites(troupe, 6)
    second = arreter(acteur=troupe.drh_region, jour=jour)
    assert second == premier
    assert publier(second).effectives.valeur == 6
    assert ArreteDesChiffres.objects.count() == 1


def test_the_preview_is_what_will_be_told_and_writes_nothing(troupe, jour):
    faire_mobilites(troupe, 6)
    vue = apercu(troupe.demarche, jour)
    assert not ArreteDesChiffres.objects.exists()
    assert vue == publier(arreter(acteur=troupe.dgs_departement, jour=jour))


def test_a_figure_that_has_hardly_changed_stays_that_of_its_day(troupe, jour):
    faire_mobilites(troupe, 6)
    hier = jour - timedelta(days=1)
    arreter(acteur=troupe.dgs_departement, jour=hier)
    faire_mobilites(troupe, 1, vers=troupe.ville)
    p = publier(arreter(acteur=troupe.dgs_departement, jour=jour))
    assert (p.effectives.valeur, p.effectives.au) == (6, hier)
    assert p.trajectoire.effectives[-1] == (hier, 6)
    assert p.trajectoire.jour == hier


def test_a_figure_that_has_changed_enough_is_told_anew(troupe, jour):
    faire_mobilites(troupe, 6)
    arreter(acteur=troupe.dgs_departement, jour=jour - timedelta(days=1))
    for de, vers in ((troupe.ville, troupe.region), (troupe.region, troupe.agglomeration)) * 2:
        faire_mobilites(troupe, 5, de=de, vers=vers)
    p = publier(arreter(acteur=troupe.dgs_departement, jour=jour))
    assert (p.effectives.valeur, p.effectives.au) == (26, jour)


def test_one_move_is_not_told(troupe, jour):
    faire_mobilites(troupe, 1)
    p = publier(arreter(acteur=troupe.dgs_departement, jour=jour))
    assert p.effectives.valeur is None
    assert p.trajectoire.effectives == ()
    assert p.equilibre is None
    assert p.etape("recenses").valeur is None  # the four of the cast


def test_a_demarche_on_its_first_day_tells_zeros(troupe, jour):
    p = publier(arreter(acteur=troupe.dgs_departement, jour=jour))
    assert p.effectives.valeur == 0
    assert p.medianes == (None, None)


def test_there_is_no_share_of_nobody(troupe, jour):
    p = publier(arreter(acteur=troupe.dgs_departement, jour=jour))
    assert p.effectives.valeur == 0
    assert p.part_femmes("effectives").valeur is None


def test_it_is_written_in_the_journal(troupe, jour):
    arreter(acteur=troupe.dgs_departement, jour=jour)
    assert EntreeJournal.objects.filter(acte="chiffres.arretes").count() == 1


def test_the_operator_and_the_coach_do_not_make_one(troupe, jour):
    from collectivites.refus import ActionImpossible

    with pytest.raises(ActionImpossible):
        arreter(acteur=troupe.accompagnateur, jour=jour)


def test_the_database_refuses_to_rewrite_what_was_told(troupe, jour):
    arrete = arreter(acteur=troupe.dgs_departement, jour=jour)
    with pytest.raises(IntegrityError), transaction.atomic():
        ArreteDesChiffres.objects.filter(pk=arrete.pk).update(dits={})
    with pytest.raises(IntegrityError), transaction.atomic():
        ArreteDesChiffres.objects.filter(pk=arrete.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        ArreteDesChiffres.objects.create(
            demarche=arrete.demarche, numero=9, jour=jour, dits={}, releve={}
        )


def test_the_queries_do_not_grow(troupe, jour, django_assert_max_num_queries):
    faire_mobilites(troupe, 12)
    with django_assert_max_num_queries(24):
        arreter(acteur=troupe.dgs_departement, jour=jour)


# --- The type -------------------------------------------------------------------------------------


def test_nobody_else_makes_a_published_figure(troupe, jour):
    p = publier(arreter(acteur=troupe.dgs_departement, jour=jour))
    with pytest.raises(NonProtege):
        Chiffre(3, jour, object())
    with pytest.raises(NonProtege):
        Publication(**{**vars(p), "sceau": None})


def test_the_seal_is_asked_for_by_the_engine_alone():
    from pathlib import Path

    import pilotage

    racine = Path(pilotage.__file__).parent
    demandent = {
        str(f.relative_to(racine))
        for f in racine.rglob("*.py")
        if "SCEAU" in f.read_text(encoding="utf-8")
    }
    assert demandent == {
        "indicateurs/protection/publication.py",
        "indicateurs/protection/arretes.py",
        "indicateurs/protection/evaluations.py",
    }
    assert SCEAU is not None
