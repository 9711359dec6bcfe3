"""`manage.py estimer_paie`: its keys, its outputs, and its refusals in one sentence with status 2."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from opportunites.management.commands.estimer_paie import Command

CLES = (
    "inm, point, tib, base, nbi, zone, enf, ifse, primes, cia_m, cia_an, quot, statut, cat, date, "
    "annee, voie, ind_csg, tpp, vm, fnal"
)
SORTIES = (
    "TIB NBI IR SFT primes TPP brut CNRACL_S RAFP_base RAFP_S CSG_base CSG_DED CSG_NDED CRDS "
    "net_avant_PAS net_imposable CNRACL_P RAFP_P MALADIE_P AF_P ATIACL FNAL_P CSA_P VM_P CNFPT_P "
    "total_patronal cout_employeur"
).split()
CONTRACTUEL = (
    "IRCANTEC_TA_S IRCANTEC_TB_S IRCANTEC_TA_P IRCANTEC_TB_P VIEILLESSE_PLAF_S VIEILLESSE_DEPLAF_S "
    "VIEILLESSE_PLAF_P VIEILLESSE_DEPLAF_P MALADIE_RG_P AF_RG_P"
).split()


def estimer(texte):
    sortie, a_cote = StringIO(), StringIO()
    call_command("estimer_paie", texte, "--json", stdout=sortie, stderr=a_cote)
    return json.loads(sortie.getvalue()), a_cote.getvalue()


def test_l_exemple_du_ticket():
    montants, _ = estimer("inm=518;enf=2;ifse=700;date=2026-11-01")
    assert list(montants) == SORTIES
    assert montants["brut"] == 3304.75
    assert montants["net_avant_PAS"] == 2681.25
    assert montants["cout_employeur"] == 4732.25
    assert montants["TPP"] == -32.42


def test_un_contractuel_a_aussi_ses_lignes():
    montants, _ = estimer("statut=contractuel;inm=600;ifse=1500;date=2026-11-01")
    assert set(montants) == {*SORTIES, *CONTRACTUEL}
    assert montants["CNRACL_S"] == montants["RAFP_S"] == montants["TPP"] == 0


def test_le_tableau_dit_chaque_ligne_et_sa_formule():
    sortie = StringIO()
    call_command("estimer_paie", "inm=518;date=2026-11-01", stdout=sortie, stderr=StringIO())
    lignes = sortie.getvalue().splitlines()
    assert [ligne.split()[0] for ligne in lignes] == SORTIES
    assert "2\u00a0550,00" in lignes[0]
    assert "518 points" in lignes[0]
    assert "inconnu" in next(ligne for ligne in lignes if ligne.startswith("VM_P"))


def test_un_taux_tu_est_dit_a_cote_des_nombres():
    assert "Versement mobilité" in estimer("inm=518;date=2026-11-01")[1]
    assert estimer("inm=518;date=2026-11-01;vm=0")[1] == ""


@pytest.mark.parametrize("vm", ["0.018", "0,018", "1.8", "1,8 %", "1.8%"])
def test_un_taux_s_ecrit_de_plusieurs_facons(vm):
    assert estimer(f"inm=518;date=2026-11-01;vm={vm}")[0]["VM_P"] == 45.90


@pytest.mark.parametrize("quot", ["6/7", "80 %", "80", "0.8", "0,8", "0.857142857"])
def test_le_temps_partiel_s_ecrit_de_plusieurs_facons(quot):
    assert estimer(f"inm=518;date=2026-11-01;quot={quot}")[0]["TIB"] == 2185.72


@pytest.mark.parametrize(
    ("texte", "code", "montant"),
    [
        ("inm=518;annee=2025", "CNRACL_P", 883.58),
        ("inm=518;date=2024-12-31;annee=2024", "CNRACL_P", 807.08),
        ("tib=3000;date=2026-11-01", "CNRACL_S", 333.00),
        ("base=4000;date=2026-11-01", "CNRACL_S", 444.00),
        ("tib=3000;base=4000;date=2026-11-01", "NBI", 1000.00),
        ("inm=518;point=58.2004;date=2026-11-01", "TIB", 2512.32),
        ("inm=518;ifse=700;tpp=non;date=2026-11-01", "TPP", 0),
        ("inm=518;ifse=700;tpp=13.92;date=2026-11-01", "TPP", -13.92),
        ("inm=518;ifse=700;tpp=oui;date=2026-11-01", "TPP", -32.42),
        ("inm=518;ifse=700;cat=B;date=2026-11-01", "TPP", -23.17),
        ("inm=518;ifse=700;cat=a+;date=2026-11-01", "TPP", -32.42),
        ("inm=518;fnal=0,1 %;date=2026-11-01", "FNAL_P", 2.55),
        ("inm=518;fnal=0;date=2026-11-01", "FNAL_P", 0),
        ("inm=518;cia_m=200;date=2026-11-01", "primes", 200),
        ("inm=518;ifse=300;cia_an=2000;date=2026-11-01", "RAFP_base", 2267.58),
        ("inm=518;primes=1 234,50;date=2026-11-01", "primes", 1234.50),
        ("inm=518;ind_csg=40;date=2026-11-01", "IND_CSG", 40),
        ("inm=518;zone=1;nbi=25;date=2026-11-01", "IR", 80.19),
        (" inm = 518 ; date = 2026-11-01 ; ", "TIB", 2550),
        ("inm=461;date=2023-08-01", "TIB", 2269.40),
        ("tib=2000;quot=6/7;date=2015-01-01", "TIB", 1714.29),
    ],
)
def test_chaque_cle_change_ce_qu_elle_dit(texte, code, montant):
    assert estimer(texte)[0][code] == montant


def test_avant_2024_il_n_y_a_que_le_traitement():
    assert estimer("inm=461;date=2023-12-31")[0] == {"TIB": 2269.40}


def test_la_voie_dit_ce_qu_elle_change():
    assert "l’employeur d’origine qui paie" in estimer("inm=518;voie=mad;date=2026-11-01;vm=0")[1]


REFUS = {
    "": "Indiquez un indice",
    "foo=1": re.escape(CLES),
    "TIB=3000": "Clé inconnue « TIB »",
    "inm": "attend une valeur",
    "inm=": "attend une valeur",
    "inm=518;inm=519": "deux fois",
    "inm=cinq": "attend un nombre",
    "inm=518.5": "nombre entier",
    "inm=٥١٨": "attend un nombre",
    "inm=1e3": "attend un nombre",
    "inm=" + "9" * 5000: "attend un nombre",
    "inm=365": "de 366 à 1515",
    "inm=518;ifse=-1": "de 0 à",
    "inm=518;zone=4": "1, 2 ou 3",
    "inm=518;enf=-1": "de 0 à 20",
    "inm=518;statut=stagiaire": "titulaire ou contractuel",
    "inm=518;cat=Z": "A, B ou C",
    "inm=518;date=01/11/2026": "2026-11-01",
    "inm=518;date=2026-02-30": "2026-11-01",
    "inm=518;annee=0": "telle que 2026",
    "inm=518;date=2026-11-01;annee=2025": "L’année 2025 n’est pas celle",
    "inm=518;date=2009-12-31": "1er janvier 2010",
    "inm=518;ifse=1;date=2023-12-31": "1er janvier 2024",
    "inm=518;date=2029-01-01": "31 décembre 2028",
    "inm=518;quot=0.4": "de 50 à 100 %",
    "inm=518;quot=1/0": "telle que 6/7",
    "inm=518;quot=-6/7": "de 50 à 100 %",
    "inm=518;vm=30": "de 0 à 20 %",
    "inm=518;fnal=0.7": "0,5 %",
    "inm=518;voie=fusée": "Voie inconnue",
    "inm=518;statut=contractuel;voie=mutation": "pas ouverte à un contractuel",
    "inm=518;statut=contractuel;nbi=25": "réservée aux fonctionnaires",
    "date=2015-01-01": "Indiquez un indice",
    "tib=-5;date=2015-01-01": "de 0 à",
    "tib=2000;inm=500;date=2015-01-01": "l’un ou l’autre",
    "inm=500;point=0;date=2015-01-01": "59,0734",
    "inm=1516;date=2015-01-01": "de 1 à 1515",
}


@pytest.mark.parametrize(("texte", "dit"), REFUS.items(), ids=[t[:40] or "rien" for t in REFUS])
def test_un_refus_est_une_phrase_et_le_statut_2(texte, dit):
    with pytest.raises(CommandError) as refus:
        estimer(texte)
    message = str(refus.value).replace("\u00a0", " ")
    assert re.search(dit, message)
    assert message.endswith(".")
    assert "\n" not in message
    assert refus.value.returncode == 2


#: key → a value that changes an output, beside that of `SANS`
CHANGE = {
    "inm": "inm=519", "point": "point=58", "tib": "tib=2600", "base": "base=2600", "nbi": "nbi=25",
    "zone": "zone=1", "enf": "enf=2", "ifse": "ifse=900", "primes": "primes=10", "cia_m": "cia_m=9",
    "cia_an": "cia_an=99", "quot": "quot=6/7", "statut": "statut=contractuel", "cat": "cat=C",
    "date": "date=2025-11-01", "annee": "annee=2024", "ind_csg": "ind_csg=5", "tpp": "tpp=5",
    "vm": "vm=0.02", "fnal": "fnal=0",
}  # fmt: skip
SANS = {"inm": "inm=518", "ifse": "ifse=700", "date": "date=2026-11-01", "vm": "vm=0"}


@pytest.mark.parametrize("cle", CLES.split(", "))
def test_chaque_cle_admise_est_lue(cle):
    """`voie` changes what is said beside the figures; every other key changes a figure."""
    base = dict(SANS)
    if cle == "voie":
        assert estimer(";".join([*base.values(), "voie=MAD"]))[1]
        return
    if cle in {"tib", "base"}:
        del base["inm"]
    if cle == "annee":
        del base["date"]
    avec = estimer(";".join({**base, cle: CHANGE[cle]}.values()))[0]
    assert avec != estimer(";".join(SANS.values()))[0]


@pytest.mark.parametrize("cle", CLES.split(", "))
def test_une_valeur_illisible_est_refusee_pour_chaque_cle(cle):
    base = {k: v for k, v in SANS.items() if k != cle}
    with pytest.raises(CommandError) as refus:
        estimer(";".join([*base.values(), f"{cle}=n’importe quoi"]))
    assert refus.value.returncode == 2
    assert str(refus.value).endswith(".")
    assert "\n" not in str(refus.value)


def test_la_commande_ne_touche_pas_a_la_base():
    """No fixture of a database here: any query would fail these tests."""
    assert Command.requires_migrations_checks is False
