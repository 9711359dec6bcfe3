"""Every amount of the reference examples, published or derived, within its own tolerance."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from opportunites.remuneration.baremes.lecture import DEBUT_BULLETIN
from opportunites.remuneration.bulletin.calcul import calculer
from opportunites.remuneration.bulletin.sorties import sorties
from opportunites.remuneration.bulletin.titulaire import assiette_rafp
from opportunites.remuneration.montants import arrondi
from opportunites.remuneration.notation import lire
from tests.opportunites.remuneration.aide import BAREMES, JOUR

DOSSIER = Path(__file__).parent
TOLERANCE_BULLETIN = Decimal("0.02")
#: The examples were written with other names than the command's.
CLES = {"TIB": "tib", "enfants": "enf"}
COLONNES = {
    "CNRACL_agent": "CNRACL_S",
    "RAFP_agent": "RAFP_S",
    "CSG_ded": "CSG_DED",
    "CSG_nded": "CSG_NDED",
    "total_patronal_2026_hors_VM": "total_patronal",
}


def lignes(nom):
    with (DOSSIER / nom).open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


def entrees_de(texte):
    return dict(paire.split("=") for paire in texte.split(";"))


def demande(entrees):
    """The same inputs in the notation of the command; NBI is an amount there, hence a base."""
    entrees = dict(entrees)
    if nbi := entrees.pop("NBI", None):
        entrees["base"] = str(Decimal(entrees["TIB"]) + Decimal(nbi))
    texte = ";".join(f"{CLES.get(cle, cle)}={valeur}" for cle, valeur in entrees.items())
    return lire(texte, JOUR, BAREMES)


def rafp_seul(entrees):
    """The rows of the RAFP give each part of its base, avantages en nature and GIPA with them."""
    accessoires = sum(Decimal(entrees[cle]) for cle in ("primes", "SFT", "IR", "avantages"))
    base = assiette_rafp(
        accessoires,
        Decimal(entrees["TIB"]),
        BAREMES.parametre("RAFP_PLAFOND_TIB", JOUR).valeur,
        gipa=Decimal(entrees["GIPA"]),
    )
    return arrondi(BAREMES.taux("RAFP_S", JOUR).valeur * base)


@pytest.mark.parametrize(
    "exemple",
    lignes("exemples_paie.csv"),
    ids=lambda e: f"{e['id']} {e['sortie']} [{e['confiance']}] {e['source']}",
)
def test_un_montant_de_reference_est_retrouve(exemple):
    entrees = entrees_de(exemple["entrees"])
    if "GIPA" in entrees:
        obtenu = rafp_seul(entrees)
    else:
        obtenu = sorties(calculer(demande(entrees).situation, BAREMES))[exemple["sortie"]]
    ecart = abs(obtenu - Decimal(exemple["valeur_attendue"]))
    assert ecart <= Decimal(exemple["tolerance_eur"]), obtenu


def cas_des_bulletins():
    for ligne in lignes("bulletins_exemples.csv"):
        for colonne, attendu in ligne.items():
            if colonne not in ("cas", "entrees"):
                yield pytest.param(
                    ligne["entrees"],
                    COLONNES.get(colonne, colonne),
                    Decimal(attendu),
                    id=f"{ligne['cas']} : {colonne} [D] bulletins_exemples.csv",
                )


@pytest.mark.parametrize(("entrees", "sortie", "attendu"), list(cas_des_bulletins()))
def test_un_bulletin_de_reference_est_retrouve(entrees, sortie, attendu):
    situation = lire(f"{entrees};annee=2026;vm=0", JOUR, BAREMES).situation
    assert abs(sorties(calculer(situation, BAREMES))[sortie] - attendu) <= TOLERANCE_BULLETIN


def test_toutes_les_lignes_de_reference_sont_essayees():
    assert len(lignes("exemples_paie.csv")) == 135
    assert len(list(cas_des_bulletins())) == 5 * 16


def test_les_traitements_d_avant_les_bulletins_valent_aussi_a_leur_date():
    """The TIB rows of 2022 and 2023 again, from the date instead of the point typed by hand."""
    for exemple in lignes("exemples_paie.csv"):
        debut = {"TIB 2e sem. 2023": "2023-07-01", "TIB 2022-07": "2022-07-01"}
        for nature, jour in debut.items():
            if not exemple["nature"].startswith(nature):
                continue
            seul = lire(f"inm={entrees_de(exemple['entrees'])['inm']};date={jour}", JOUR, BAREMES)
            assert seul.situation.date < DEBUT_BULLETIN
            assert seul.est_un_traitement_seul
            assert seul.traitement(BAREMES) == Decimal(exemple["valeur_attendue"])
