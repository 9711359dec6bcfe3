"""Bad input is refused in a sentence that says what is admissible, with the name of its field."""

from decimal import Decimal
from fractions import Fraction

import pytest

from opportunites.remuneration.bulletin.calcul import calculer
from opportunites.remuneration.bulletin.situation import Employeur
from opportunites.remuneration.erreurs import SaisieRefusee
from tests.opportunites.remuneration.aide import BAREMES, contractuel, situation

TITULAIRES = {
    "indice sous le minimum": ({"inm": 365}, "inm", "de 366 à 1515"),
    "indice hors de tout barème": ({"inm": 1516}, "inm", "de 366 à 1515"),
    "aucun traitement": ({"inm": None}, "inm", "Indiquez un indice"),
    "indice et traitement": ({"inm": 518, "tib": "2000"}, "tib", "l’un ou l’autre"),
    "indice et base": ({"inm": 518, "base": "2000"}, "base", "l’un ou l’autre"),
    "base sous le traitement": ({"tib": "2000", "base": "1999"}, "base", "ne peut pas être sous"),
    "base et NBI": ({"base": "2000", "nbi": 25}, "nbi", "l’une ou l’autre"),
    "IFSE négative": ({"ifse": "-1"}, "ifse", "de 0 à 100\u00a0000,00\u00a0€"),
    "IFSE démesurée": ({"ifse": "100000.01"}, "ifse", "de 0 à"),
    "IFSE qui n’est pas un nombre": ({"ifse": Decimal("NaN")}, "ifse", "de 0 à"),
    "CIA négatif": ({"cia_an": "-0.01"}, "cia_an", "de 0 à"),
    "traitement négatif": ({"tib": "-5"}, "tib", "de 0 à"),
    "abattement négatif": ({"tpp": "-1"}, "tpp", "de 0 à"),
    "point nul": ({"point": "0"}, "point", "59,0734"),
    "zone inconnue": ({"zone": 4}, "zone", "1, 2 ou 3"),
    "zone zéro": ({"zone": 0}, "zone", "1, 2 ou 3"),
    "enfants négatifs": ({"enf": -1}, "enf", "de 0 à 20"),
    "NBI négative": ({"nbi": -1}, "nbi", "de 0 à 120 points"),
    "NBI au-delà de la plus haute": ({"nbi": 121}, "nbi", "de 0 à 120 points"),
    "catégorie": ({"cat": "D"}, "cat", "A, B ou C"),
    "moins qu’un mi-temps": ({"quot": Fraction(49, 100)}, "quot", "de 1/2 à 1"),
    "plus qu’un temps plein": ({"quot": Fraction(11, 10)}, "quot", "de 1/2 à 1"),
    "trente et un trentièmes": ({"jours": 31}, "jours", "de 0 à 30"),
    "prime de responsabilité": ({"prime_resp": "0.1501"}, "prime_resp", "de 0 à 15\u00a0%"),
    "versement mobilité": ({"employeur": Employeur(vm=Decimal("0.3"))}, "vm", "de 0 à 20\u00a0%"),
}
CONTRACTUELS = {
    "NBI d’un contractuel": ({"nbi": 25}, "nbi", "réservée aux fonctionnaires"),
    "NBI dans la base": ({"tib": "2000", "base": "2100"}, "nbi", "réservée aux fonctionnaires"),
    "transfert d’un contractuel": ({"tpp": "32.42"}, "tpp", "que les fonctionnaires"),
    "chômage négatif": (
        {"employeur": Employeur(chomage=Decimal("-0.01"))},
        "chomage",
        "de 0 à 20\u00a0%",
    ),
}


@pytest.mark.parametrize(("champs", "cle", "admis"), TITULAIRES.values(), ids=TITULAIRES)
def test_la_saisie_d_un_titulaire_est_refusee(champs, cle, admis):
    _refuse(situation(**champs), cle, admis)


@pytest.mark.parametrize(("champs", "cle", "admis"), CONTRACTUELS.values(), ids=CONTRACTUELS)
def test_la_saisie_d_un_contractuel_est_refusee(champs, cle, admis):
    _refuse(contractuel(**champs), cle, admis)


def _refuse(saisie, cle, admis):
    with pytest.raises(SaisieRefusee) as refus:
        calculer(saisie, BAREMES)
    assert [r.cle for r in refus.value.refus] == [cle]
    assert admis in refus.value.refus[0].message


def test_tous_les_refus_sont_dits_ensemble():
    with pytest.raises(SaisieRefusee) as refus:
        calculer(situation(inm=1, zone=9, enf=-1, ifse="-2"), BAREMES)
    assert {r.cle for r in refus.value.refus} == {"inm", "zone", "enf", "ifse"}


@pytest.mark.parametrize(
    "champs",
    [
        {"inm": 366},
        {"inm": 1515},
        {"nbi": 120},
        {"enf": 20},
        {"ifse": "100000"},
        {"prime_resp": "0.15"},
    ],
)
def test_la_borne_elle_meme_est_admise(champs):
    assert calculer(situation(**champs), BAREMES).montant("brut") > 0
