"""The titles: they say what the figures say, in French."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from collectivites.communs.typographie import compter_en_lettres, en_lettres, enumerer
from collectivites.models import Collectivite, Demarche
from collectivites.travaux.attentes import Attente
from opportunites.postes.bilans import BilanPostes
from pilotage.cadrage.feuille_de_route.suivi import Route, sur_la_route
from pilotage.indicateurs import matrice, trajectoire
from pilotage.indicateurs.anciennete import Anciennete
from pilotage.indicateurs.refus import Refus
from pilotage.tableau_de_bord import constats

N = "\u00a0"
DEMARCHE = Demarche(date_debut=date(2025, 9, 1), date_fin=date(2028, 6, 30), objectif_mobilites=36)


def courbe(effectives, engagees=0):
    flux = [("effective", date(2026, 9, 1), effectives), ("ouverte", date(2027, 9, 1), engagees)]
    return trajectoire.calculer(DEMARCHE, flux, date(2027, 3, 15), date(2026, 2, 1))


def echanges(*flux, tolerance=2):
    codes = ("ville", "agglomeration", "departement", "region")
    lieux = [Collectivite(pk=rang, code=code) for rang, code in enumerate(codes, 1)]
    return matrice.calculer(lieux, flux, tolerance)


def these(effectives, matrice_):
    indicateurs = SimpleNamespace(trajectoire=courbe(effectives), matrice=matrice_)
    return constats.these(indicateurs)


def test_the_thesis_says_moves_objective_date_pace_and_balance():
    assert these(18, echanges((1, 4, 2))) == (
        f"<span><strong>18{N}mobilités effectives</strong> sur 36{N}visées d’ici{N}juin{N}2028 : "
        "le rythme tient.</span> <span>L’équilibre entre collectivités, lui, n’a plus de "
        "marge.</span>"
    )


@pytest.mark.parametrize(
    ("effectives", "flux", "fin"),
    [
        (18, (1, 2, 1), "L’équilibre entre collectivités est respecté."),
        (18, (1, 2, 9), "L’équilibre entre collectivités, lui, n’est pas tenu."),
        (2, (1, 2, 1), "L’équilibre entre collectivités, lui, est respecté."),
        (2, (1, 2, 2), "L’équilibre entre collectivités n’a plus de marge non plus."),
    ],
)
def test_the_balance_is_said_against_the_pace(effectives, flux, fin):
    assert fin in these(effectives, echanges(flux))


@pytest.mark.parametrize(
    ("effectives", "engagees", "titre"),
    [
        (18, 5, "Deux mobilités d’avance sur la trajectoire, et cinq déjà engagées"),
        (16, 0, "Juste sur la trajectoire"),
        (15, 1, "Une mobilité de retard sur la trajectoire, mais une déjà engagée"),
    ],
)
def test_the_title_of_the_burn_up(effectives, engagees, titre):
    assert constats.sur_la_trajectoire(courbe(effectives, engagees)) == titre


@pytest.mark.parametrize(
    ("flux", "titre"),
    [
        ([], "Aucune mobilité effective pour l’instant"),
        (
            [(1, 2, 1), (2, 1, 1)],
            "Oui : chacun reçoit à peu près autant de cadres qu’il en voit partir",
        ),
        ([(1, 4, 2)], "Oui, à la limite : la Ville perd deux cadres, la Région en gagne deux"),
        ([(1, 4, 5)], "Non : la Ville perd cinq cadres, la Région en gagne cinq"),
    ],
)
def test_the_title_of_the_matrix(flux, titre):
    assert constats.sur_l_echange(echanges(*flux)) == titre


def test_what_would_break_the_tolerance_is_said():
    assert constats.sur_la_tolerance(echanges((1, 4, 2)), en_preparation=False) == (
        "Tolérance convenue : deux cadres d’écart. Un départ de plus de la Ville sans arrivée "
        "l’en ferait sortir."
    )


def test_the_title_of_the_years_in_the_poste():
    a = Anciennete((1,), (1,), 9.66, 8.61)
    assert constats.sur_l_anciennete(a) == (
        f"Ancienneté médiane dans le poste : 9,7{N}ans au recensement, 8,6 aujourd’hui"
    )


@pytest.mark.parametrize(
    ("refus", "debut"),
    [
        (Refus(16, (), (), 12), "Souvent"),
        (Refus(16, (), (), 6), "Parfois"),
        (Refus(16, (), (), None), "Rarement"),
        (Refus(None, (), (), None), "Les motifs des refus ne sont pas encore communiqués"),
    ],
)
def test_the_title_of_the_refusals(refus, debut):
    assert constats.sur_les_refus(refus).startswith(debut)


@pytest.mark.parametrize(
    ("retard", "a_venir", "titre"),
    [
        (1, 3, "Une étape en retard, trois à venir"),
        (0, 2, "Deux étapes à venir, aucune en retard"),
        (2, 0, "Deux étapes en retard"),
    ],
)
def test_the_title_of_the_route(retard, a_venir, titre):
    assert sur_la_route(Route((object(),), retard, a_venir)) == titre


def attente(jours):
    echeance = None if jours is None else timezone.localdate() + timedelta(days=jours)
    return Attente("Arbitrer", "", "/", "Arbitrer", echeance)


@pytest.mark.parametrize(
    ("jours", "titre"),
    [
        ([], "Aucune décision attendue de vous aujourd’hui"),
        ([7, 16, 20], f"Trois décisions, la première sous 7{N}jours"),
        ([0], "Une décision, aujourd’hui"),
        ([-2, 4], "Deux décisions, dont une en retard"),
        ([None], "Une décision"),
    ],
)
def test_the_title_of_the_decisions(jours, titre):
    assert constats.decisions([attente(j) for j in jours]) == titre


def test_numbers_are_written_out_up_to_sixteen():
    assert en_lettres(16) == "seize"
    assert en_lettres(17) == "17"
    assert compter_en_lettres(0, "étape", feminin=True) == "aucune étape"
    assert enumerer(["a", "b", "c"]) == "a, b et c"


def test_open_filled_and_pledged_postes_are_said_apart():
    """What one has opened beyond its pledge does not hide what another still owes."""
    ville, departement = Collectivite(code="ville"), Collectivite(code="departement")
    bilans = [
        BilanPostes(ville, promis=10, ouverts=8, pourvus=3),
        BilanPostes(departement, promis=5, ouverts=9, pourvus=0),
    ]
    texte = constats.sur_les_postes(bilans).replace("\u00a0", " ")
    assert texte == (
        "14 postes ouverts aujourd’hui, 3 pourvus ; 15 promis, dont 2 encore à ouvrir par la Ville."
    )
    sans = [BilanPostes(ville, promis=None, ouverts=1, pourvus=1)]
    assert constats.sur_les_postes(sans).endswith("; aucun promis encore.")
