"""How long a file names a person: the rules, without a database."""

from collections import Counter
from datetime import date, datetime

import pytest
from django.utils import timezone

from cadres.donnees_personnelles.conservation import PROJET, REGLES, echeance, regle_de
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
