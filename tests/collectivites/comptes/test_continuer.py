"""Several mandats: a link is followed under the one that it is meant for, and nobody changes hat unasked."""

import pytest
from django.urls import reverse

from collectivites.acteurs.acteur import CLE_SESSION
from collectivites.travaux.attentes import Attente
from pilotage.accueil import compte
from tests import fabriques


@pytest.fixture
def client(troupe, client_de):
    """Diane, DGS of the Ville and of the Métropole, acts for the Ville."""
    return client_de(troupe.dgs_ville)


def test_a_link_for_another_mandat_asks_and_changes_nothing(troupe, client):
    autre = troupe.dgs_agglomeration.mandat
    reponse = client.get(f"/journal/?acte=x&agir={autre.pk}")

    assert "Continuer comme DGS, Orléans Métropole" in reponse.text
    assert client.session[CLE_SESSION] == troupe.dgs_ville.mandat.pk


def test_continuing_changes_and_opens_the_page(troupe, client):
    autre = troupe.dgs_agglomeration.mandat
    page = client.get(f"/journal/?acte=x&agir={autre.pk}")
    suite = page.context["adresse"]
    reponse = client.post("/mandat/", {"mandat": autre.pk, "suite": suite})

    assert (reponse["Location"], client.session[CLE_SESSION]) == ("/journal/?acte=x", autre.pk)


@pytest.mark.parametrize("suite", ["https://ailleurs.example/", "//ailleurs.example/", "x", ""])
def test_nobody_is_sent_out_of_the_site(troupe, client, suite):
    autre = troupe.dgs_agglomeration.mandat
    assert client.post("/mandat/", {"mandat": autre.pk, "suite": suite})["Location"] == "/"


@pytest.mark.parametrize("qui", ["le_sien", "0", "", "abc"])
def test_a_link_for_the_mandat_one_acts_under_opens_the_page(troupe, client, qui):
    mandat = troupe.dgs_ville.mandat.pk if qui == "le_sien" else qui
    assert client.get(f"/journal/?agir={mandat}")["Location"] == "/journal/"


def test_a_page_of_another_mandat_offers_to_continue(troupe, client):
    """The file of a cadre who has not said yes: 404 to the Ville, read by the Métropole."""
    cadre = fabriques.faire_cadre(troupe.agglomeration, "informe")
    chemin = reverse("cadres:fiche", args=[cadre.pk])
    reponse = client.get(chemin)

    assert reponse.status_code == 404
    assert "Continuer comme DGS, Orléans Métropole" in reponse.text
    donnees = {"mandat": troupe.dgs_agglomeration.mandat.pk, "suite": chemin}
    assert client.post("/mandat/", donnees, follow=True).status_code == 200


def test_whoever_has_one_mandat_is_offered_none(troupe, client_de):
    assert "Continuer comme" not in client_de(troupe.drh_region).get("/registre/0/").text


@pytest.fixture
def rien_que_la_metropole(troupe, monkeypatch):
    def attentes(acteur):
        siennes = acteur.collectivite == troupe.agglomeration
        return [Attente("Valider", "", "/x/", "Valider")] * 3 if siennes else []

    monkeypatch.setattr(compte, "attentes_de", attentes)


def test_what_waits_under_another_mandat_is_said(troupe, client, rien_que_la_metropole):
    """In the list itself: how many, and under which hat each one is done."""
    page = " ".join(client.get("/").text.replace("\u00a0", " ").split())

    assert "Trois choses à faire" in page
    assert page.count(": Valider,</span> comme DGS, Orléans Métropole</span>") == 3


def test_and_counted_in_the_menu_of_mandats(troupe, client, rien_que_la_metropole):
    badge = client.get("/a-faire/compte/", headers={"HX-Request": "true"}).text

    assert f".q-a-faire-{troupe.dgs_agglomeration.mandat.pk}" in badge
    assert ">3<span" in badge.replace(" ", "")
