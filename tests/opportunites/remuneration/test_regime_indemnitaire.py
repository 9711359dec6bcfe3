"""Délibérations side by side; the State's ceilings inform and never block."""

from datetime import date

import pytest

from opportunites.remuneration.erreurs import SaisieRefusee
from opportunites.remuneration.regime_indemnitaire import (
    LigneRegime,
    comparer_regimes,
    depassement_du_plafond,
)
from tests.opportunites.remuneration.aide import BAREMES, euros

DU = date(2026, 1, 1)


def regime(collectivite, groupe, minimum, maximum, indicatif=None):
    montants = (None if m is None else euros(m) for m in (minimum, maximum, indicatif))
    return LigneRegime(collectivite, groupe, *montants, DU)


def test_l_ecart_va_du_plus_bas_au_plus_haut_de_chaque_groupe():
    a1, a2 = comparer_regimes(
        [
            regime("Ville", "A2", 6000, 12000, 9000),
            regime("Métropole", "A2", 7000, 15000, 11000),
            regime("Région", "A1", 9000, 20000),
            regime("Ville", "A1", 8000, None, 14000),
        ]
    )
    assert (a1.groupe, a2.groupe) == ("A1", "A2")
    assert a2.indicatif.ecart == 2000
    assert (a2.maximum.bas, a2.maximum.haut) == (12000, 15000)
    assert a1.absents == ("Métropole",)
    assert a1.maximum.ecart == 0
    assert a1.indicatif.haut == 14000


def test_un_groupe_dont_personne_ne_dit_l_indicatif_n_a_pas_d_ecart():
    assert comparer_regimes([regime("Ville", "A1", 1, 2)])[0].indicatif is None


@pytest.mark.parametrize(
    ("lignes", "rang", "dit"),
    [
        ([regime("Ville", "A1", 5, 4)], "1", "croissant"),
        ([regime("Ville", "A1", 1, 4, 5)], "1", "croissant"),
        ([regime("Ville", "A1", -1, 4)], "1", "positif"),
        ([regime("Ville", "A1", 1, 4), regime("Ville", "A1", 1, 4)], "2", "se répète"),
    ],
)
def test_une_ligne_fausse_est_refusee_avec_son_rang(lignes, rang, dit):
    with pytest.raises(SaisieRefusee) as refus:
        comparer_regimes(lignes)
    assert [r.cle for r in refus.value.refus] == [rang]
    assert dit in str(refus.value)


def test_au_plafond_meme_rien_n_est_dit():
    assert depassement_du_plafond(BAREMES, "Ingénieur territorial", 1, euros(46920)) == ""


def test_au_dela_du_plafond_une_phrase_informe():
    dit = depassement_du_plafond(BAREMES, "Ingénieur territorial", 1, euros("46920.01"))
    assert "46\u00a0920,00\u00a0€" in dit
    assert "arrêté 05/11/2021" in dit
    assert "de mémoire" not in dit


def test_un_plafond_de_memoire_le_dit():
    assert "de mémoire" in depassement_du_plafond(BAREMES, "Attaché territorial", 2, euros(40000))


def test_un_cadre_d_emplois_sans_plafond_connu_ne_dit_rien():
    assert depassement_du_plafond(BAREMES, "Inconnu", 1, euros(99999)) == ""
