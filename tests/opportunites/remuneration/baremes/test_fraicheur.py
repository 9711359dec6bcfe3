"""A figure that nobody has verified for more than twelve months is told, and one never verified always."""

from datetime import date

import pytest

from opportunites.remuneration.baremes.fraicheur import chiffres_a_revoir, est_a_revoir
from tests.opportunites.remuneration.aide import BAREMES

RELECTURE = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("aujourd_hui", "a_revoir"),
    [
        (date(2026, 11, 23), False),
        (date(2027, 11, 23), False),
        (date(2027, 11, 24), True),
    ],
)
def test_douze_mois_jour_pour_jour(aujourd_hui, a_revoir):
    assert est_a_revoir(RELECTURE, aujourd_hui) is a_revoir


def test_un_29_fevrier_n_a_pas_d_anniversaire():
    assert not est_a_revoir(date(2027, 2, 28), date(2028, 2, 29))
    assert est_a_revoir(date(2027, 2, 27), date(2028, 2, 29))


def test_ce_qui_est_de_memoire_est_toujours_a_relire():
    liste = chiffres_a_revoir(BAREMES, RELECTURE)
    assert liste
    assert {c.confiance for c in liste} == {"M"}
    assert {c.constat for c in liste} == {"jamais vérifié"}
    assert any("Attaché territorial" in c.designation for c in liste)


def test_un_an_apres_tout_ce_qui_est_en_vigueur_est_a_relire():
    liste = chiffres_a_revoir(BAREMES, date(2027, 12, 1))
    assert any(
        c.designation == "Valeur annuelle du point" or c.fichier == "point_indice.csv"
        for c in liste
    )
    assert any(c.constat == "vérifié le\u00a023\u00a0novembre\u00a02026" for c in liste)
    assert liste == sorted(liste, key=lambda c: (c.verifie_le or date.min, c.fichier, c.ligne))


def test_une_valeur_passee_n_est_plus_a_relire():
    passees = [
        c
        for c in chiffres_a_revoir(BAREMES, date(2027, 12, 1))
        if c.fichier == "plafond_securite_sociale.csv"
    ]
    assert not passees
