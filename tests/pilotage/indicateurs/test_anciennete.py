"""Years in the poste, before and after, on people whose answer is known."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cadres.models import Cadre
from pilotage.indicateurs import anciennete
from tests import fabriques


def test_the_classes_begin_on_the_day_that_makes_the_years():
    assert anciennete.borne(3) == 1096
    assert anciennete.borne(6) == 2192


def test_years_in_the_poste_before_and_after(db):
    demarche = fabriques.faire_demarche()
    lieux = fabriques.faire_collectivites(demarche)
    # Listed 90 days ago. Two stay, in their poste since 1000 and 4000 days; one moved.
    fabriques.faire_cadre(lieux["ville"], date_entree_poste=fabriques.dans(-1000))
    fabriques.faire_cadre(lieux["ville"], date_entree_poste=fabriques.dans(-4000))
    fabriques.faire_cadre(lieux["ville"], date_entree_poste=None)
    parti = fabriques.faire_cadre(lieux["ville"], "retenu")
    p = fabriques.faire_proposition(fabriques.faire_opportunite(lieux["region"]), parti, "realisee")
    fabriques.faire_mobilite(p, "effective", anciennete_origine_jours=2560)
    Cadre.objects.filter(pk=parti.pk).update(
        collectivite=lieux["region"], date_entree_poste=fabriques.dans(-30)
    )
    a = anciennete.lire(demarche, timezone.localdate())
    # The one who moved left 60 days after being listed: 2560 - 60 = 2500 days before.
    assert a.avant == (1, 0, 1, 1, 0)
    assert a.apres == (2, 0, 0, 1, 0)
    assert a.mediane_avant == pytest.approx(2500 / 365.25)
    assert a.mediane_apres == pytest.approx(1000 / 365.25)
    assert a.effectif == 3


def test_nobody_gives_no_median(db):
    a = anciennete.lire(fabriques.faire_demarche(), timezone.localdate())
    assert (a.mediane_avant, a.effectif) == (None, 0)
