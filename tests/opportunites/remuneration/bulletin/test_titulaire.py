"""The lines of a titulaire that no published example covers."""

from decimal import Decimal
from fractions import Fraction

import pytest

from opportunites.remuneration.bulletin.situation import Employeur, Fnal
from tests.opportunites.remuneration.aide import SIX_SEPTIEMES, bulletin, euros


@pytest.mark.parametrize(
    ("champs", "montant"),
    [
        ({"inm": 366, "zone": 1}, "54.05"),
        ({"inm": 366, "zone": 2}, "18.02"),
        ({"inm": 366, "zone": 3}, "0.00"),
        ({"inm": 518, "nbi": 25, "zone": 1}, "80.19"),
        ({"tib": "1000", "zone": 1}, "54.05"),
        ({"tib": "1000", "zone": 1, "quot": Fraction(1, 2)}, "27.03"),
    ],
)
def test_l_indemnite_de_residence_a_un_plancher(champs, montant):
    assert bulletin(**champs).montant("IR") == euros(montant)


@pytest.mark.parametrize(
    ("champs", "montant"),
    [
        ({"inm": 454, "enf": 2}, "77.72"),
        ({"inm": 453, "enf": 2}, "77.72"),
        ({"inm": 455, "enf": 2}, "77.87"),
        ({"inm": 722, "enf": 2}, "117.30"),
        ({"inm": 723, "enf": 2}, "117.30"),
        ({"inm": 721, "enf": 2}, "117.15"),
        ({"inm": 697, "nbi": 25, "enf": 2}, "117.30"),
        ({"inm": 440, "nbi": 25, "enf": 2}, "79.34"),
        ({"inm": 600, "enf": 3}, "251.53"),
        ({"inm": 600, "enf": 4}, "433.32"),
        ({"inm": 600, "enf": 5}, "615.11"),
    ],
)
def test_le_supplement_familial_compte_la_nbi_et_borne_l_indice(champs, montant):
    assert bulletin(**champs).montant("SFT") == euros(montant)


@pytest.mark.parametrize(
    ("cat", "ifse", "abattement"),
    [
        ("A", "700", "-32.42"),
        ("B", "700", "-23.17"),
        ("C", "700", "-13.92"),
        ("A", "32.42", "-32.42"),
        ("A", "32.41", "-32.41"),
        ("A", "0", "0"),
    ],
)
def test_le_transfert_ne_depasse_jamais_les_primes(cat, ifse, abattement):
    assert bulletin(cat=cat, ifse=ifse).montant("TPP") == euros(abattement)


def test_le_transfert_ne_s_impute_pas_sur_l_indemnite_compensatrice():
    """Nor on the indemnité de résidence, nor on the SFT."""
    b = bulletin(ind_csg="40", zone=1, enf=2)
    assert b.montant("TPP") == 0
    assert b.montant("brut") == euros("2550.00") + euros("76.50") + euros("87.17") + 40


def test_l_indemnite_compensatrice_est_dans_l_assiette_du_rafp_et_de_la_csg():
    sans, avec = bulletin(), bulletin(ind_csg="40")
    assert avec.montant("RAFP_base") - sans.montant("RAFP_base") == 40
    assert avec.montant("CSG_base") - sans.montant("CSG_base") == euros("39.30")
    assert avec.montant("CNRACL_S") == sans.montant("CNRACL_S")


def test_la_nbi_porte_la_cnracl_mais_ni_l_atiacl_ni_le_plafond_du_rafp():
    sans, avec = bulletin(ifse="3000"), bulletin(ifse="3000", nbi=25)
    assert avec.montant("CNRACL_S") == sans.montant("CNRACL_S") + euros("13.66")
    assert avec.montant("ATIACL") == sans.montant("ATIACL")
    assert avec.montant("RAFP_base") == sans.montant("RAFP_base") == euros("510.00")


def test_la_prime_de_responsabilite_est_une_prime():
    b = bulletin(prime_resp="0.15", ifse="100")
    assert b.montant("PRIME_RESP") == euros("382.50")
    assert b.montant("primes") == euros("482.50")
    assert b.montant("TPP") == euros("-32.42")


@pytest.mark.parametrize(
    ("fnal", "tib", "montant"),
    [
        (Fnal.GRAND, "5000", "25.00"),
        (Fnal.PETIT, "4000", "4.00"),
        (Fnal.PETIT, "5000", "4.01"),
        (Fnal.AUCUN, "5000", "0"),
    ],
)
def test_le_fnal_depend_de_la_taille(fnal, tib, montant):
    b = bulletin(tib=tib, employeur=Employeur(fnal=fnal, vm=Decimal(0)))
    assert b.montant("FNAL_P") == euros(montant)


def test_la_csg_n_a_plus_d_abattement_au_dela_de_quatre_plafonds():
    """4 × 4 005 € in November 2026."""
    assert bulletin(ifse="13502.42").montant("CSG_base") == euros("15739.65")
    assert bulletin(ifse="13503.42").montant("CSG_base") == euros("15740.65")


@pytest.mark.parametrize(
    ("quot", "code", "montant"),
    [
        (SIX_SEPTIEMES, "TIB", "2185.72"),
        (SIX_SEPTIEMES, "NBI", "105.49"),
        (SIX_SEPTIEMES, "IFSE", "600.00"),
        (SIX_SEPTIEMES, "TPP", "-27.79"),
        (Fraction(32, 35), "TIB", "2331.43"),
        (Fraction(32, 35), "TPP", "-29.64"),
        (Fraction(1, 2), "TIB", "1275.00"),
        (Fraction(1, 2), "TPP", "-16.21"),
    ],
)
def test_le_temps_partiel_reduit_chaque_ligne(quot, code, montant):
    assert bulletin(quot=quot, nbi=25, ifse="700").montant(code) == euros(montant)


@pytest.mark.parametrize(
    ("quot", "enf", "montant"),
    [
        (SIX_SEPTIEMES, 1, "2.29"),
        (SIX_SEPTIEMES, 2, "100.54"),
        (Fraction(1, 2), 2, "77.72"),
        (Fraction(1, 2), 3, "194.04"),
    ],
)
def test_a_temps_partiel_le_supplement_familial_garde_le_minimum_du_plein(quot, enf, montant):
    assert bulletin(inm=900, quot=quot, enf=enf).montant("SFT") == euros(montant)


def test_la_base_saisie_remplace_l_indice():
    assert bulletin(base="4000").montant("CNRACL_S") == euros("444.00")
    b = bulletin(tib="3000", base="4000")
    assert (b.montant("TIB"), b.montant("NBI")) == (3000, 1000)
    assert b.montant("CNRACL_S") == euros("444.00")
    assert b.montant("ATIACL") == euros("12.00")
