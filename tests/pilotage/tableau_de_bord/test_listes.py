"""Each figure of one's own employer opens the list behind it: as many rows as it says."""

import re

import pytest

from opportunites.models import Mobilite
from tests import fabriques
from tests.pilotage.tableau_de_bord.test_tableau_de_bord import URL, remplir

LIEN = re.compile(r'<a\s+href="(/pilotage/liste/[^"]+)"\s*>\s*(\d+)\s*</a>')


@pytest.fixture
def scene(troupe):
    """Moves both ways, one of them inside an employer; somebody anonymised; the alarm."""
    remplir(troupe, 3)
    retour = fabriques.faire_cadre(troupe.region, "retenu", avec_compte=False)
    proposition = fabriques.faire_proposition(
        fabriques.faire_opportunite(troupe.ville), retour, "realisee"
    )
    fabriques.faire_mobilite(proposition, "effective", date_effet=fabriques.dans(-9))
    interne = fabriques.faire_cadre(troupe.ville, "retenu", avec_compte=False)
    proposition = fabriques.faire_proposition(
        fabriques.faire_opportunite(troupe.ville), interne, "realisee"
    )
    fabriques.faire_mobilite(proposition, "effective", date_effet=fabriques.dans(-9))
    fabriques.faire_cadre(
        troupe.ville, "recense", avec_compte=False, anonymise_le=fabriques.il_y_a(1)
    )
    return troupe


@pytest.mark.parametrize("qui", ["dgs_ville", "drh_region", "gestionnaire_departement"])
def test_each_link_opens_as_many_rows_as_the_figure_says(scene, client_de, qui):
    client = client_de(getattr(scene, qui))

    liens = LIEN.findall(client.get(URL).text)

    assert len(liens) >= 3
    for adresse, nombre in liens:
        assert len(client.get(adresse).context["liste"].rangs) == int(nombre), adresse


def test_the_cells_and_the_margins_of_ones_own_employer_are_links(scene, client_de):
    liens = dict(LIEN.findall(client_de(scene.dgs_ville).get(URL).text))
    region = scene.region.pk
    assert liens["/pilotage/liste/departs/"] == "3"
    assert liens["/pilotage/liste/arrivees/"] == "1"
    assert liens[f"/pilotage/liste/vers-{region}/"] == "3"
    assert liens[f"/pilotage/liste/de-{region}/"] == "1"
    assert "/pilotage/liste/recenses/" in liens


def test_the_list_of_another_employer_is_not_drawn_and_not_served(scene, client_de):
    """Ville to Région: neither is the Département's."""
    client = client_de(scene.dgs_departement)
    page = client.get(URL).text
    assert "/pilotage/liste/departs/" not in page
    page = client.get(f"/pilotage/liste/vers-{scene.ville.pk}/")
    assert page.context["liste"].rangs == []
    noms = {m.cadre.nom for m in Mobilite.objects.select_related("cadre")}
    assert not any(nom in page.text for nom in noms)


@pytest.mark.parametrize("quoi", ["inconnu", "vers-0", "vers-x", "de-", "99"])
def test_an_address_that_names_nothing_is_not_found(troupe, client_de, quoi):
    assert client_de(troupe.dgs_ville).get(f"/pilotage/liste/{quoi}/").status_code == 404


def test_another_demarche_is_not_an_employer_of_mine(troupe, client_de):
    ailleurs = troupe.etranger_dgs.collectivite.pk
    assert client_de(troupe.dgs_ville).get(f"/pilotage/liste/vers-{ailleurs}/").status_code == 404


def test_the_alarm_opens_its_own_people(troupe, client_de):
    promotion = fabriques.faire_promotion(troupe.demarche)
    for avancee in ("acheve", "acheve", "engagee"):
        cadre = fabriques.faire_cadre(troupe.ville, "retenu", avec_compte=False)
        cadre.candidature.avancee = avancee
        cadre.candidature.save()
        fabriques.faire_inscription(
            cadre, promotion, "achevee", finie_le=fabriques.il_y_a(7 * 8 + 1)
        )
    client = client_de(troupe.dgs_ville)
    assert "/pilotage/liste/sans-proposition/" in client.get(URL).text
    assert len(client.get("/pilotage/liste/sans-proposition/").context["liste"].rangs) == 2


# --- The balance to come ----------------------------------------------------------------------


def test_a_dgs_reads_the_balance_to_come_and_the_others_that_it_will_change(troupe, client_de):
    for _ in range(3):
        cadre = fabriques.faire_cadre(troupe.ville, "retenu", avec_compte=False)
        proposition = fabriques.faire_proposition(
            fabriques.faire_opportunite(troupe.region), cadre, "acceptee"
        )
        fabriques.faire_mobilite(proposition, "ouverte", date_effet=fabriques.dans(20))

    page = client_de(troupe.dgs_ville).get(URL).text.replace("\u00a0", " ")
    assert "La Ville sera à −3 le" in page
    assert "hors de la tolérance" in page
    page = client_de(troupe.drh_ville).get(URL).text
    assert "vont encore changer ces soldes" in page
    assert "sera à" not in page
