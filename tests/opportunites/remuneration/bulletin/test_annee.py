"""The annual ceiling of the RAFP: a CIA paid at once takes up the room that earlier months left."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from opportunites.remuneration.bulletin.annee import annee_civile, annee_type
from opportunites.remuneration.bulletin.calcul import calculer, calculer_le_mois
from opportunites.remuneration.erreurs import SaisieRefusee
from tests.opportunites.remuneration.aide import BAREMES, JOUR, bulletin, euros, situation

#: TIB 2 550,00: the month's ceiling is 510,00. IFSE 300 less the abatement: 267,58 a month, 242,42 of room.
PEU = {"ifse": "300"}


def test_le_mois_du_cia_prend_la_place_laissee_par_les_mois_d_avant():
    """In November: 11 × 510,00 allowed, 10 × 267,58 already borne; 2 267,58 come, 2 934,20 could."""
    b = calculer_le_mois(situation(**PEU, cia_an="2000"), BAREMES)
    assert b.montant("RAFP_base") == euros("2267.58")
    assert bulletin(**PEU, cia_an="2000").montant("RAFP_base") == euros("510.00")


def test_la_place_ne_depasse_pas_le_plafond_de_l_annee():
    b = calculer_le_mois(situation(**PEU, cia_an="9000"), BAREMES)
    assert b.montant("RAFP_base") == 11 * euros("510.00") - 10 * euros("267.58")


def test_en_janvier_aucun_mois_n_a_laisse_de_place():
    b = calculer_le_mois(situation(**PEU, cia_an="2000", date=date(2026, 1, 15)), BAREMES)
    assert b.montant("RAFP_base") == euros("510.00")


def test_un_cia_de_janvier_est_regularise_par_les_mois_suivants():
    """Whenever it falls, the year bears the same: the least of 12 × 510,00 and of all the premiums."""
    totaux = {
        mois: annee_civile(
            situation(**PEU), 2026, {date(2026, mois, 1): Decimal(2000)}, BAREMES
        ).montant("RAFP_base")
        for mois in (1, 6, 12)
    }
    assert set(totaux.values()) == {12 * euros("267.58") + 2000}


def test_un_cia_qui_depasse_le_plafond_de_l_annee_est_borne():
    annee = annee_civile(situation(**PEU), 2026, {JOUR: Decimal(9000)}, BAREMES)
    assert annee.montant("RAFP_base") == 12 * euros("510.00")


def test_qui_est_deja_au_plafond_ne_cotise_pas_sur_son_cia():
    avec = annee_civile(situation(ifse="700"), 2026, {JOUR: Decimal(3000)}, BAREMES)
    sans = annee_civile(situation(ifse="700"), 2026, {}, BAREMES)
    assert avec.montant("RAFP_S") == sans.montant("RAFP_S") == 12 * euros("25.50")
    assert avec.montant("brut") - sans.montant("brut") == 3000


def test_l_annee_type_est_celle_ou_le_cia_vient_en_decembre():
    type_ = annee_type(situation(**PEU), Decimal(2000), BAREMES)
    civile = annee_civile(situation(**PEU), 2026, {date(2026, 12, 1): Decimal(2000)}, BAREMES)
    for code in ("brut", "RAFP_base", "RAFP_S", "net_avant_PAS", "cout_employeur"):
        assert type_.montant(code) == civile.montant(code)


def test_un_cia_dans_une_autre_annee_est_refuse():
    with pytest.raises(SaisieRefusee) as refus:
        annee_civile(situation(), 2026, {date(2027, 1, 1): Decimal(1)}, BAREMES)
    assert refus.value.refus[0].cle == "cia_date"
    assert "2026" in str(refus.value)


def test_sans_cia_le_mois_est_celui_qu_on_calcule_seul():
    seule = situation(ifse="700")
    assert calculer_le_mois(seule, BAREMES) == calculer(seule, BAREMES)


def test_une_annee_suit_les_taux_de_chaque_mois():
    annee = annee_civile(replace(situation(), date=date(2024, 5, 1)), 2025, {}, BAREMES)
    assert len(annee.bulletins) == 12
    assert annee.montant("CNRACL_P") == 12 * euros("883.58")
