"""The feuille de route as it is read: steps by act, late ones, along time; who may act on them."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collectivites.mots import Acte, Role
from pilotage.accueil.a_faire import attentes_de
from pilotage.cadrage.feuille_de_route import actions
from pilotage.cadrage.feuille_de_route.suivi import etapes_pour_les_elus, lire_route, sur_la_route
from pilotage.models import ClotureEtape
from tests import fabriques as f
from tests.pilotage.tableau_de_bord.publications.test_documents import lire as lire_le_document

URL = "/feuille-de-route/"


def lu(reponse):
    """The words of a page, whatever space stands between them."""
    return " ".join(re.sub(r"<[^>]*>", "", reponse.content.decode()).split())


def faire_etape(troupe, collectivite=None, jours=5, **champs):
    return f.faire_etape(troupe.demarche, collectivite, jours, **champs)


def clore(acteur, etape, preuve="Compte rendu", **champs):
    return actions.franchir_etape(
        acteur=acteur, etape=etape, preuve=preuve, piece=f.faire_piece(), **champs
    )


@pytest.fixture(autouse=True)
def _depot(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("nom", "statut"),
    [("dgs_ville", 200), ("gestionnaire_region", 200), ("cadre", 403), ("accompagnateur", 403)],
)
def test_employers_read_it(troupe, client_de, nom, statut):
    assert client_de(getattr(troupe, nom)).get(URL).status_code == statut


def test_without_a_step_nothing_is_said_to_be_done(troupe, client_de):
    page = client_de(troupe.dgs_ville).get(URL).content.decode()
    assert "La feuille de route n’est pas encore écrite" in page
    assert "Poser les étapes du modèle" in page
    pilotage = client_de(troupe.dgs_ville).get("/pilotage/").content.decode()
    assert "La feuille de route n’est pas encore écrite" in pilotage
    assert "sont faites" not in page + pilotage
    assert "sont faites" not in lire_le_document(troupe.dgs_ville)


def test_all_done_is_said_only_when_it_is(troupe):
    etape = faire_etape(troupe, troupe.region)
    assert "à venir" in sur_la_route(lire_route(troupe.dgs_region, f.dans(0)))
    clore(troupe.dgs_region, etape)
    assert (
        sur_la_route(lire_route(troupe.dgs_region, f.dans(0)))
        == "Toutes les étapes prévues sont faites"
    )


@pytest.mark.parametrize(
    ("voir", "vues"),
    [
        ("", {"Tardive", "À nous", "Aux autres"}),
        ("toutes", {"Faite hier", "Tardive", "À nous", "Aux autres"}),
        ("retard", {"Tardive"}),
        ("nous", {"Faite hier", "Tardive", "À nous"}),
        ("inconnu", {"Tardive", "À nous", "Aux autres"}),
    ],
)
@pytest.mark.parametrize("forme", ["", "calendrier"])
def test_it_is_filtered_in_a_list_and_along_time(troupe, client_de, voir, vues, forme):
    faire_etape(troupe, intitule="Faite hier", faite_le=f.dans(-1))
    faire_etape(troupe, intitule="Tardive", jours=-2)
    faire_etape(troupe, troupe.region, intitule="À nous", debut=f.dans(1))
    faire_etape(troupe, troupe.ville, intitule="Aux autres")
    client = client_de(troupe.dgs_region)
    page = client.get(URL, {"voir": voir, "forme": forme}).content.decode()
    noms = ("Faite hier", "Tardive", "À nous", "Aux autres")
    lignes = [m.strip().split("<")[0].strip() for m in page.split('<th scope="row">')[1:]]
    assert {nom for nom in noms if nom in lignes} == vues


def test_the_table_has_one_head_and_its_acts_in_order(troupe, client_de):
    for phase in ("mobilite", "cadrage", "parcours"):
        faire_etape(troupe, phase=phase, intitule=f"Étape {phase}")
    page = client_de(troupe.dgs_ville).get(URL).content.decode()
    assert page.count("<table") == page.count("<thead") == 1
    assert page.index("Étape cadrage") < page.index("Étape parcours") < page.index("Étape mobilite")


def test_another_demarche_does_not_see_it(troupe, client_de):
    etape = faire_etape(troupe, troupe.region)
    cloture = clore(troupe.dgs_region, etape)
    client = client_de(troupe.etranger_dgs)
    assert "Note stratégique" not in client.get(URL, {"voir": "toutes"}).content.decode()
    for chemin in (f"{URL}{etape.pk}/faite/", f"{URL}{etape.pk}/", f"{URL}preuves/{cloture.pk}/"):
        assert client.get(chemin).status_code == 404, chemin


@pytest.mark.parametrize(
    ("nom", "a_eux", "statut"),
    [
        ("dgs_region", False, 200),
        ("dgs_region", True, 200),
        ("drh_region", False, 403),
        ("drh_region", True, 403),
        ("gestionnaire_region", True, 403),
        ("dgs_ville", True, 403),
        ("cadre", True, 403),
    ],
)
def test_who_may_say_that_it_is_done(troupe, client_de, nom, a_eux, statut):
    etape = faire_etape(troupe, troupe.region if a_eux else None)
    client = client_de(getattr(troupe, nom))
    adresse = f"{URL}{etape.pk}/faite/"
    assert client.get(adresse).status_code == statut
    if nom != "cadre":
        assert (adresse in client.get(URL).content.decode()) == (statut == 200)


def test_a_drh_closes_what_a_dgs_delegated(troupe, client_de):
    etape = faire_etape(troupe, troupe.region)
    f.faire_delegation(troupe.dgs_region, troupe.drh_region, Acte.FRANCHIR_ETAPE)
    client = client_de(troupe.drh_region)
    reponse = client.post(
        f"{URL}{etape.pk}/faite/",
        {"faite_le": f.dans(0).isoformat(), "preuve": "Relevé", "piece": f.faire_piece()},
    )
    assert reponse.status_code == 302
    cloture = ClotureEtape.objects.get()
    assert (cloture.par, cloture.delegation.delegant) == (
        troupe.drh_region.mandat,
        troupe.dgs_region.mandat,
    )


def test_the_document_is_downloaded_by_the_employers_alone(troupe, client_de):
    cloture = clore(troupe.dgs_region, faire_etape(troupe, troupe.region))
    chemin = f"{URL}preuves/{cloture.pk}/"
    reponse = client_de(troupe.gestionnaire_departement).get(chemin)
    assert reponse.content.startswith(b"%PDF")
    assert "attachment" in reponse["Content-Disposition"]
    for nom in ("cadre", "accompagnateur"):
        assert client_de(getattr(troupe, nom)).get(chemin).status_code == 403


def test_the_elus_of_one_employer_hear_of_their_steps_and_of_the_common_ones(troupe):
    faire_etape(
        troupe, troupe.region, intitule="Calage avec les élus régionaux", pour_les_elus=True
    )
    faire_etape(troupe, troupe.ville, intitule="Presse de la Ville", pour_les_elus=True)
    faire_etape(troupe, intitule="Bilan", pour_les_elus=True)
    faire_etape(troupe, intitule="Listes pour la promotion 3")
    deux = faire_etape(troupe, intitule="Ville et Métropole", pour_les_elus=True)
    deux.concernees.set([troupe.ville, troupe.agglomeration])

    def titres(collectivite):
        return {e.intitule for e in etapes_pour_les_elus(collectivite)}

    assert titres(troupe.region) == {"Calage avec les élus régionaux", "Bilan"}
    assert titres(troupe.ville) == {"Presse de la Ville", "Bilan", "Ville et Métropole"}


def test_the_queries_do_not_grow(troupe, client_de):
    client = client_de(troupe.dgs_region)
    nombres = []
    for ajout in (2, 20):
        for rang in range(ajout):
            etape = faire_etape(troupe, troupe.region if rang % 2 else None)
            if rang % 2:
                clore(troupe.dgs_region, etape)
        with CaptureQueriesContext(connection) as requetes:
            client.get(URL, {"voir": "toutes"})
        nombres.append(len(requetes))
    assert len(set(nombres)) == 1
    assert nombres[0] <= 16


def test_a_step_whose_owner_has_left_says_so_and_asks_for_another(troupe, client_de):
    parti = f.faire_mandat(Role.DRH, troupe.departement, f.faire_utilisateur("Paul", "Roy"))
    etape = f.faire_etape(troupe.demarche, troupe.departement, 90, responsable=parti)
    avant = lu(client_de(troupe.drh_departement).get(URL))
    assert "Paul Roy" in avant
    assert "mandat est fini" not in avant
    parti.debut, parti.fin = f.dans(-10), f.dans(-1)
    parti.save()
    assert "Paul Roy, dont le mandat est fini" in lu(client_de(troupe.drh_departement).get(URL))
    attente = next(a for a in attentes_de(troupe.drh_departement) if a.titre == etape.intitule)
    assert "désignez un autre responsable" in attente.detail
    assert not [a for a in attentes_de(troupe.drh_region) if a.titre == etape.intitule]
    formulaire = client_de(troupe.drh_departement).get(attente.url)
    assert "Paul Roy n’a plus de mandat" in lu(formulaire)
    assert f'value="{parti.pk}"' not in formulaire.content.decode()
