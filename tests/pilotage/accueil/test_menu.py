"""The menu: the number of things that wait, and only the pages that have something for a cadre."""

import re

import pytest

from cadres.candidature.acteurs import acteur_du_mandat
from cadres.models import Candidature
from collectivites.journal import journaliser
from collectivites.mots import Actes
from pilotage.accueil.a_faire import attentes_de
from pilotage.accueil.compte import compter_les_attentes, lister_les_attentes
from pilotage.models import EtapeRoute
from tests import fabriques

COMPTE = "/a-faire/compte/"
ROLES = ["dgs_departement", "drh_departement", "gestionnaire_region", "accompagnateur", "cadre"]
PLUS_TARD = {"Mon accompagnement", "Sessions", "Postes ouverts", "Mes vœux"}


def nombre(client):
    trouve = re.search(
        r'"q-compte">(\d+)<', client.get(COMPTE, headers={"HX-Request": "true"}).content.decode()
    )
    return int(trouve[1]) if trouve else 0


def entrees(client):
    page = client.get("/").content.decode()
    menu = page[page.index('class="q-nav"') : page.index("</ul>")]
    return {
        re.sub("<.*", "", ligne).strip()
        for ligne in re.findall(r'<a href="[^"]*"[^>]*>(.*?)</a>', menu)
    }


@pytest.mark.parametrize("nom", ROLES)
def test_the_badge_says_the_number_of_the_home_page(troupe, client_de, nom):
    from tests.acces.scene import monter

    monter(troupe)
    # As the page resolves them: with the delegations of the scene.
    acteur = acteur_du_mandat(getattr(troupe, nom).mandat)
    client = client_de(acteur)
    page = client.get("/").content.decode()

    assert nombre(client) == page.count('class="q-tache"') == len(attentes_de(acteur))


def test_a_decision_refreshes_the_badge(
    troupe, client_de, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    client = client_de(troupe.drh_region)
    avant = nombre(client)
    etape = EtapeRoute.objects.create(
        demarche=troupe.demarche,
        phase="cadrage",
        intitule="Note stratégique",
        collectivite=troupe.region,
        responsable=troupe.drh_region.mandat,
        echeance=fabriques.dans(-3),
    )
    with django_assert_max_num_queries(8):
        assert nombre(client) == avant

    with django_capture_on_commit_callbacks(execute=True):
        journaliser(
            acteur=troupe.dgs_region,
            acte=Actes.DELEGATION_DONNEE,
            libelle="Étape ajoutée",
            objet=etape,
            collectivite=troupe.region,
        )
    assert nombre(client) == avant + 1


@pytest.mark.parametrize("etat", ["informe", "accord", "desaccord", "non_retenu", "retire"])
def test_a_cadre_out_of_the_parcours_is_not_led_to_empty_pages(troupe, client_de, etat):
    cadre = fabriques.faire_cadre(troupe.ville, etat)
    menu = entrees(client_de(fabriques.acteur_du_cadre(cadre)))

    assert {"À faire", "Mon parcours", "Mes données"} <= menu
    assert not PLUS_TARD & menu


def test_the_menu_of_a_cadre_grows_with_their_parcours(troupe, client_de):
    cadre = fabriques.faire_cadre(troupe.ville, "retenu")
    client = client_de(fabriques.acteur_du_cadre(cadre))
    assert PLUS_TARD & entrees(client) == {"Mon accompagnement", "Sessions"}

    fabriques.faire_inscription(cadre, fabriques.faire_promotion(troupe.demarche))
    assert Candidature.objects.get(cadre=cadre).avancee == Candidature.Avancee.EN_PARCOURS
    assert entrees(client) >= PLUS_TARD


def test_a_decision_taken_while_the_home_page_is_read_is_counted(
    troupe, monkeypatch, django_capture_on_commit_callbacks
):
    """The home page read « nothing » just before: the badge must not keep it."""
    acteur = troupe.drh_departement

    def lire_puis_decider(_acteur):
        with django_capture_on_commit_callbacks(execute=True):
            cadre = fabriques.faire_cadre(troupe.departement, "recense")
            journaliser(
                acteur=acteur,
                acte=Actes.DELEGATION_DONNEE,
                libelle="Cadre recensé",
                objet=cadre,
                collectivite=troupe.departement,
                cadre_ref=cadre.pk,
            )
        return []

    monkeypatch.setattr("pilotage.accueil.compte.attentes_de", lire_puis_decider)
    assert lister_les_attentes(acteur) == []
    monkeypatch.setattr("pilotage.accueil.compte.attentes_de", attentes_de)
    assert compter_les_attentes(acteur) == len(attentes_de(acteur)) > 0
