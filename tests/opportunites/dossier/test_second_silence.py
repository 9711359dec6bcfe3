"""Another request of the same move, left unanswered as well: the clock goes on for everybody."""

from datetime import timedelta

from django.utils import timezone

from opportunites.dossier.actions import depart, mobilites
from opportunites.models import Mobilite
from tests.fabriques import dans, faire_mobilite, faire_opportunite, faire_proposition


def test_a_second_silence_is_a_yes_too_and_stops_no_clock(troupe):
    mobilite, autre = (
        faire_mobilite(
            faire_proposition(faire_opportunite(troupe.region), fiche, "acceptee"),
            ouverte_le=timezone.now() - timedelta(days=210),
            voie="MUTATION",
            demande_recue_le=dans(-200),
            date_effet=dans(10),
        )
        for fiche in (troupe.fiche_du_cadre, troupe.fiche_du_cadre_muet)
    )
    assert depart.constater_silences() == 2
    # Both are asked again, by a request that the origin does not answer either.
    Mobilite.objects.update(reponse_origine="", demande_recue_le=dans(-90))

    assert depart.constater_silences() == 2

    for dossier in (mobilite, autre):
        dossier.refresh_from_db()
        assert dossier.reponse_origine == "tacite"
        silences = dossier.reponses.filter(sens="tacite").order_by("demande_recue_le")
        assert [s.demande_recue_le for s in silences] == [dans(-200), dans(-90)]


def test_the_same_request_meets_one_silence_even_if_another_route_was_tried(troupe):
    mobilite = faire_mobilite(
        faire_proposition(faire_opportunite(troupe.region), troupe.fiche_du_cadre, "acceptee"),
        ouverte_le=timezone.now() - timedelta(days=110),
        voie="MUTATION",
        demande_recue_le=dans(-100),
        date_effet=dans(10),
    )
    assert depart.constater_silences() == 1
    for voie in ("MAD", "MUTATION"):
        mobilites.preparer_mobilite(
            acteur=troupe.drh_departement,
            mobilite=mobilite,
            voie=voie,
            date_effet=dans(10),
            demande_recue_le=dans(-100),
        )

    assert depart.constater_silences() == 1

    assert mobilite.reponses.filter(sens="tacite").count() == 1
