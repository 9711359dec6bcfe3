"""NIR and birth dates are kept nowhere: whatever the heading, whatever was chosen by hand."""

import json

import pytest

from cadres.recensement.diagnostic import corriger, diagnostiquer, proposer_colonnes
from cadres.recensement.entetes.interdits import contient_un_nir, est_un_nir
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.resultat import Diagnostic
from tests.cadres.recensement.aide import JOUR, octets_csv


def avec_cle(corps: str) -> str:
    return f"{corps}{97 - int(corps.replace('2A', '19')) % 97:02}"


CORPS = ["1850578006084", "2901235123456", "278112A123456"]


def diagnostic(colonne: str, valeurs: list[str], champ: str) -> Diagnostic:
    lignes = [["Nom", "Prénom", colonne]]
    lignes += [[f"NOM{'ABCDEFGHIJKL'[i]}", "Anne", v] for i, v in enumerate(valeurs)]
    classeur = lire(octets_csv(lignes), "x.csv")
    choix = {colonne: champ} if champ else None
    return diagnostiquer(classeur, existants=[], correspondance=choix, aujourdhui=JOUR)


@pytest.mark.parametrize("champ", ["matricule", "poste", "direction", ""])
@pytest.mark.parametrize("colonne", ["Identifiant paie", "N° SS", "Colonne X"])
def test_une_colonne_de_numeros_de_securite_sociale_est_refusee_meme_choisie(
    colonne: str, champ: str
) -> None:
    nirs = [avec_cle(c) for c in CORPS]
    diag = diagnostic(colonne, nirs, champ)
    assert not any(n in json.dumps(diag.vers_json()) for n in nirs)
    ecartee = next(c for c in diag.colonnes_ecartees if c.colonne == colonne)
    if champ:
        assert ecartee.code == "minimisation"
        assert "décret 2019-341" in ecartee.raison
    assert diag.pret == 3


def test_un_nir_perdu_dans_une_autre_colonne_n_est_ni_lu_ni_garde() -> None:
    nir = avec_cle(CORPS[0])
    valeurs = ["A1", "A2", "A3", "A4", nir, "A6", "A7"]
    diag = diagnostic("Poste", [f"Chef {v}" if v != nir else f"Chef ({nir})" for v in valeurs], "")
    assert nir not in json.dumps(diag.vers_json())
    assert [a.lignes for a in diag.avertissements if a.code == "nir"] == [(6,)]
    assert diag.pret == 7


@pytest.mark.parametrize("champ", ["date_entree_poste", "matricule", "poste"])
def test_des_dates_de_naissance_choisies_a_la_main_sont_refusees(champ: str) -> None:
    naissances = ["12/05/1975", "03/11/1968", "21/01/1982", "30/06/1990"]
    diag = diagnostic("DT_N", naissances, champ)
    assert "1975" not in json.dumps(diag.vers_json())
    assert [(c.colonne, c.code) for c in diag.colonnes_ecartees] == [("DT_N", "minimisation")]
    assert "L131-1" in diag.colonnes_ecartees[0].raison


@pytest.mark.parametrize("colonne", ["Date de naissance", "DDN", "N° Sécurité sociale"])
def test_un_intitule_qui_le_dit_suffit_quoi_qu_on_choisisse(colonne: str) -> None:
    diag = diagnostic(colonne, ["01/02/2019"], "date_entree_poste")
    assert [c.code for c in diag.colonnes_ecartees] == ["minimisation"]
    assert diag.nouveaux[0].date_entree_poste is None


def test_de_vraies_dates_d_affectation_passent_meme_anciennes() -> None:
    dates = ["01/03/2001", "01/09/1999", "15/06/2003"]
    diag = diagnostic("Date d'affectation", dates, "")
    assert all(c.date_entree_poste for c in diag.nouveaux)
    recentes = ["01/03/2019", "01/09/1999", "15/06/2003", "01/02/2022"]
    assert all(
        c.date_entree_poste for c in diagnostic("DT_X", recentes, "date_entree_poste").nouveaux
    )


def test_l_exemple_d_une_colonne_refusee_n_est_pas_montre() -> None:
    nirs = [avec_cle(c) for c in CORPS]
    lignes = [["Nom", "Prénom", "Ident"], *[["A", "B", n] for n in nirs]]
    colonnes = proposer_colonnes(lire(octets_csv(lignes), "x.csv"), {"Ident": "matricule"})
    assert colonnes[2].exemple == ""


def test_la_cle_distingue_un_nir_d_un_long_matricule() -> None:
    assert est_un_nir(avec_cle(CORPS[0]))
    assert est_un_nir(avec_cle(CORPS[2]))
    assert not est_un_nir("185057800608499")
    assert not est_un_nir("00012345")
    assert contient_un_nir(f"voir {avec_cle(CORPS[0])}")
    assert not contient_un_nir("tél. 02 38 00 00 00, poste 1234")


def test_un_nir_saisi_en_correction_n_est_pas_garde_non_plus() -> None:
    nir = avec_cle(CORPS[0])
    diag = diagnostic("Cat.", ["Z", "A"], "")
    for valeur in (nir, f"n° {nir}"):
        corrige = corriger(diag, {(2, "matricule"): valeur}, existants=[], aujourdhui=JOUR)
        assert nir not in json.dumps(corrige.vers_json())
        des_la_lecture = diagnostiquer(
            lire(octets_csv([["Nom", "Prénom"], ["A", "B"]]), "x.csv"),
            existants=[],
            corrections={(2, "matricule"): valeur},
            aujourdhui=JOUR,
        )
        assert [a.lignes for a in des_la_lecture.avertissements if a.code == "nir"] == [(2,)]
        assert des_la_lecture.nouveaux[0].matricule == ""
