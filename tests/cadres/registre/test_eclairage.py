"""What a DGS weighs before retaining several people: criteria, profile, parity, places left."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.models import Cadre, Critere
from tests import fabriques

URL = "/registre/decider/"


@pytest.fixture
def criteres(troupe):
    for genre, valeurs in (("anciennete", ["5"]), ("encadrement", ["oui"])):
        Critere.objects.create(
            collectivite=troupe.departement,
            genre=genre,
            valeurs=valeurs,
            auteur=troupe.dgs_departement.utilisateur,
        )


def cadre(troupe, **champs):
    valeurs = {"encadrement": True, "date_entree_poste": fabriques.dans(-3000), **champs}
    return fabriques.faire_cadre(troupe.departement, "accord", avec_compte=False, **valeurs)


def apercu(client, *cadres, decision="retenir"):
    return client.post(URL, {"choix": [c.pk for c in cadres], "decision": decision})


def test_the_page_tells_criteria_profile_parity_and_places(troupe, client_de, criteres):
    retenues = troupe.departement.cadres.filter(candidature__etat="retenu")
    femmes, hommes = (
        retenues.filter(civilite=c).count() for c in (Cadre.Civilite.FEMME, Cadre.Civilite.HOMME)
    )
    complet = cadre(troupe, civilite=Cadre.Civilite.FEMME, profil="experimente")
    recent = cadre(troupe, civilite=Cadre.Civilite.HOMME, date_entree_poste=fabriques.dans(-400))
    promotion = fabriques.faire_promotion(troupe.demarche, places=3)
    fabriques.faire_inscription(
        fabriques.faire_cadre(troupe.region, "retenu", avec_compte=False), promotion
    )

    page = apercu(client_de(troupe.dgs_departement), complet, recent)

    par_cle = {e.cadre.pk: e for e in page.context["eclaires"]}
    assert (par_cle[complet.pk].tenus, par_cle[recent.pk].tenus) == (2, 1)
    assert par_cle[complet.pk].profil == complet.get_profil_display()
    assert par_cle[recent.pk].manques
    assert page.context["parite"] == {
        "femmes": femmes,
        "hommes": hommes,
        "femmes_avec": femmes + 1,
        "hommes_avec": hommes + 1,
    }
    assert (promotion.nom, 2) in page.context["places"]
    assert "2 sur 2" in page.text


def test_without_criteria_nor_promotion_the_page_says_so(troupe, client_de):
    page = apercu(client_de(troupe.dgs_departement), cadre(troupe))
    assert "Critères réunis" not in page.text
    assert "Aucune promotion n’a de place libre" in page.text


def test_the_queries_do_not_grow(troupe, client_de, criteres):
    client = client_de(troupe.dgs_departement)
    apercu(client, cadre(troupe))
    nombres = []
    for combien in (1, 8):
        choisis = [cadre(troupe) for _ in range(combien)]
        with CaptureQueriesContext(connection) as requetes:
            apercu(client, *choisis)
        nombres.append(len(requetes))
    assert nombres[0] == nombres[1]


@pytest.mark.parametrize("adresse", ["retenir", "ne-pas-retenir"])
def test_deciding_on_one_shows_what_deciding_on_several_shows(troupe, client_de, criteres, adresse):
    fabriques.faire_promotion(troupe.demarche, places=3)
    recent = cadre(troupe, profil="experimente", date_entree_poste=fabriques.dans(-400))
    client = client_de(troupe.dgs_departement)

    seul = client.get(f"/registre/{recent.pk}/{adresse}/")
    groupe = apercu(client, recent, decision=adresse.replace("-", "_"))

    for quoi in ("eclaires", "nb_criteres", "parite", "places"):
        assert seul.context[quoi] == groupe.context[quoi]
    assert "1 sur 2" in seul.text
    assert recent.get_profil_display() in seul.text
    assert ("avec cette" in seul.text) == (adresse == "retenir")
