"""What a cadre asks to keep of her own estimation: hers alone, without her family, and not for long."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from opportunites.branchements.effacement import apres_l_anonymisation
from opportunites.branchements.retrait import apres_le_retrait
from opportunites.models import Estimation, Opportunite
from opportunites.paie.actions.estimations import oublier_les_vieilles
from tests.opportunites.paie.test_simulateur import TOUT_CONNU

GARDER = {**TOUT_CONNU, "enfants": "2", "taux": "11.5", "garder": "1"}


@pytest.fixture
def adresse(scene):
    return reverse("opportunites:simuler_la_paie", args=[scene.opportunite.pk])


@pytest.fixture
def oublier(scene):
    return reverse("opportunites:oublier_l_estimation", args=[scene.opportunite.pk])


@pytest.fixture
def client(scene, client_de):
    return client_de(scene.troupe.cadre)


@pytest.fixture
def gardee(client, adresse):
    assert client.post(adresse, GARDER).status_code == 302
    return Estimation.objects.get()


def test_what_she_asks_to_keep_is_there_the_next_time(gardee, client, adresse):
    reponse = client.get(adresse)

    assert reponse.context["ecrit"].totaux[0].ecart == "+200"
    page = reponse.content.decode()
    assert 'value="1000"' in page
    assert "Gardée le" in page


def test_neither_her_children_nor_her_tax_rate_is_kept(gardee, client, adresse):
    assert not {"enfants", "taux"} & gardee.saisie.keys()
    assert "11.5" not in gardee.saisie.values()
    assert "Supplément familial de traitement" not in client.get(adresse).content.decode()


def test_the_last_one_takes_the_place_of_the_one_before(gardee, client, adresse):
    client.post(adresse, {**GARDER, "ifse": "900"})
    assert Estimation.objects.get().saisie["ifse"] == "900"


def test_what_cannot_be_computed_is_not_kept_and_nothing_is_lost(client, adresse):
    reponse = client.post(adresse, {**GARDER, "inm": "12"})
    assert list(reponse.context["formulaire"].errors) == ["inm"]
    assert 'value="1000"' in reponse.content.decode()
    assert not Estimation.objects.exists()


def test_an_empty_form_is_told_what_is_missing_rather_than_what_was_kept(gardee, client, adresse):
    assert "quotite" in client.post(adresse, {}).context["formulaire"].errors


def test_she_forgets_it(gardee, client, adresse, oublier):
    assert client.post(oublier).headers["Location"] == adresse
    assert not Estimation.objects.exists()
    assert client.post(oublier).status_code == 404


def test_she_forgets_it_on_a_poste_that_is_open_no_more(gardee, client, oublier):
    Opportunite.objects.update(etat="retiree", close_le=timezone.now())
    assert client.post(oublier).headers["Location"] == reverse("opportunites:voeux")
    assert not Estimation.objects.exists()


@pytest.mark.parametrize("qui", ["autre_cadre", "drh_departement", "drh_region", "dgs_region", "accompagnateur"])  # fmt: skip
def test_nobody_else_reads_it(gardee, scene, qui):
    assert not Estimation.objects.visibles_par(getattr(scene.troupe, qui)).exists()


def test_it_is_among_her_data(gardee, client):
    page = client.get(reverse("cadres:mes_donnees")).content.decode()
    assert "Les estimations de rémunération que vous avez gardées" in page
    assert "ifse_propose 1200" in page


def test_it_goes_when_she_withdraws(gardee, scene):
    apres_le_retrait(cadre=scene.cadre, acteur=scene.troupe.cadre)
    assert not Estimation.objects.exists()


def test_it_goes_with_her_name(gardee, scene):
    apres_l_anonymisation(cadre=scene.cadre)
    assert not Estimation.objects.exists()


def test_it_goes_a_year_after_the_day_it_was_kept(gardee):
    jour = timezone.localdate(gardee.gardee_le)
    un_an = date(jour.year + 1, jour.month, min(jour.day, 28))
    assert oublier_les_vieilles(un_an - timedelta(days=4)) == 0
    assert oublier_les_vieilles(un_an + timedelta(days=4)) == 1


@pytest.mark.parametrize(("etat", "oubliees"), [("publiee", 0), ("close", 0), ("pourvue", 1), ("retiree", 1)])  # fmt: skip
def test_it_goes_when_the_poste_is_open_no_more(gardee, etat, oubliees):
    maintenant = timezone.now()
    dates = {"publiee": {}, "close": {"voeux_clos_le": maintenant}}
    Opportunite.objects.update(etat=etat, **dates.get(etat, {"close_le": maintenant}))
    assert oublier_les_vieilles() == oubliees
