"""One free hour of a coach, picked by several people at the same instant."""

import pytest

from cadres.models import Cadre
from parcours.coaching.actions import creneaux
from parcours.models import CreneauCoaching, RendezVousCoaching
from tests.courses.depart import courir
from tests.fabriques import acteur_du_cadre, faire_cadre
from tests.fabriques.coaching import faire_accompagnement, faire_creneau

pytestmark = [
    pytest.mark.course,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]


def test_a_free_hour_is_given_once_and_the_others_are_told(troupe):
    coach = troupe.accompagnateur.mandat
    creneau = faire_creneau(coach)
    acteurs = []
    for _ in range(5):
        cadre = faire_cadre(troupe.region, "retenu")
        Cadre.objects.filter(pk=cadre.pk).update(accompagnateur=coach)
        cadre.refresh_from_db()
        faire_accompagnement(cadre)
        acteurs.append(acteur_du_cadre(cadre))

    course = courir(
        5,
        lambda n: creneaux.prendre_creneau(acteur=acteurs[n], creneau=creneau, malgre=True),
    )

    assert not course.fautes
    assert len(course.refus) == 4
    assert all("vient d’être pris" in refus for refus in course.refus)
    assert RendezVousCoaching.objects.count() == 1
    assert CreneauCoaching.objects.get().rendez_vous_id is not None
