"""« One's own »: the cadres of one's collectivité who are not forgotten, for its employers alone."""

import pytest
from django.utils import timezone

from cadres.candidature.actions import decider_plusieurs
from cadres.models import Cadre
from cadres.registre.a_faire import a_faire
from cadres.registre.page import compter_en_vue
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def oublie(troupe):
    """Their yes was given, their name is gone."""
    cadre = fabriques.faire_cadre(troupe.region, "accord")
    cadre.anonymise_le = timezone.now()
    cadre.save()
    return cadre


def test_the_forgotten_are_nobodys_any_more(troupe, oublie):
    present = fabriques.faire_cadre(troupe.region, "accord")
    for qui in ("dgs_region", "drh_region", "gestionnaire_region"):
        siens = Cadre.objects.geres_par(getattr(troupe, qui))
        assert present in siens, qui
        assert oublie not in siens, qui


def test_nor_are_they_counted_nor_decided_of(troupe, oublie):
    avant = Cadre.objects.filter(collectivite=troupe.region, anonymise_le__isnull=True).count()
    assert compter_en_vue(troupe.dgs_region).siens == avant
    assert a_faire(troupe.dgs_region) == []
    with pytest.raises(Cadre.DoesNotExist):
        decider_plusieurs(acteur=troupe.dgs_region, cadres=[oublie.pk], retenus=True, motif="")


@pytest.mark.parametrize("qui", ["accompagnateur", "cadre", "drh_departement", "etranger_drh"])
def test_others_have_none_there(troupe, qui):
    siens = Cadre.objects.geres_par(getattr(troupe, qui))
    assert not siens.filter(collectivite=troupe.region).exists()
