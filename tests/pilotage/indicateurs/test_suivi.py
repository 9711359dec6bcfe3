"""What comes next: who has waited too long for a proposition."""

from __future__ import annotations

from django.utils import timezone

from pilotage.indicateurs import suivi
from tests import fabriques


def test_the_alarm_counts_who_waits_for_eight_weeks(troupe):
    fabriques.faire_inscription(
        troupe.fiche_du_cadre, etat="achevee", finie_le=fabriques.il_y_a(57)
    )
    candidature = troupe.fiche_du_cadre.candidature
    candidature.avancee = "acheve"
    candidature.save()
    attente = suivi.lire_sans_proposition(troupe.dgs_departement, timezone.now())
    assert (attente.total, attente.les_miens) == (1, 1)
    assert suivi.lire_sans_proposition(troupe.dgs_region, timezone.now()).les_miens == 0
    assert suivi.lire_sans_proposition(troupe.etranger_dgs, timezone.now()).total == 0

    fabriques.faire_proposition(fabriques.faire_opportunite(troupe.region), troupe.fiche_du_cadre)
    assert suivi.lire_sans_proposition(troupe.dgs_departement, timezone.now()).total == 0


def test_fifty_five_days_are_not_yet_eight_weeks(troupe):
    fabriques.faire_inscription(
        troupe.fiche_du_cadre, etat="achevee", finie_le=fabriques.il_y_a(55)
    )
    troupe.fiche_du_cadre.candidature.avancee = "acheve"
    troupe.fiche_du_cadre.candidature.save()
    assert suivi.lire_sans_proposition(troupe.dgs_departement, timezone.now()).total == 0
