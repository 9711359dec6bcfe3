"""The figures as a table: aggregates, for employers, small numbers hidden."""

from __future__ import annotations

import csv
import io

import pytest

from pilotage.tableau_de_bord.publications.export import ENTETE
from tests import fabriques


def exporter(client) -> list[list[str]]:
    texte = client.get("/pilotage/indicateurs.csv").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(texte), delimiter=";"))


def test_the_export_is_a_table_of_aggregates(troupe, client_de):
    lignes = exporter(client_de(troupe.dgs_region))
    assert tuple(lignes[0]) == ENTETE
    assert {len(ligne) for ligne in lignes} == {len(ENTETE)}
    assert not any("Pasquier" in cellule for ligne in lignes for cellule in ligne)


def test_the_export_keeps_small_numbers_secret(troupe, client_de):
    for _ in range(6):
        fabriques.faire_cadre(troupe.ville, "accord", avec_compte=False)
    lignes = exporter(client_de(troupe.dgs_region))
    nombres = [ligne[3] for ligne in lignes if ligne[4] in ("cadres", "mobilités", "refus")]
    assert not {"1", "2", "3", "4"} & set(nombres)
    assert "n.c." in nombres
    assert "6" in nombres


@pytest.mark.parametrize(
    ("nom", "statut"), [("drh_region", 200), ("cadre", 403), ("accompagnateur", 403)]
)
def test_the_export_is_for_employers(troupe, client_de, nom, statut):
    assert client_de(getattr(troupe, nom)).get("/pilotage/indicateurs.csv").status_code == statut
