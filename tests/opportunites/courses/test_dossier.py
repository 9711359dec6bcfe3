"""The file of a move under real threads: the clock, the two employers, one state in the end."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cadres.models import Cadre
from opportunites.dossier.actions import depart, mobilites
from opportunites.models import Mobilite, Suivi
from tests.courses.depart import courir
from tests.fabriques import dans, faire_mobilite, faire_opportunite, faire_proposition

pytestmark = [
    pytest.mark.course,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def mobilite(troupe, settings, tmp_path):
    """Asked for a hundred days ago: silence is a yes, and the notice is over."""
    settings.MEDIA_ROOT = tmp_path
    return faire_mobilite(
        faire_proposition(faire_opportunite(troupe.region), troupe.fiche_du_cadre, "acceptee"),
        ouverte_le=timezone.now() - timedelta(days=110),
        voie="MUTATION",
        demande_recue_le=dans(-100),
        date_effet=dans(0),
    )


def refuser(troupe, mobilite):
    depart.refuser_le_depart(
        acteur=troupe.drh_departement,
        mobilite=mobilite,
        motif="service",
        texte="Budget.",
        piece=SimpleUploadedFile("refus.pdf", b"%PDF-1.7"),
        signataire="La présidente",
        notifie_le=dans(-95),
    )


def test_a_refusal_at_the_very_hour_of_the_silence(troupe, mobilite):
    actes = [lambda: refuser(troupe, mobilite), depart.constater_silences]

    course = courir(2, lambda n: actes[n]())

    assert not course.fautes
    mobilite.refresh_from_db()
    sens = list(mobilite.reponses.values_list("sens", flat=True))
    assert sens == [mobilite.reponse_origine]
    assert len(course.refus) == (mobilite.reponse_origine == "tacite")


def test_two_clocks_write_one_silence(mobilite):
    course = courir(8, lambda _: depart.constater_silences())

    assert not course.fautes
    assert mobilite.reponses.count() == 1


def test_giving_up_while_the_host_certifies_ends_in_one_state(troupe, mobilite):
    actes = [
        lambda: mobilites.rendre_effective(acteur=troupe.drh_region, mobilite=mobilite),
        lambda: mobilites.abandonner_mobilite(
            acteur=troupe.drh_departement, mobilite=mobilite, motif="La personne reste."
        ),
    ]

    course = courir(2, lambda n: actes[n]())

    assert not course.fautes
    assert len(course.refus) == 1
    mobilite = Mobilite.objects.select_related("proposition").get(pk=mobilite.pk)
    cadre = Cadre.objects.get(pk=mobilite.cadre_id)
    effective = mobilite.etat == Mobilite.Etat.EFFECTIVE
    assert mobilite.proposition.etat == ("realisee" if effective else "retiree")
    assert cadre.poste_id == (mobilite.poste_accueil_id if effective else mobilite.poste_origine_id)
    assert Suivi.objects.filter(mobilite=mobilite).count() == (4 if effective else 0)
