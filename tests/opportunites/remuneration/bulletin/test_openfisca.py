"""A thousand random payslips of titulaires, as OpenFisca-France computed them (recorded, with its version)."""

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from opportunites.remuneration.bulletin.calcul import calculer
from tests.opportunites.remuneration.aide import BAREMES, situation

TEMOINS = Path(__file__).parent / "temoins_openfisca.csv"
LIGNES = ("SFT", "CNRACL_S", "RAFP_S", "CSG_DED", "CSG_NDED", "CRDS")
CENTIME = Decimal("0.01")


@cache
def temoins():
    with TEMOINS.open(encoding="utf-8", newline="") as fichier:
        version = fichier.readline()
        return version, list(csv.DictReader(fichier))


def paie(temoin):
    annee, mois = temoin["mois"].split("-")
    return calculer(
        situation(
            date=date(int(annee), int(mois), 1),
            inm=int(temoin["inm"]),
            nbi=int(temoin["nbi"]),
            enf=int(temoin["enfants"]),
            primes=temoin["primes"],
            ir=temoin["ir"],
        ),
        BAREMES,
    )


@cache
def paies():
    """Each recorded payslip beside ours."""
    return [(temoin, paie(temoin)) for temoin in temoins()[1]]


def test_le_fichier_dit_sa_version_et_compte_mille_bulletins():
    version, lignes = temoins()
    assert version.startswith("# openfisca-france 176.1.8")
    assert len(lignes) == 1000
    assert {t["mois"][:4] for t in lignes} == {"2024", "2025"}


@pytest.mark.parametrize("code", LIGNES)
def test_la_ligne_de_l_agent_est_celle_d_openfisca_au_centime(code):
    ecarts = [
        (temoin, bulletin.montant(code))
        for temoin, bulletin in paies()
        if abs(bulletin.montant(code) - Decimal(temoin[code])) > CENTIME
    ]
    assert not ecarts, ecarts[:3]
