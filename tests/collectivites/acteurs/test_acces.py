"""Each view says who may call it and how; the decorator keeps what all pages promise."""

import pytest
from django.contrib.messages import get_messages
from django.db import OperationalError
from django.urls import reverse

from collectivites.acteurs.acces import CONCURRENCE
from collectivites.models import Direction
from collectivites.mots import Acte
from collectivites.refus import EcritureInterdite
from tests import fabriques

pytestmark = pytest.mark.urls("tests.collectivites.acteurs.vues_acces")

PAGE = "http://testserver/registre/"


def statut(client, chemin):
    return client.get(f"/essais/{chemin}/").status_code


def test_nobody_is_sent_to_the_login_page_and_back(client):
    reponse = client.get("/essais/mandat/?page=2")

    assert reponse.status_code == 302
    assert reponse["Location"] == f"{reverse('account_login')}?next=/essais/mandat/%3Fpage%3D2"


def test_a_view_without_a_rule_is_closed_to_nobody_logged_in(db, client):
    assert statut(client, "sans-regle") == 302


def test_a_public_page_needs_no_account(db, client):
    assert statut(client, "public") == 200


def test_a_page_for_all_who_logged_in_needs_no_mandat(troupe, client_de):
    assert statut(client_de(None), "connecte") == 302
    assert statut(client_de(troupe.ancien_drh), "connecte") == 200
    assert statut(client_de(troupe.cadre), "connecte") == 200


def test_a_page_under_mandat_is_closed_without_one(troupe, client_de):
    assert statut(client_de(troupe.ancien_drh), "mandat") == 403
    assert statut(client_de(troupe.operateur), "mandat") == 403
    assert statut(client_de(troupe.cadre), "mandat") == 200


def test_a_page_for_a_role_is_closed_to_the_others(troupe, client_de):
    assert statut(client_de(troupe.drh_ville), "drh") == 200
    assert statut(client_de(troupe.dgs_ville), "drh") == 403
    assert statut(client_de(troupe.gestionnaire_region), "drh") == 403
    assert statut(client_de(troupe.cadre), "drh") == 403


def test_a_page_of_the_operators_is_closed_to_every_mandat(troupe, client_de):
    assert statut(client_de(None), "operateur") == 302
    assert statut(client_de(troupe.operateur), "operateur") == 200
    assert statut(client_de(troupe.dgs_ville), "operateur") == 403


def test_an_act_of_the_dgs_is_open_to_a_drh_under_delegation(troupe, client_de):
    assert statut(client_de(troupe.dgs_departement), "retenir") == 200
    assert statut(client_de(troupe.drh_departement), "retenir") == 403

    fabriques.faire_delegation(
        troupe.dgs_departement, troupe.drh_departement, Acte.OUVRIR_PROMOTION
    )
    assert statut(client_de(troupe.drh_departement), "retenir") == 403

    fabriques.faire_delegation(troupe.dgs_departement, troupe.drh_departement, Acte.RETENIR)
    assert statut(client_de(troupe.drh_departement), "retenir") == 200
    assert statut(client_de(troupe.gestionnaire_departement), "retenir") == 403


def test_a_role_and_an_act_add_up(troupe, client_de):
    assert statut(client_de(troupe.gestionnaire_departement), "retenir-ou-rh") == 200
    assert statut(client_de(troupe.dgs_departement), "retenir-ou-rh") == 200
    assert statut(client_de(troupe.drh_departement), "retenir-ou-rh") == 403


def test_a_method_that_is_not_declared_is_refused_and_the_others_are_named(troupe, client_de):
    client = client_de(troupe.drh_ville)

    refus = client.post("/essais/mandat/")
    assert (refus.status_code, refus["Allow"]) == (405, "GET, HEAD")
    refus = client.get("/essais/refuser/")
    assert (refus.status_code, refus["Allow"]) == (405, "POST")
    assert client.delete("/essais/ecrire/").status_code == 405
    assert client.head("/essais/mandat/").status_code == 200


@pytest.mark.parametrize("methode", ["get", "head"])
def test_a_page_that_is_only_read_cannot_write(troupe, client_de, methode):
    with pytest.raises(EcritureInterdite):
        getattr(client_de(troupe.drh_ville), methode)("/essais/ecrire/")


def test_a_post_writes(troupe, client_de):
    assert client_de(troupe.drh_ville).post("/essais/ecrire/").status_code == 200
    assert Direction.objects.get().collectivite == troupe.ville


def test_a_refusal_of_the_domain_undoes_everything_and_says_why(troupe, client_de, caplog):
    with caplog.at_level("INFO", logger="collectivites.acteurs.acces"):
        reponse = client_de(troupe.drh_ville).post("/essais/refuser/", headers={"referer": PAGE})

    (ligne,) = [r.getMessage() for r in caplog.records if "Refused" in r.getMessage()]
    assert ligne.endswith(f", account {troupe.drh_ville.utilisateur.pk}")
    assert (reponse.status_code, reponse["Location"]) == (302, PAGE)
    assert [str(m) for m in get_messages(reponse.wsgi_request)] == ["Ce n’est plus possible."]
    assert not Direction.objects.exists()


@pytest.mark.parametrize(
    ("referer", "retour"),
    [(PAGE, PAGE), ("", "/"), ("http://testserver/essais/lire-trop-tard/?x=1", "/")],
)
def test_a_page_that_came_too_late_says_why_and_never_turns_in_circles(
    troupe, client_de, referer, retour
):
    reponse = client_de(troupe.drh_ville).get(
        "/essais/lire-trop-tard/", headers={"referer": referer}
    )

    assert (reponse.status_code, reponse["Location"]) == (302, retour)
    assert [str(m) for m in get_messages(reponse.wsgi_request)] == ["Ce poste est clos."]


@pytest.mark.parametrize("referer", ["", PAGE])
@pytest.mark.parametrize(
    ("adresse", "retour"),
    [
        ("/essais/drh/4/trop-tard/", "/essais/drh/"),  # nothing is read at /essais/drh/4/
        ("/essais/operateur/trop-tard/", None),  # the page above is not theirs
    ],
)
def test_a_refused_form_leads_to_the_page_above_it_wherever_one_came_from(
    troupe, client_de, adresse, retour, referer
):
    reponse = client_de(troupe.drh_ville).get(adresse, headers={"referer": referer})

    assert reponse["Location"] == (retour or referer or "/")
    assert [str(m) for m in get_messages(reponse.wsgi_request)] == ["Ce poste est clos."]


def test_a_lock_waited_for_too_long_undoes_everything_and_says_to_try_again(troupe, client_de):
    client = client_de(troupe.drh_ville)

    reponse = client.post("/essais/attendre-trop/", headers={"referer": PAGE})

    assert (reponse.status_code, reponse["Location"]) == (302, PAGE)
    assert [str(m) for m in get_messages(reponse.wsgi_request)] == [CONCURRENCE]
    assert not Direction.objects.exists()
    with pytest.raises(OperationalError):
        client.get("/essais/attendre-trop/")


def test_a_database_that_goes_away_is_not_said_to_be_a_crowd(troupe, client_de):
    """The page stands alone: it keeps the draft of what was typed, which a redirection would lose."""
    client = client_de(troupe.drh_ville)
    client.raise_request_exception = False

    reponse = client.post("/essais/perdre-la-base/", headers={"referer": PAGE})

    assert reponse.status_code == 503
    assert "Réessayez dans une minute" in reponse.text
    assert not Direction.objects.exists()


def test_a_violated_constraint_undoes_everything_and_speaks_french(troupe, client_de):
    reponse = client_de(troupe.drh_ville).post("/essais/violer/", headers={"referer": PAGE})

    assert reponse.status_code == 302
    assert [str(m) for m in get_messages(reponse.wsgi_request)] == ["Cette direction existe déjà."]
    assert not Direction.objects.exists()


def test_a_refusal_sends_htmx_back_to_the_page(troupe, client_de):
    reponse = client_de(troupe.drh_ville).post(
        "/essais/refuser/", headers={"referer": PAGE, "hx-request": "true"}
    )

    assert (reponse.status_code, reponse["HX-Redirect"]) == (204, PAGE)


@pytest.mark.parametrize("referer", ["", "https://ailleurs.example/", "//ailleurs.example/x"])
def test_a_refusal_never_sends_to_another_site(troupe, client_de, referer):
    reponse = client_de(troupe.drh_ville).post("/essais/refuser/", headers={"referer": referer})

    assert reponse["Location"] == "/"


@pytest.mark.parametrize("chemin", ["ecrire", "refuser"])
def test_a_post_without_its_token_is_rejected(troupe, client_de, chemin):
    client = client_de(troupe.drh_ville, enforce_csrf_checks=True)

    assert client.post(f"/essais/{chemin}/").status_code == 403
    assert not Direction.objects.exists()


def test_the_address_of_a_form_opened_by_hand_says_where_to_go(troupe, client_de):
    reponse = client_de(troupe.drh_departement).get("/recensements/importer/")
    assert (reponse.status_code, reponse["Allow"]) == (405, "POST")
    assert "recommencez de là" in reponse.content.decode()
