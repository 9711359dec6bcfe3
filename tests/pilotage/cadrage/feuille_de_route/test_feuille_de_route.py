"""The feuille de route: steps by act, late ones, and marking them done with a proof."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collectivites.models import EntreeJournal
from collectivites.mots import Acte
from collectivites.refus import ActionImpossible
from pilotage.cadrage.feuille_de_route import actions
from pilotage.models import EtapeRoute
from tests import fabriques

URL = "/feuille-de-route/"


def faire_etape(troupe, collectivite=None, jours=5, **champs):
    valeurs = {"intitule": "Note stratégique", "phase": "cadrage", **champs}
    return EtapeRoute.objects.create(
        demarche=troupe.demarche,
        collectivite=collectivite,
        echeance=fabriques.dans(jours),
        **valeurs,
    )


def adresse(etape):
    return f"{URL}{etape.pk}/faite/"


@pytest.mark.parametrize(
    ("nom", "statut"),
    [("dgs_ville", 200), ("gestionnaire_region", 200), ("cadre", 403), ("accompagnateur", 403)],
)
def test_employers_read_it(troupe, client_de, nom, statut):
    assert client_de(getattr(troupe, nom)).get(URL).status_code == statut


def test_an_empty_one_says_so(troupe, client_de):
    assert "La feuille de route est vide" in client_de(troupe.dgs_ville).get(URL).content.decode()


def test_communication_stands_apart(troupe, client_de):
    faire_etape(troupe)
    faire_etape(troupe, externe=True, intitule="Conférence de presse")
    page = client_de(troupe.dgs_ville).get(URL).content.decode()
    assert page.index("Note stratégique") < page.index("Plan de communication")
    assert page.index("Plan de communication") < page.index("Conférence de presse")


@pytest.mark.parametrize(
    ("voir", "vues"),
    [
        ("", {"Tardive", "À nous"}),
        ("toutes", {"Faite hier", "Tardive", "À nous"}),
        ("retard", {"Tardive"}),
        ("nous", {"À nous"}),
        ("inconnu", {"Tardive", "À nous"}),
    ],
)
def test_it_is_filtered(troupe, client_de, voir, vues):
    faire_etape(troupe, intitule="Faite hier", faite_le=fabriques.dans(-1), preuve="Note")
    faire_etape(troupe, intitule="Tardive", jours=-2)
    faire_etape(troupe, troupe.region, intitule="À nous")
    page = client_de(troupe.dgs_region).get(URL, {"voir": voir}).content.decode()
    assert {nom for nom in ("Faite hier", "Tardive", "À nous") if f">{nom}<" in page} == vues


def test_another_demarche_does_not_see_it(troupe, client_de):
    etape = faire_etape(troupe)
    client = client_de(troupe.etranger_dgs)
    assert "Note stratégique" not in client.get(URL).content.decode()
    assert client.get(adresse(etape)).status_code == 404
    assert client.post(adresse(etape)).status_code == 404


@pytest.mark.parametrize(
    ("nom", "a_eux", "statut"),
    [
        ("dgs_region", False, 200),
        ("drh_region", False, 403),
        ("drh_region", True, 200),
        ("gestionnaire_region", True, 200),
        ("dgs_ville", True, 403),
        ("cadre", True, 403),
    ],
)
def test_who_may_say_that_it_is_done(troupe, client_de, nom, a_eux, statut):
    etape = faire_etape(troupe, troupe.region if a_eux else None)
    client = client_de(getattr(troupe, nom))
    assert client.get(adresse(etape)).status_code == statut
    if nom != "cadre":
        bouton = adresse(etape) in client.get(URL).content.decode()
        assert bouton == (statut == 200)


def test_it_is_done_with_its_proof_and_journaled(troupe, client_de):
    etape = faire_etape(troupe)
    reponse = client_de(troupe.dgs_region).post(
        adresse(etape), {"faite_le": fabriques.dans(0).isoformat(), "preuve": "Délibération 12"}
    )
    assert reponse.url == URL
    etape.refresh_from_db()
    assert etape.preuve == "Délibération 12"
    assert etape.faite_par == troupe.dgs_region.utilisateur
    ligne = EntreeJournal.objects.get(acte="route.etape_faite")
    assert (ligne.motif, ligne.auteur) == ("Délibération 12", troupe.dgs_region.utilisateur)


def test_under_delegation_the_journal_says_so(troupe):
    etape = faire_etape(troupe)
    delegue = fabriques.faire_delegation(troupe.dgs_region, troupe.drh_region, Acte.FRANCHIR_ETAPE)
    actions.franchir_etape(acteur=delegue, etape=etape, preuve="Compte rendu")
    assert EntreeJournal.objects.get().delegation is not None


@pytest.mark.parametrize(
    "saisie",
    [
        {"faite_le": "", "preuve": "Oui"},
        {"faite_le": "2999-01-01", "preuve": "Oui"},
        {"faite_le": "2020-01-01", "preuve": ""},
    ],
)
def test_a_form_that_is_wrong_says_what_to_write(troupe, client_de, saisie):
    etape = faire_etape(troupe)
    reponse = client_de(troupe.dgs_region).post(adresse(etape), saisie)
    assert reponse.status_code == 200
    assert "invalid-feedback" in reponse.content.decode()
    etape.refresh_from_db()
    assert etape.faite_le is None


def test_twice_is_refused_kindly(troupe, client_de):
    etape = faire_etape(troupe)
    actions.franchir_etape(acteur=troupe.dgs_region, etape=etape, preuve="Note")
    with pytest.raises(ActionImpossible, match="déjà"):
        actions.franchir_etape(acteur=troupe.dgs_region, etape=etape, preuve="Encore")
    assert client_de(troupe.dgs_region).get(adresse(etape)).status_code == 302
    assert EntreeJournal.objects.count() == 1


def test_the_queries_do_not_grow(troupe, client_de):
    client = client_de(troupe.dgs_region)
    nombres = []
    for ajout in (1, 4, 45):
        for rang in range(ajout):
            faire_etape(troupe, troupe.region if rang % 2 else None)
        with CaptureQueriesContext(connection) as requetes:
            client.get(URL)
        nombres.append(len(requetes))
    assert len(set(nombres)) == 1
    assert nombres[0] <= 15
