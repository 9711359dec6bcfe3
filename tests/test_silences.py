"""The suite's own alarms ring: a quiet fault of a page is an error here."""

import contextlib
from datetime import datetime

import pytest
from django.core.paginator import Paginator
from django.template import engines

from collectivites.models import EntreeJournal, Poste, Tache
from tests import fabriques
from tests.outils.gabarits import VariableIndefinie, VariableIndefinieError


def test_an_undefined_variable_fails():
    gabarit = engines["django"].from_string("Bonjour {{ personne.prenom }}")

    with pytest.raises(VariableIndefinieError, match=r"personne.prenom"):
        gabarit.render({})
    VariableIndefinie.vues.clear()


def test_an_undefined_variable_may_still_be_asked_about():
    gabarit = engines["django"].from_string("{% if personne %}oui{% else %}non{% endif %}")

    assert gabarit.render({}) == "non"


def test_an_optional_parameter_says_so():
    gabarit = engines["django"].from_string("{{ titre|default:'Sans titre' }}")

    assert gabarit.render({}) == "Sans titre"


def test_a_naive_datetime_fails(troupe):
    with pytest.raises(RuntimeWarning, match="naive"):
        Tache.objects.create(
            nom="x", libelle="x", mandat=troupe.drh_ville.mandat, creee_le=datetime(2027, 3, 1)
        )


def test_an_unordered_pagination_fails(db):
    with pytest.raises(RuntimeWarning, match="unordered"):
        Paginator(Poste.objects.order_by(), 10).page(1)


def test_the_cast_has_strangers_and_costs_little(db, django_assert_max_num_queries):
    from tests.troupe import reunir_la_troupe

    with django_assert_max_num_queries(30):
        troupe = reunir_la_troupe()

    assert troupe.cadre.cadre_id == troupe.fiche_du_cadre.pk
    assert troupe.dgs_ville.utilisateur == troupe.dgs_agglomeration.utilisateur
    assert troupe.etranger_dgs.demarche != troupe.dgs_departement.demarche


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("passage", [1, 2])
def test_a_transactional_test_may_leave_a_journal_behind(passage):
    demarche = fabriques.faire_demarche()

    assert not EntreeJournal.objects.exists()
    EntreeJournal.objects.create(demarche=demarche, acte="x", libelle="x")


def test_a_swallowed_undefined_variable_is_remembered():
    gabarit = engines["django"].from_string("{% include page %}")
    with contextlib.suppress(VariableIndefinieError):
        gabarit.render({"page": engines["django"].from_string("{{ absente }}").template})

    assert VariableIndefinie.vues == ["« absente » in <unknown source>"]
    VariableIndefinie.vues.clear()
