"""The lines of a contractuel, worked out by hand from the rates of 2026: no published example exists."""

from decimal import Decimal

import pytest

from opportunites.remuneration.bulletin.situation import Employeur
from tests.opportunites.remuneration.aide import bulletin_contractuel, euros

#: 5 000 € of base, two children (SFT at the highest index: 117,30 €), zone 3: gross 5 117,30 €; PSS 4 005 €.
ATTENDUS = {
    "TIB": "5000.00",
    "SFT": "117.30",
    "brut": "5117.30",
    "IRCANTEC_TA_S": "113.74",
    "IRCANTEC_TB_S": "70.25",
    "VIEILLESSE_PLAF_S": "276.35",
    "VIEILLESSE_DEPLAF_S": "20.47",
    "CSG_base": "5027.75",
    "CSG_DED": "341.89",
    "CSG_NDED": "120.67",
    "CRDS": "25.14",
    "net_avant_PAS": "4148.79",
    "net_imposable": "4294.60",
    "IRCANTEC_TA_P": "171.01",
    "IRCANTEC_TB_P": "126.86",
    "VIEILLESSE_PLAF_P": "342.43",
    "VIEILLESSE_DEPLAF_P": "107.98",
    "MALADIE_RG_P": "665.25",
    "AF_RG_P": "268.66",
    "AT_P": "76.76",
    "CHOMAGE_P": "207.25",
    "FNAL_P": "25.59",
    "CSA_P": "15.35",
    "VM_P": "0.00",
    "CNFPT_P": "46.06",
    "CNFPT_APPR_P": "5.12",
    "total_patronal": "2058.32",
    "cout_employeur": "7175.62",
}


@pytest.mark.parametrize(("code", "montant"), ATTENDUS.items())
def test_un_bulletin_de_contractuel(code, montant):
    assert bulletin_contractuel(tib="5000", enf=2).montant(code) == euros(montant)


@pytest.mark.parametrize(
    "code", ["NBI", "TPP", "CNRACL_S", "RAFP_S", "CNRACL_P", "RAFP_P", "ATIACL"]
)
def test_il_n_a_rien_du_titulaire(code):
    assert bulletin_contractuel(ifse="1000").ligne(code) is None


def test_la_tranche_b_s_arrete_a_huit_plafonds():
    assert bulletin_contractuel(tib="32040").montant("IRCANTEC_TB_S") == euros("1979.27")
    assert bulletin_contractuel(tib="40000").montant("IRCANTEC_TB_S") == euros("1979.27")


def test_sous_le_plafond_il_n_y_a_pas_de_tranche_b():
    assert bulletin_contractuel(tib="4005").montant("IRCANTEC_TB_S") == 0
    assert bulletin_contractuel(tib="4005").montant("IRCANTEC_TA_S") == euros("113.74")


def test_le_chomage_s_arrete_a_quatre_plafonds():
    haut = bulletin_contractuel(tib="20000")
    assert haut.montant("CHOMAGE_P") == euros("648.81")


def test_les_taux_propres_a_l_employeur_sont_inconnus_jamais_nuls():
    b = bulletin_contractuel(employeur=Employeur())
    assert {ligne.code for ligne in b.inconnues} == {"AT_P", "CHOMAGE_P", "VM_P"}
    assert b.fourchette("cout_employeur").haut is None
    assert any("taux inconnu" in p for p in b.prudences)


def test_un_employeur_qui_s_auto_assure_dit_zero_et_le_cout_est_exact():
    b = bulletin_contractuel(employeur=Employeur(vm=Decimal(0), at=Decimal(0), chomage=Decimal(0)))
    assert b.fourchette("cout_employeur").est_exact


def test_le_supplement_familial_d_un_contrat_sans_indice_porte_une_prudence():
    assert any("point d’indice" in p for p in bulletin_contractuel(tib="5000", enf=2).prudences)
    assert not any("point d’indice" in p for p in bulletin_contractuel(inm=600, enf=2).prudences)


def test_un_cia_qui_passe_le_plafond_dit_qu_il_n_est_pas_regularise():
    def dit(cia):
        return any(
            "régularisation" in p for p in bulletin_contractuel(tib="3500", cia_an=cia).prudences
        )

    assert dit("505.01")
    assert not dit("505")
