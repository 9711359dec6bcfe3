"""The last place of a promotion, taken by two HR directions at the same instant."""

import pytest

from parcours.models import Inscription
from parcours.programme.actions import inscriptions as actions
from tests.courses.depart import courir, se_croiser
from tests.fabriques import faire_cadre, faire_promotion

pytestmark = [
    pytest.mark.course,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]


def test_without_the_lock_the_database_gives_the_last_place_once(troupe):
    """Raw rows, both past the same count: the trigger locks the promotion before it counts."""
    promotion = faire_promotion(troupe.demarche, places=1)
    cadres = [troupe.fiche_du_cadre, troupe.fiche_de_l_autre_cadre]
    rencontre = se_croiser()

    def inscrire_sans_verrou(numero):
        libres = promotion.places - Inscription.objects.filter(promotion=promotion).count()
        rencontre()
        if libres:
            Inscription.objects.create(promotion=promotion, cadre=cadres[numero])

    course = courir(2, inscrire_sans_verrou)

    assert not course.fautes
    assert set(course.messages) == {"Cette promotion n’a plus de place."}
    assert promotion.inscriptions.count() == 1


def test_the_last_place_is_taken_once(troupe):
    promotion = faire_promotion(troupe.demarche, places=1)
    drh = (troupe.drh_ville, troupe.drh_agglomeration, troupe.drh_departement, troupe.drh_region)
    cadres = [faire_cadre(drh[n % 4].collectivite, "retenu") for n in range(12)]

    course = courir(
        12,
        lambda n: actions.inscrire(acteur=drh[n % 4], promotion=promotion, cadres=[cadres[n]]),
    )

    assert not course.fautes
    assert len(course.reussites) == 1
    assert set(course.messages) == {f"La promotion «\u00a0{promotion.nom}\u00a0» est complète."}
    assert promotion.inscriptions.count() == 1


def test_a_cadre_enters_one_promotion_when_two_colleagues_enrol_them_at_once(troupe):
    promotions = [faire_promotion(troupe.demarche) for _ in range(2)]

    course = courir(
        2,
        lambda n: actions.inscrire(
            acteur=troupe.drh_departement, promotion=promotions[n], cadres=[troupe.fiche_du_cadre]
        ),
    )

    assert not course.fautes
    assert len(course.reussites) == 1
    assert Inscription.objects.filter(cadre=troupe.fiche_du_cadre).count() == 1
