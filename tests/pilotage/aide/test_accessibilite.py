"""The grid of docs/accessibilite is whole, follows what it is made of, and the statement says what it says."""

from __future__ import annotations

import csv
from itertools import product

import pytest
from django.conf import settings

from pilotage.aide import grille
from scripts import rgaa
from tests.mobility.test_securite import fonctions

DOSSIER = settings.BASE_DIR / "docs" / "accessibilite"
#: RGAA 4.1.2: how many criteria in each of its thirteen subjects.
PAR_THEME = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)


def lignes(nom):
    with (DOSSIER / f"{nom}.csv").open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


@pytest.mark.sans_base
def test_les_106_criteres_ont_une_reponse_pour_chaque_document():
    numeros = [f"{t}.{n}" for t, combien in enumerate(PAR_THEME, 1) for n in range(1, combien + 1)]
    codes = [ligne["code"] for ligne in lignes("echantillon")]
    cases = lignes("grille")

    assert len(numeros) == 106
    assert [ligne["critere"] for ligne in lignes("criteres")] == numeros
    assert [ligne["nature"] for ligne in lignes("echantillon")] == [
        *["page"] * 15,
        *("pdf", "pdf", "xlsx"),
    ]
    assert [(c["critere"], c["document"]) for c in cases] == list(product(numeros, codes))
    for case in cases:
        assert case["etat"] in {grille.CONFORME, grille.NON_CONFORME, grille.SANS_OBJET}, case
        assert len(case["raison"]) >= 5, case


@pytest.mark.sans_base
def test_la_grille_suit_ce_dont_elle_est_faite():
    ecrite = [tuple(case.values()) for case in lignes("grille")]

    assert ecrite == list(rgaa.grille()), "scripts/rgaa.py --grille"


@pytest.mark.sans_base
def test_ce_qui_est_mesure_en_faute_n_est_jamais_dit_conforme():
    etats = {(c["critere"], c["document"]): c["etat"] for c in lignes("grille")}
    for mesure in lignes("releve"):
        genre, _, critere = mesure["cle"].partition(":")
        if genre == "faute":
            assert etats[critere, mesure["document"]] == grille.NON_CONFORME, mesure


@pytest.mark.sans_base
def test_chaque_essai_nomme_existe():
    essais = {e for c in lignes("criteres") for e in c["essai"].split(" ; ") if e}

    assert essais
    for essai in essais:
        chemin, nom = essai.split("::")
        assert nom in fonctions(chemin), essai


@pytest.mark.sans_base
def test_un_critere_rate_une_fois_n_est_pas_respecte(monkeypatch):
    """Two criteria on three documents, by hand: one fails on one of the pages, the other has no object."""
    faits = {
        "criteres": [{"critere": n, "sujet": f"Sujet {n}"} for n in ("1.1", "1.2", "1.3")],
        "echantillon": [
            {"code": c, "nom": c, "lecteur": "cadre", "nature": "page"} for c in ("P01", "P02")
        ],
        "releve": [{"cle": "outil:jour", "valeur": "2026-12-01"}],
        "grille": [
            {"critere": n, "document": c, "etat": etat, "raison": "vu"}
            for n, etats in {
                "1.1": (grille.CONFORME, grille.NON_CONFORME),
                "1.2": (grille.SANS_OBJET, grille.SANS_OBJET),
                "1.3": (grille.CONFORME, grille.CONFORME),
            }.items()
            for c, etat in zip(("P01", "P02"), etats, strict=True)
        ],
    }
    monkeypatch.setattr(grille, "_lignes", faits.__getitem__)
    lue = grille._lire.__wrapped__("cadre")

    assert (lue.criteres, lue.applicables, lue.respectes, lue.taux) == (3, 2, 1, 50)
    assert [d.taux for d in lue.documents] == [100, 50]
    assert lue.moyenne == 75
    assert [(e.critere, e.documents) for e in lue.ecarts] == [("1.1", ("P02",))]


def test_la_declaration_dit_ce_que_dit_la_grille(client, db):
    lue = grille.lire()
    page = client.get("/accessibilite/").text.replace("\u00a0", " ")

    assert f"{lue.taux} %" in page
    assert f"{lue.respectes} critères respectés sur {lue.applicables} applicables" in page
    for ecart in lue.ecarts:
        assert f"{ecart.critere}. {ecart.sujet}" in page
        assert ecart.raison.replace("'", "&#x27;") in page
    for document in lue.documents:
        assert f"{document.code}, {document.titre}" in page
    assert "lecteur d’écran" in page
    assert "veraPDF" in page
