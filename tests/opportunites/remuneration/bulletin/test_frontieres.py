"""The very day a figure changes, and its eve."""

from datetime import date
from decimal import Decimal

import pytest

from opportunites.remuneration.bulletin.gains import traitement_seul
from opportunites.remuneration.erreurs import SaisieRefusee
from tests.opportunites.remuneration.aide import BAREMES, bulletin, bulletin_contractuel, situation


@pytest.mark.parametrize(
    ("jour", "point"),
    [
        ("2010-01-01", "55.2871"),
        ("2010-06-30", "55.2871"),
        ("2010-07-01", "55.5635"),
        ("2016-06-30", "55.5635"),
        ("2016-07-01", "55.8969"),
        ("2017-01-31", "55.8969"),
        ("2017-02-01", "56.2323"),
        ("2022-06-30", "56.2323"),
        ("2022-07-01", "58.2004"),
        ("2023-06-30", "58.2004"),
        ("2023-07-01", "59.0734"),
        ("2026-12-31", "59.0734"),
    ],
)
def test_la_valeur_du_point(jour, point):
    assert BAREMES.point(date.fromisoformat(jour)).valeur == Decimal(point)


def test_le_traitement_du_31_decembre_2009_est_refuse():
    with pytest.raises(SaisieRefusee, match=r"1er.janvier.2010"):
        BAREMES.point(date(2009, 12, 31))
    assert traitement_seul(situation(inm=500, date=date(2010, 1, 1)), BAREMES) == Decimal("2303.63")


@pytest.mark.parametrize(
    ("code", "jour", "taux"),
    [
        ("CNRACL_P", "2023-12-31", "0.3065"),
        ("CNRACL_P", "2024-01-01", "0.3165"),
        ("CNRACL_P", "2024-12-31", "0.3165"),
        ("CNRACL_P", "2025-01-01", "0.3465"),
        ("CNRACL_P", "2025-12-31", "0.3465"),
        ("CNRACL_P", "2026-01-01", "0.3765"),
        ("CNRACL_P", "2026-12-31", "0.3765"),
        ("CNRACL_P", "2027-01-01", "0.4065"),
        ("CNRACL_P", "2027-12-31", "0.4065"),
        ("CNRACL_P", "2028-01-01", "0.4365"),
        ("MALADIE_P", "2023-12-31", "0.0988"),
        ("MALADIE_P", "2024-01-01", "0.0888"),
        ("MALADIE_P", "2024-12-31", "0.0888"),
        ("MALADIE_P", "2025-01-01", "0.0988"),
        ("IRCANTEC_TA_S", "2025-12-31", "0.0280"),
        ("IRCANTEC_TA_S", "2026-01-01", "0.0284"),
        ("IRCANTEC_TB_S", "2026-01-01", "0.0706"),
        ("IRCANTEC_TA_P", "2026-01-01", "0.0427"),
        ("IRCANTEC_TB_P", "2025-12-31", "0.1255"),
        ("IRCANTEC_TB_P", "2026-01-01", "0.1275"),
        ("VIEILLESSE_DEPLAF_P", "2025-12-31", "0.0202"),
        ("VIEILLESSE_DEPLAF_P", "2026-01-01", "0.0211"),
    ],
)
def test_le_taux_change_le_jour_dit(code, jour, taux):
    assert BAREMES.taux(code, date.fromisoformat(jour)).valeur == Decimal(taux)


@pytest.mark.parametrize(
    ("jour", "cnracl", "maladie"),
    [
        ("2024-12-31", "807.08", "226.44"),
        ("2025-01-01", "883.58", "251.94"),
        ("2025-12-31", "883.58", "251.94"),
        ("2026-01-01", "960.08", "251.94"),
        ("2027-01-01", "1036.58", "251.94"),
        ("2028-01-01", "1113.08", "251.94"),
    ],
)
def test_le_bulletin_suit(jour, cnracl, maladie):
    b = bulletin(date=date.fromisoformat(jour))
    assert (b.montant("CNRACL_P"), b.montant("MALADIE_P")) == (Decimal(cnracl), Decimal(maladie))


@pytest.mark.parametrize(
    ("jour", "retenue"),
    [("2024-12-31", "266.62"), ("2025-01-01", "270.83"), ("2026-01-01", "276.35")],
)
def test_le_plafond_du_contractuel_change_au_1er_janvier(jour, retenue):
    b = bulletin_contractuel(date=date.fromisoformat(jour), tib="6000")
    assert b.montant("VIEILLESSE_PLAF_S") == Decimal(retenue)


def test_un_bulletin_entier_commence_le_1er_janvier_2024():
    assert bulletin(date=date(2024, 1, 1)).montant("brut") == Decimal("2550.00")
    with pytest.raises(SaisieRefusee) as refus:
        bulletin(date=date(2023, 12, 31))
    assert [r.cle for r in refus.value.refus] == ["date"]
    assert "1er\u00a0janvier\u00a02024" in str(refus.value)


def test_rien_ne_se_calcule_apres_la_derniere_annee_connue():
    assert BAREMES.dernier_jour == date(2028, 12, 31)
    assert bulletin(date=date(2028, 12, 31)).montant("brut") == Decimal("2550.00")
    with pytest.raises(SaisieRefusee, match=r"31.décembre.2028"):
        bulletin(date=date(2029, 1, 1))


def test_un_plafond_pas_encore_connu_n_arrete_que_ceux_qu_il_touche():
    """2027 has no plafond yet: under that of 2026 it cannot matter, for a plafond never goes down."""
    assert bulletin_contractuel(date=date(2027, 1, 1), tib="4005").montant("IRCANTEC_TB_S") == 0
    with pytest.raises(SaisieRefusee) as refus:
        bulletin_contractuel(date=date(2027, 1, 1), tib="4005.01")
    assert refus.value.refus[0].cle == "date"
    assert "31\u00a0décembre\u00a02026" in str(refus.value)
    assert bulletin(date=date(2027, 1, 1), ifse="13000").montant("brut") == Decimal("15517.58")
    with pytest.raises(SaisieRefusee):
        bulletin(date=date(2027, 1, 1), ifse="14000")
