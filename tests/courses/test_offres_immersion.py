"""The last place of an offer of immersion, asked for by several people at the same instant."""

import pytest

from collectivites.communs.calendrier import jours_ouvres
from parcours.models import Immersion
from parcours.sessions.actions import immersions as actions
from tests.courses.depart import courir, se_croiser
from tests.fabriques import faire_immersion, faire_offre_immersion

pytestmark = [
    pytest.mark.course,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]


def test_without_the_lock_the_database_gives_the_last_place_once(troupe):
    """Raw rows, both past the same count: the trigger locks the offer before it counts."""
    offre = faire_offre_immersion(troupe.ville, places=1)
    cadres = [troupe.fiche_du_cadre, troupe.fiche_de_l_autre_cadre]
    rencontre = se_croiser()

    def demander_sans_verrou(numero):
        libres = offre.places - Immersion.objects.filter(offre=offre).count()
        rencontre()
        if libres:
            faire_immersion(cadres[numero], troupe.ville, offre=offre, montree_le=None)

    course = courir(2, demander_sans_verrou)

    assert not course.fautes
    assert set(course.messages) == {"Cette offre d’immersion n’a plus de place."}
    assert offre.immersions.count() == 1


def test_the_last_place_is_asked_for_once(troupe):
    offre = faire_offre_immersion(troupe.ville, places=1)
    acteurs = [troupe.cadre, troupe.autre_cadre]
    jours = jours_ouvres(offre.debut, offre.fin)[:2]

    course = courir(
        2,
        lambda n: actions.demander_sur_offre(
            acteur=acteurs[n], offre=offre, jours=jours, motivation="Voir de près."
        ),
    )

    assert not course.fautes
    assert len(course.reussites) == 1
    assert course.refus
    assert offre.immersions.count() == 1
