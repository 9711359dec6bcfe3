"""Coming into the demo by a click, reading its mails; and nowhere else."""

from __future__ import annotations

import pytest
from django.utils import timezone

from collectivites.models import Courriel, Demarche
from collectivites.mots import Role
from pilotage.demo.comptes import ADRESSES, comptes_demo
from tests import fabriques


@pytest.fixture
def demo(settings, troupe):
    """The cast's démarche becomes a demo, with an account that the login page offers."""
    settings.DEMO = True
    Demarche.objects.filter(pk=troupe.demarche.pk).update(est_demo=True)
    personne = fabriques.faire_utilisateur("Marc", "Estoril", email=ADRESSES[0])
    fabriques.faire_mandat(Role.DGS, troupe.ville, personne)
    fabriques.faire_mandat(Role.DGS, troupe.agglomeration, personne)
    return troupe


def test_one_comes_in_by_a_click(demo, client):
    reponse = client.post("/demo/connexion/", {"courriel": ADRESSES[0]})
    assert reponse.url == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("courriel", ["", "dgs.ville@essais.example", "absent@demo.example"])
def test_nobody_else_comes_in_that_way(demo, client, courriel):
    assert client.post("/demo/connexion/", {"courriel": courriel}).status_code == 404
    assert client.get("/").status_code == 302


def test_outside_a_demo_the_door_does_not_exist(demo, client, settings):
    settings.DEMO = False
    assert client.post("/demo/connexion/", {"courriel": ADRESSES[0]}).status_code == 404
    assert client.get("/demo/courriels/").status_code == 404


def test_an_account_with_a_mandat_in_a_real_demarche_is_not_a_demo_account(demo, client):
    Demarche.objects.update(est_demo=False)
    assert client.post("/demo/connexion/", {"courriel": ADRESSES[0]}).status_code == 404


def test_a_demo_account_that_also_serves_a_real_demarche_is_closed(demo, client):
    personne = type(demo.operateur).objects.get(email=ADRESSES[0])
    fabriques.faire_mandat(Role.DRH, demo.autre_departement, personne)
    assert client.post("/demo/connexion/", {"courriel": ADRESSES[0]}).status_code == 404


def test_the_operator_never_comes_in_that_way_beside_real_data(demo, client):
    operateur = fabriques.faire_utilisateur(email=ADRESSES[-1], is_superuser=True, is_staff=True)
    assert operateur.email in {compte.courriel for compte in comptes_demo()}
    assert client.post("/demo/connexion/", {"courriel": ADRESSES[-1]}).status_code == 404
    Demarche.objects.update(est_demo=True)
    assert client.post("/demo/connexion/", {"courriel": ADRESSES[-1]}).url == "/"


def test_the_login_page_offers_the_accounts(demo, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        comptes = comptes_demo()
    assert [(c.libelle, c.role, c.initiale) for c in comptes] == [
        ("Marc Estoril", "DGS, Ville et Métropole", "V")
    ]
    assert "Marc Estoril" in client.get("/comptes/connexion/").content.decode()


def test_the_login_page_offers_nothing_elsewhere(demo, client, settings):
    settings.DEMO = False
    page = client.get("/comptes/connexion/").content.decode()
    assert "Marc Estoril" not in page
    assert "quatuor-demo-2028" not in page


def ecrire(demarche, nombre, a="claire@essais.example"):
    Courriel.objects.bulk_create(
        Courriel(
            demarche=demarche,
            destinataire=a,
            objet=f"Sujet {rang}",
            corps="Bonjour <b>vous</b>\n\nhttps://quatuor.example/invitation/a/b/",
            cle=f"{a}-{rang}",
            depose_le=timezone.now(),
        )
        for rang in range(nombre)
    )


def test_the_mails_of_the_demo_are_read_and_filtered(demo, client):
    ecrire(demo.demarche, 2)
    ecrire(demo.demarche, 1, "paul@essais.example")
    ecrire(demo.autre_demarche, 1, "secret@essais.example")
    page = client.get("/demo/courriels/").content.decode()
    assert "paul@essais.example" in page
    assert "secret@" not in page
    assert "&lt;b&gt;vous&lt;/b&gt;" in page
    assert '<a href="https://quatuor.example/invitation/a/b/"' in page
    page = client.get("/demo/courriels/", {"cherche": "paul"}).content.decode()
    assert "claire@" not in page


@pytest.mark.parametrize("nombre", [1, 5, 50])
def test_the_queries_of_the_mails_do_not_grow(demo, client, django_assert_max_num_queries, nombre):
    ecrire(demo.demarche, nombre)
    with django_assert_max_num_queries(4):
        client.get("/demo/courriels/")


# --- The export -----------------------------------------------------------------------------------
