"""How long a file names a person: the rules, without a database."""

from collections import Counter
from datetime import date, datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cadres.donnees_personnelles.conservation import PROJET, REGLES, decaler, echeance, regle_de
from cadres.fiche.referentiels import lire as lire_referentiel
from tests.cadres.donnees_personnelles.aide import Etat

FIN = date(2028, 6, 30)


def quand(texte):
    return timezone.make_aware(datetime.fromisoformat(texte))


def test_each_rule_quotes_a_category_of_the_source():
    categories = {ligne["categorie"] for ligne in lire_referentiel("durees_conservation")}
    assert {regle.source for regle in REGLES} <= categories | {PROJET}
    assert len({regle.cle for regle in REGLES}) == len(REGLES)


def test_every_state_has_a_rule():
    assert Counter(regle_de(etat).cle for etat in Etat) == {
        "sans_suite": 1,
        "refus": 2,
        "sortie": 2,
        "demarche": 3,
    }


@pytest.mark.parametrize(
    ("etat", "attendu"),
    [
        ("retire", date(2029, 3, 15)),
        ("non_retenu", date(2029, 3, 15)),
        ("desaccord", date(2028, 3, 15)),
        ("sans_reponse", date(2028, 3, 15)),
        ("recense", date(2028, 3, 15)),
        ("retenu", date(2030, 6, 30)),
        ("accord", date(2030, 6, 30)),
        ("informe", date(2030, 6, 30)),
    ],
)
def test_how_long_a_file_names_the_person(etat, attendu):
    contacts = [quand("2026-01-01T08:00"), None, quand("2027-03-15T23:30")]
    assert echeance(etat, contacts, FIN) == attendu


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2027, 12, 5), 1, date(2028, 1, 5)),
        (date(2027, 1, 5), -1, date(2026, 12, 5)),
    ],
)
def test_months_are_months(jour, mois, attendu):
    assert decaler(jour, mois) == attendu


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(-120, 120))
def test_a_month_later_is_in_the_right_month(jour, mois):
    apres = decaler(jour, mois)
    assert (apres.year * 12 + apres.month) - (jour.year * 12 + jour.month) == mois
    assert apres.day <= jour.day
