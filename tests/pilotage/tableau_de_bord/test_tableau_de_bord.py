"""The DGS's page, in the browser."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from collectivites.mots import Acte
from pilotage.tableau_de_bord import filtre
from tests import fabriques

URL = "/pilotage/"


def remplir(troupe, nombre):
    """`nombre` of each thing that the page counts."""
    promotion = fabriques.faire_promotion(troupe.demarche, places=300)
    for rang in range(nombre):
        cadre = fabriques.faire_cadre(troupe.ville, "retenu", avec_compte=False)
        fabriques.faire_inscription(cadre, promotion, "achevee")
        p = fabriques.faire_proposition(
            fabriques.faire_opportunite(troupe.region), cadre, "realisee"
        )
        fabriques.faire_mobilite(p, "effective", date_effet=fabriques.dans(-rang - 1))
        autre = fabriques.faire_cadre(troupe.region, "retenu", avec_compte=False)
        refusee = fabriques.faire_proposition(
            fabriques.faire_opportunite(troupe.departement), autre, "refusee"
        )
        fabriques.faire_reserve(refusee, troupe.drh_region, "levee")
        fabriques.faire_cadre(troupe.departement, "accord", avec_compte=False)


@pytest.mark.parametrize(
    ("nom", "statut"),
    [
        ("dgs_departement", 200),
        ("drh_departement", 200),
        ("gestionnaire_departement", 200),
        ("accompagnateur", 403),
        ("cadre", 403),
        ("operateur", 403),
    ],
)
def test_employers_read_it(troupe, client_de, nom, statut):
    assert client_de(getattr(troupe, nom)).get(URL).status_code == statut


def test_it_is_only_read(troupe, client_de):
    assert client_de(troupe.dgs_ville).post(URL).status_code == 405


def test_an_empty_demarche_says_where_to_begin(db, client_de):
    lieux = fabriques.faire_collectivites(fabriques.faire_demarche())
    page = client_de(fabriques.faire_acteur("dgs", lieux["ville"])).get(URL).content.decode()
    assert "Tout commence par le cadrage" in page


def test_the_title_is_the_finding(troupe, client_de):
    remplir(troupe, 3)
    page = client_de(troupe.dgs_ville).get(URL).content.decode()
    assert "<strong>3\u00a0mobilités effectives</strong> sur 36\u00a0visées" in page
    assert "la Ville perd trois cadres, la Région en gagne trois" in page
    assert page.count("<h1") == 1
    assert "<h2" in page
    assert "Indicateurs" not in page


def test_another_demarche_is_not_counted(troupe, client_de):
    remplir(troupe, 3)
    page = client_de(troupe.etranger_dgs).get(URL).content.decode()
    assert "<strong>0\u00a0mobilité effective</strong>" in page


def test_only_a_dgs_reads_the_decisions(troupe, client_de):
    fabriques.faire_cadre(troupe.departement, "accord")
    assert "Qu’attend-on de vous" in client_de(troupe.dgs_departement).get(URL).content.decode()
    page = client_de(troupe.drh_departement).get(URL).content.decode()
    assert "Qui décide" in page
    assert "Qu’attend-on de vous" not in page


def test_a_live_delegation_is_shown_to_both(troupe, client_de):
    fabriques.faire_delegation(troupe.dgs_region, troupe.drh_region, Acte.RETENIR)
    for acteur in (troupe.dgs_region, troupe.drh_region):
        page = client_de(acteur).get(URL).content.decode()
        assert "Délégation en cours" in page
    assert "Délégation en cours" not in client_de(troupe.dgs_ville).get(URL).content.decode()


def test_nothing_in_the_page_breaks_the_content_policy(troupe, client_de):
    remplir(troupe, 2)
    page = client_de(troupe.dgs_ville).get(URL).content.decode()
    assert " style=" not in page
    assert " onclick=" not in page


def test_few_refusals_stay_unsaid(troupe, client_de):
    remplir(troupe, 4)
    page = client_de(troupe.dgs_ville).get(URL).content.decode()
    assert "ne sont pas encore communiqués" in page
    assert "Lieu" not in page


@pytest.mark.parametrize("nom", ["dgs_departement", "drh_departement"])
def test_the_queries_do_not_grow(troupe, client_de, nom):
    fabriques.faire_delegation(
        troupe.dgs_departement, troupe.drh_departement, Acte.RETENIR, fin=fabriques.dans(3)
    )
    client = client_de(getattr(troupe, nom))
    client.get(URL)  # the session is written once
    nombres = []
    for ajout in (1, 4, 45):
        remplir(troupe, ajout)
        with CaptureQueriesContext(connection) as requetes:
            client.get(URL)
        nombres.append(len(requetes))
    assert len(set(nombres)) == 1
    assert nombres[0] <= 25


@pytest.mark.sans_base
def test_les_periodes_sont_rangees_par_annee():
    lues = filtre.periodes(date(2025, 11, 1), date(2026, 2, 1))
    form = filtre.FiltreForm(QueryDict(), promotions=[], periodes=lues)
    (_, tout), *annees = form.fields["periode"].choices

    assert tout == "Depuis le début"
    assert [annee for annee, _ in annees] == ["2026", "2025"]
    assert [cle for cle, _ in annees[1][1]] == ["2025", "2025-4"]
