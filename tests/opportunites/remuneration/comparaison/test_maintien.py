"""« Maintien de l’IFSE »: an intention, in words that grant nothing."""

from datetime import date
from decimal import Decimal

import pytest

from opportunites.remuneration.comparaison.maintien import (
    PHRASE,
    Maintien,
    ifse_de_reference,
)
from opportunites.remuneration.erreurs import SaisieRefusee
from opportunites.remuneration.intervalle import Intervalle
from tests.opportunites.remuneration.aide import entre, exact

DU = date(2026, 3, 1)


def test_la_phrase_ne_promet_rien():
    assert "Aucun texte ne garantit" in PHRASE
    assert "seul l’arrêté" in PHRASE


@pytest.mark.parametrize(
    ("maintien", "dit"),
    [
        (
            Maintien(exact(850), "délibération 12", DU, 24),
            "mensuelle de 850,00\u00a0€, pendant\u00a024 mois",
        ),
        (
            Maintien(entre(800, 900), "délibération 12", DU),
            "mensuelle de 800,00\u00a0€ à 900,00\u00a0€, sans durée",
        ),
    ],
)
def test_l_intention_se_dit_avec_sa_duree(maintien, dit):
    maintien.controler()
    assert dit in maintien.intention
    assert "envisage" in maintien.intention


@pytest.mark.parametrize(
    ("maintien", "cle"),
    [
        (Maintien(Intervalle.inconnu(), "délibération", DU), "ifse"),
        (Maintien(exact(-1), "délibération", DU), "ifse"),
        (Maintien(exact(1), " ", DU), "deliberation"),
        (Maintien(exact(1), "délibération", DU, 0), "mois"),
    ],
)
def test_une_intention_incomplete_nomme_son_champ(maintien, cle):
    with pytest.raises(SaisieRefusee) as refus:
        maintien.controler()
    assert [r.cle for r in refus.value.refus] == [cle]


def test_la_reference_est_la_moyenne_des_douze_derniers_mois():
    assert ifse_de_reference([Decimal(700)] * 6 + [Decimal(801)] * 6) == Decimal("750.50")


@pytest.mark.parametrize("mois", [[], [Decimal(1)] * 11, [Decimal(1)] * 11 + [Decimal(-1)]])
def test_onze_mois_ne_suffisent_pas(mois):
    with pytest.raises(SaisieRefusee):
        ifse_de_reference(mois)
