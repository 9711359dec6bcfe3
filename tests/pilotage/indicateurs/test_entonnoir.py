"""The funnel, exact, on small démarches whose answer is known."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cadres.models import Cadre
from pilotage.indicateurs import entonnoir
from pilotage.indicateurs.ensemble import lire
from tests import fabriques
from tests.pilotage.indicateurs.lieux import quatre


@pytest.mark.parametrize(
    ("effectifs", "attendue"),
    [({}, None), ({3: 1}, 3), ({1: 1, 2: 1}, 1.5), ({1: 3, 9: 1}, 1), ({0: 2, 10: 3}, 10)],
)
def test_the_median_of_weighted_values(effectifs, attendue):
    assert entonnoir.mediane(effectifs) == attendue


def test_the_funnel_counts_each_step_by_employer(troupe):
    fabriques.faire_cadre(troupe.ville, "recense", civilite=Cadre.Civilite.HOMME)
    fabriques.faire_cadre(troupe.ville, "accord")
    fabriques.faire_cadre(troupe.ville, "desaccord")
    retenu = fabriques.faire_cadre(troupe.ville, "retenu")
    promotion = fabriques.faire_promotion(troupe.demarche)
    fabriques.faire_inscription(retenu, promotion, "achevee")
    e = lire(troupe.demarche, timezone.localdate()).entonnoir
    ville = [etape.par_collectivite[0] for etape in e.etapes]
    assert ville == [4, 2, 1, 1, 1, 0, 0, 0]
    assert e.etape("recenses").total == 4 + 3  # and the three of the cast
    assert e.etape("recenses").hommes == 1
    assert e.etape("volontaires").passage == round(100 * 4 / 7)


def test_somebody_who_moved_counts_for_the_employer_they_left(troupe):
    cadre = troupe.fiche_du_cadre
    p = fabriques.faire_proposition(fabriques.faire_opportunite(troupe.region), cadre, "realisee")
    fabriques.faire_mobilite(p, "effective")
    cadre.collectivite = troupe.region
    cadre.save()
    e = lire(troupe.demarche, timezone.localdate()).entonnoir
    assert e.etape("effectives").par_collectivite == (0, 0, 1, 0)
    assert e.etape("recenses").par_collectivite == (0, 0, 2, 1)


def test_the_delays_are_medians_in_days(troupe):
    e = lire(troupe.demarche, timezone.localdate()).entonnoir
    assert e.etape("volontaires").delai == 20  # listed 90 days ago, answered 70 days ago
    assert e.etape("retenus").delai == 10
    assert e.etape("effectives").delai is None


def test_who_is_still_in_a_parcours_is_not_lost():
    lignes = [
        {"depart": 1, "civilite": "F", **dict.fromkeys(entonnoir.CODES, 0)}
        | {"recenses": 10, "volontaires": 9, "retenus": 9, "en_parcours": 9, "acheves": 1}
    ]
    e = entonnoir.calculer(quatre(), lignes, [], en_cours=8)
    assert [p.code for p in e.pertes()] == ["proposes", "volontaires"]


def test_another_demarche_changes_nothing(troupe):
    avant = lire(troupe.demarche, timezone.localdate())
    fabriques.faire_cadre(troupe.autre_departement, "retenu")
    apres = lire(troupe.demarche, timezone.localdate())
    assert avant.entonnoir == apres.entonnoir
    assert avant.anciennete == apres.anciennete
