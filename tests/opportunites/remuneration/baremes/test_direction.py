"""The emplois fonctionnels de direction: a grid and a NBI for each band of population, or none."""

from datetime import date

import pytest

from opportunites.remuneration.baremes.direction.grille import (
    COMMUNE,
    DEPARTEMENT,
    REGION,
    Direction,
    echelons,
    emplois_de,
    nbi,
)
from opportunites.remuneration.baremes.fraicheur import chiffres_a_revoir
from tests.opportunites.remuneration.aide import BAREMES, JOUR


def indices(emploi, population, employeur=COMMUNE):
    grille = echelons(BAREMES, Direction(emploi, employeur, population), JOUR)
    return [e.indice_brut for e in grille]


@pytest.mark.parametrize(
    ("population", "premier"),
    [(80_000, "562"), (80_001, "696"), (150_000, "696"), (150_001, "790"), (400_001, "912")],
)
def test_une_strate_commence_apres_sa_borne_et_finit_avec_elle(population, premier):
    assert indices("DGST", population)[0] == premier


def test_une_lettre_a_autant_de_lignes_que_de_chevrons():
    lignes = echelons(BAREMES, Direction("DGST", COMMUNE, 100_000), JOUR)
    assert [(e.echelon, e.indice_brut, e.inm) for e in lignes[-4:]] == [
        ("8", "1027", 835),
        ("9", "HEA1", 895),
        ("9", "HEA2", 930),
        ("9", "HEA3", 977),
    ]


@pytest.mark.parametrize(
    ("emploi", "employeur", "population"),
    [
        ("DGA", COMMUNE, 100_000),
        ("DGS", COMMUNE, 60_000),
        ("DGST", COMMUNE, 10_000),
        ("DGS", DEPARTEMENT, 680_000),
        ("DGS", REGION, 2_500_000),
        ("DGS", COMMUNE, None),
    ],
)
def test_la_ou_aucune_grille_n_est_connue_il_n_y_en_a_pas(emploi, employeur, population):
    assert indices(emploi, population, employeur) == []


def test_il_n_y_a_pas_de_grille_avant_sa_date():
    assert not echelons(BAREMES, Direction("DGST", COMMUNE, 100_000), date(2023, 12, 31))


def test_ce_qui_n_est_pas_lu_dans_le_texte_en_vigueur_porte_sa_prudence():
    dgs = echelons(BAREMES, Direction("DGS", COMMUNE, 300_000), JOUR)
    assert all("à lire dans le décret en vigueur" in e.prudence for e in dgs)
    dgst = {e.indice_brut: e for e in echelons(BAREMES, Direction("DGST", COMMUNE, 300_000), JOUR)}
    assert "à un point près" in dgst["790"].prudence
    assert not dgst["843"].prudence


def test_un_indice_qui_n_est_pas_approche_est_celui_des_grilles_des_cadres_d_emplois():
    connus = {e.texte("indice_brut"): e.entier("inm") for e in BAREMES.grilles}
    lus = {
        e.texte("indice_brut"): e.entier("inm")
        for e in BAREMES.emplois_direction
        if e.confiance == "V" and e.texte("emploi") == "DGST" and e.cellules["inm"]
    }
    assert lus
    assert {brut: connus[brut] for brut in lus} == lus


def test_l_indice_monte_d_un_echelon_au_suivant():
    for code, plus_de in {
        (e.texte("emploi"), e.entier("plus_de")) for e in BAREMES.emplois_direction
    }:
        lignes = echelons(BAREMES, Direction(code, COMMUNE, plus_de + 1), JOUR)
        premiers = [e.inm for e in lignes if e.chevron in {0, 1}]
        assert premiers == sorted(set(premiers)), code


@pytest.mark.parametrize(
    ("emploi", "employeur", "population", "points"),
    [
        ("DGS", COMMUNE, 116_617, 60),
        ("DGS", COMMUNE, 290_000, 80),
        ("DGA", COMMUNE, 290_000, 50),
        ("DGA", COMMUNE, 40_000, 25),
        ("DGA", COMMUNE, 40_001, 35),
        ("DGS", DEPARTEMENT, 680_000, 80),
        ("DGA", DEPARTEMENT, 680_000, 50),
        ("DGS", REGION, 2_500_000, 100),
        ("DGA", REGION, 2_500_000, 60),
    ],
)
def test_la_nbi_de_direction_suit_la_population(emploi, employeur, population, points):
    assert nbi(BAREMES, Direction(emploi, employeur, population), JOUR).points == points


def test_la_ou_aucun_texte_n_est_connu_la_nbi_ne_l_est_pas_non_plus():
    assert nbi(BAREMES, Direction("DGST", COMMUNE, 290_000), JOUR) is None
    assert nbi(BAREMES, Direction("DGS", DEPARTEMENT, 400_000), JOUR) is None


def test_seul_le_bloc_communal_a_une_direction_technique():
    assert emplois_de(REGION) == emplois_de(DEPARTEMENT) == ("DGS", "DGA")
    assert "DGST" in emplois_de(COMMUNE)


def test_ces_chiffres_sont_de_ceux_qu_il_faut_relire():
    fichiers = {c.fichier for c in chiffres_a_revoir(BAREMES, JOUR)}
    assert {"emplois_direction.csv", "nbi_direction.csv"} <= fichiers
