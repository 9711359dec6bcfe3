"""The figures as a table: those of the last arrêté, for employers, small numbers hidden."""

from __future__ import annotations

import csv
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from pilotage.indicateurs.protection.arretes import arreter, publier
from pilotage.tableau_de_bord.publications.export.fichiers import ENTETE
from pilotage.tableau_de_bord.publications.export.rsu import REPONSES, lignes_du_rsu
from tests import fabriques
from tests.pilotage.indicateurs.protection.test_arretes import faire_mobilites


def exporter(client) -> list[list[str]]:
    texte = client.get("/pilotage/indicateurs.csv").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(texte), delimiter=";"))


@pytest.fixture
def arrete(troupe):
    faire_mobilites(troupe, 6)
    for _ in range(6):
        fabriques.faire_cadre(troupe.ville, "accord", avec_compte=False)
    return arreter(acteur=troupe.dgs_region, jour=timezone.localdate())


def test_the_export_is_a_table_of_aggregates(troupe, arrete, client_de):
    lignes = exporter(client_de(troupe.dgs_region))
    assert tuple(lignes[0]) == ENTETE
    assert {len(ligne) for ligne in lignes} == {len(ENTETE)}
    assert not any("Pasquier" in cellule for ligne in lignes for cellule in ligne)


def test_the_export_keeps_small_numbers_secret(troupe, arrete, client_de):
    lignes = exporter(client_de(troupe.dgs_region))
    nombres = [ligne[3] for ligne in lignes if ligne[4] in ("personnes", "mobilités", "refus")]
    assert not {"1", "2", "3", "4"} & set(nombres)
    assert "n.c." in nombres
    assert "6" in nombres


def test_no_inner_cell_of_the_exchanges_is_exported(troupe, arrete, client_de):
    echanges = [ligne for ligne in exporter(client_de(troupe.dgs_region)) if ligne[0] == "Échanges"]
    assert {ligne[1] for ligne in echanges} == {"Départs", "Arrivées"}


def test_a_live_change_does_not_show(troupe, arrete, client_de):
    """An export that moves with each act tells who acted: it is that of the arrêté."""
    client = client_de(troupe.dgs_region)
    avant = exporter(client)
    faire_mobilites(troupe, 6)
    assert exporter(client) == avant


def test_the_workbook_says_the_same_with_its_dictionary_and_the_rsu(troupe, arrete, client_de):
    reponse = client_de(troupe.dgs_departement).get("/pilotage/indicateurs.xlsx")
    classeur = load_workbook(io.BytesIO(reponse.content))
    assert classeur.sheetnames == ["Chiffres", "Dictionnaire", "RSU"]
    lignes = list(classeur["Chiffres"].iter_rows(values_only=True))
    assert tuple(lignes[0]) == ENTETE
    effectives = next(ligne for ligne in lignes if ligne[:2] == ("Mobilités", "Effectives"))
    assert effectives[3] == publier(arrete).effectives.valeur == 6
    assert effectives[5].date() == arrete.jour
    familles = {ligne[0] for ligne in lignes[1:]}
    dictionnaire = {ligne[0] for ligne in classeur["Dictionnaire"].iter_rows(values_only=True)}
    assert {f"Famille « {famille} »" for famille in familles} <= dictionnaire
    assert {f"Colonne « {colonne} »" for colonne in ENTETE} <= dictionnaire


def test_each_line_of_the_rsu_is_counted_or_says_why_not(troupe, arrete, client_de):
    reponse = client_de(troupe.dgs_departement).get("/pilotage/indicateurs.xlsx")
    feuille = load_workbook(io.BytesIO(reponse.content))["RSU"]
    entete, *rangs = feuille.iter_rows(values_only=True)
    assert entete[4] == "Département du Loiret"
    demandees = [ligne["indicateur"] for ligne in lignes_du_rsu()]
    assert len(demandees) == 12
    assert set(REPONSES) == set(demandees)
    p = publier(arrete)
    for indicateur in demandees:
        siennes = [r for r in rangs if r[1] == indicateur]
        assert siennes
        for _, _, _, compte, valeur, unite, _, reste, _ in siennes:
            if compte:
                assert unite
                assert valeur == "n.c." or valeur == 0 or valeur >= 5
            else:
                assert reste.startswith("non couvert, parce que ")
    sorties = next(r for r in rangs if str(r[3]).startswith("Sorties"))
    assert sorties[4] == (p.departs(troupe.departement).valeur or "n.c.")
    de_memoire = {x["indicateur"] for x in lignes_du_rsu() if "M" in x["confiance"]}
    assert all("à vérifier" in r[8] for r in rangs if r[1] in de_memoire)


def test_without_an_arrete_it_says_what_to_do(troupe, client_de):
    client = client_de(troupe.dgs_region)
    assert not exporter_ou_rien(client)
    page = client.get("/pilotage/indicateurs.csv", follow=True).content.decode()
    assert "Aucun chiffre n’est encore arrêté" in page


def exporter_ou_rien(client):
    reponse = client.get("/pilotage/indicateurs.csv")
    return reponse.content if reponse.status_code == 200 else b""


@pytest.mark.parametrize(
    ("nom", "statut"), [("drh_region", 200), ("cadre", 403), ("accompagnateur", 403)]
)
def test_the_export_is_for_employers(troupe, arrete, client_de, nom, statut):
    assert client_de(getattr(troupe, nom)).get("/pilotage/indicateurs.csv").status_code == statut
