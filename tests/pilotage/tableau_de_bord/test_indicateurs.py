"""Each figure says its formula, its unit and its source; a new one is a line of the catalogue."""

import html

import pytest
from django.utils import timezone

from pilotage.indicateurs import catalogue
from pilotage.indicateurs.catalogue import INDICATEURS, Indicateur, Mesure
from pilotage.indicateurs.protection.arretes import arreter
from tests import fabriques

PAGE, EXPORT = "/pilotage/indicateurs/", "/pilotage/indicateurs.csv"


def lire(client) -> str:
    return html.unescape(client.get(PAGE).text).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_page_says_where_each_figure_comes_from(troupe, client_de):
    page = lire(client_de(troupe.dgs_region))
    for indicateur in INDICATEURS:
        assert indicateur.nom in page
        assert indicateur.source in page
        assert indicateur.unites in page
        assert indicateur.formule in page
        assert indicateur.ouvre in page


def test_names_are_said_once():
    noms = [indicateur.nom for indicateur in INDICATEURS]
    assert len(noms) == len(set(noms))


def test_open_postes_are_counted_on_the_page_and_in_the_export(troupe, client_de):
    client = client_de(troupe.dgs_region)
    for _ in range(3):
        fabriques.faire_opportunite(troupe.ville)
    arreter(acteur=troupe.dgs_region, jour=timezone.localdate())
    export = client.get(EXPORT).content.decode()
    combien = int(export.partition("Postes ouverts aux vœux;Ensemble;")[2].partition(";")[0])
    assert combien >= 3
    assert f"{combien} postes" in lire(client)


@pytest.mark.parametrize(("effectif", "dit"), [(0, "0"), (1, "n.c."), (4, "n.c."), (5, "5")])
def test_a_number_of_people_under_the_threshold_is_not_told(
    troupe, client_de, monkeypatch, effectif, dit
):
    nouveau = Indicateur(
        "Cadres essayés",
        "Ceux de l’essai",
        "cadre",
        "L’essai",
        "Rien",
        lambda d, j: Mesure(effectif, effectif),
    )
    monkeypatch.setattr(catalogue, "INDICATEURS", (*INDICATEURS, nouveau))
    arreter(acteur=troupe.dgs_region, jour=timezone.localdate())
    export = client_de(troupe.dgs_region).get(EXPORT).content.decode()
    assert f"Autres indicateurs;Cadres essayés;Ensemble;{dit};cadres" in export


def test_it_is_for_employers(troupe, client_de):
    assert client_de(troupe.cadre).get(PAGE).status_code == 403
    assert client_de(troupe.accompagnateur).get(PAGE).status_code == 403
