"""The balance to come: the signed moves, day by day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pilotage.indicateurs import avenir, ensemble, matrice
from pilotage.tableau_de_bord import constats
from tests import fabriques
from tests.pilotage.indicateurs.lieux import quatre

V, A, D, R = range(1, 5)
JOUR = date(2026, 12, 1)
NOEL, JANVIER = date(2026, 12, 24), date(2027, 1, 24)


def lire(mouvements, flux=(), jour=JOUR, tolerance=2):
    tableau = matrice.calculer(quatre(), flux, tolerance)
    return avenir.calculer(tableau, mouvements, jour)


def test_a_signed_departure_then_arrivals_are_told_day_by_day():
    """The Ville stands at −2; one leaves on 24 December, two come on 24 January."""
    trouves = lire([(NOEL, V, D), (JANVIER, D, V), (JANVIER, R, V)], flux=[(V, R, 2)])

    ville = trouves[0]
    assert ville.soldes == ((NOEL, -3), (JANVIER, -1))
    assert ville.sort
    phrase = constats.sur_l_avenir(ville, JOUR).replace("\u00a0", " ")
    assert phrase == "la Ville sera à −3 le 24 décembre, à −1 le 24 janvier 2027"


def test_what_compensates_on_the_same_day_says_nothing():
    trouves = lire([(NOEL, V, D), (NOEL, D, V)])
    assert trouves == []


def test_who_stays_within_the_tolerance_is_not_said_to_leave_it():
    (ville, departement) = lire([(NOEL, V, D)])
    assert not ville.sort
    assert departement.soldes == ((NOEL, 1),)


def test_a_day_that_has_passed_counts_today():
    (ville, _) = lire([(JOUR - timedelta(days=3), V, D)])
    assert ville.soldes == ((JOUR, -1),)


@pytest.mark.django_db
def test_only_dated_moves_in_preparation_between_two_employers_are_read(troupe):
    def ouvrir(origine, accueil, etat="ouverte", **champs):
        cadre = fabriques.faire_cadre(origine, "retenu", avec_compte=False)
        proposition = fabriques.faire_proposition(
            fabriques.faire_opportunite(accueil), cadre, "acceptee"
        )
        return fabriques.faire_mobilite(proposition, etat, **champs)

    demain = timezone.localdate() + timedelta(days=1)
    ouvrir(troupe.ville, troupe.region, date_effet=demain)
    ouvrir(troupe.ville, troupe.region)
    ouvrir(troupe.region, troupe.ville, "effective", date_effet=fabriques.dans(-1))

    lus = ensemble.a_venir(ensemble.lire_flux(troupe.demarche))
    assert lus == ((demain, troupe.ville.pk, troupe.region.pk),)
    assert ensemble.a_venir(ensemble.lire_flux(troupe.autre_demarche)) == ()
