"""From a grade and an échelon to an index; those that do not exist together are refused with those that do."""

from datetime import date

import pytest

from opportunites.remuneration.baremes import grilles
from opportunites.remuneration.erreurs import SaisieRefusee
from opportunites.remuneration.montants import arrondi
from tests.opportunites.remuneration.aide import BAREMES, JOUR


@pytest.mark.parametrize(
    ("grade", "echelon", "chevron", "inm"),
    [
        ("Attaché", "1", 1, 395),
        ("Attaché", "6", 1, 518),
        ("Attaché principal", "10", 1, 826),
        ("Attaché hors classe", "spécial", 1, 895),
        ("Attaché hors classe", "spécial", 3, 977),
        ("Ingénieur principal", "6", 1, 735),
    ],
)
def test_un_echelon_a_son_indice(grade, echelon, chevron, inm):
    assert grilles.classement(BAREMES, grade, echelon, JOUR, chevron=chevron).inm == inm


@pytest.mark.parametrize(
    ("grade", "echelon", "chevron", "cle", "admis"),
    [
        ("Attaché", "12", 1, "echelon", "11"),
        ("Attaché", "", 1, "echelon", "1, 2"),
        ("Astronaute", "1", 1, "grade", "Attaché principal"),
        ("Attaché hors classe", "spécial", 4, "chevron", "1, 2 ou 3"),
    ],
)
def test_ce_qui_n_existe_pas_est_refuse_avec_ce_qui_existe(grade, echelon, chevron, cle, admis):
    with pytest.raises(SaisieRefusee) as refus:
        grilles.classement(BAREMES, grade, echelon, JOUR, chevron=chevron)
    assert refus.value.refus[0].cle == cle
    assert admis in str(refus.value)


def test_avant_les_grilles_la_date_est_refusee():
    with pytest.raises(SaisieRefusee) as refus:
        grilles.classement(BAREMES, "Attaché", "1", date(2023, 12, 31))
    assert refus.value.refus[0].cle == "date"


def test_une_ligne_de_memoire_porte_sa_prudence():
    assert (
        "de mémoire"
        in grilles.classement(BAREMES, "Administrateur hors classe", "1", JOUR).prudence
    )
    assert not grilles.classement(BAREMES, "Attaché", "1", JOUR).prudence


@pytest.mark.parametrize(
    ("inm", "echelon"), [(395, "1"), (396, "2"), (518, "5"), (519, "6"), (2000, "10")]
)
def test_le_reclassement_va_a_l_indice_egal_ou_immediatement_superieur(inm, echelon):
    """The grid of ingénieur: 395, 424, 450, 483, 518, 545 and so on to 678."""
    assert grilles.a_indice_egal_ou_superieur(BAREMES, "Ingénieur", inm, JOUR).echelon == echelon


def test_chaque_traitement_ecrit_dans_les_grilles_est_celui_de_son_indice():
    point = BAREMES.point(JOUR).valeur
    for ligne in BAREMES.grilles:
        assert arrondi(ligne.entier("inm") * point / 12) == ligne.decimal(
            "traitement_brut_mensuel_eur"
        )


def test_un_indice_brut_n_a_qu_un_indice_majore():
    vus = {}
    for ligne in BAREMES.grilles:
        assert vus.setdefault(ligne.texte("indice_brut"), ligne.entier("inm")) == ligne.entier(
            "inm"
        )


def test_les_chevrons_des_grilles_sont_ceux_du_hors_echelle():
    lettres = {
        f"{e.texte('groupe')}{e.entier('chevron')}": e.entier("inm")
        for e in BAREMES.tables["hors_echelle"]
    }
    for ligne in BAREMES.grilles:
        if ligne.texte("indice_brut").startswith("HE"):
            assert lettres[ligne.texte("indice_brut")] == ligne.entier("inm")


def test_on_n_est_reclasse_ni_eleve_ni_a_l_echelon_special():
    assert (
        grilles.a_indice_egal_ou_superieur(BAREMES, "Ingénieur en chef", 366, JOUR).echelon == "1"
    )
    assert (
        grilles.a_indice_egal_ou_superieur(BAREMES, "Attaché hors classe", 900, JOUR).echelon == "6"
    )
