"""Documents and exports are counted by account; the next account is not kept waiting."""

import ast
from pathlib import Path

import pytest
from django.conf import settings as reglages
from django.urls import reverse

from collectivites.communs.mesure import TROP_DE_DOCUMENTS

PIECES = ("cadres", "parcours", "opportunites", "pilotage")
#: Whoever calls one of these makes a file in the page.
FABRIQUES = {
    *("produire", "ecrire_tableur", "_tableur", "en_csv", "en_xlsx"),
    *("fichier_a_corriger", "fichier_du_diagnostic"),
}


def test_au_dela_de_la_mesure_une_phrase_et_pour_un_autre_compte_le_fichier(
    troupe, client_de, settings
):
    settings.ACCOUNT_RATE_LIMITS = {"couteux": "2/5m/user"}
    client, adresse = client_de(troupe.drh_region), reverse("pilotage:exporter_journal")

    assert [client.get(adresse).status_code for _ in range(3)] == [200, 200, 302]
    page = client.get(reverse("pilotage:journal")).text.replace("\u00a0", " ")
    assert TROP_DE_DOCUMENTS in page
    assert client.get(reverse("cadres:exporter")).status_code == 302
    assert client_de(troupe.drh_ville).get(adresse).status_code == 200


def _appels(noeud):
    for appel in ast.walk(noeud):
        if isinstance(appel, ast.Call):
            yield getattr(appel.func, "attr", None) or getattr(appel.func, "id", "")


def _noms(decorateurs):
    return {getattr(d.func if isinstance(d, ast.Call) else d, "id", "") for d in decorateurs}


@pytest.mark.sans_base
def test_chaque_vue_qui_fait_un_document_est_comptee():
    fautives, comptees = [], 0
    for piece in PIECES:
        for module in Path(reglages.BASE_DIR, piece).rglob("*.py"):
            for vue in ast.parse(module.read_text(encoding="utf-8")).body:
                if not isinstance(vue, ast.FunctionDef) or "acces" not in _noms(vue.decorator_list):
                    continue
                comptee = "couteux" in _noms(vue.decorator_list)
                comptees += comptee
                if FABRIQUES & set(_appels(vue)) and not comptee:
                    fautives.append(vue.name)

    assert not fautives
    assert comptees == 20
