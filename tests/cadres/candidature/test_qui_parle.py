"""For which démarche a request works (`garanties.mur`): that of its acteur; without one, none."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from cadres.candidature.middleware import ActeurMiddleware
from collectivites.garanties import mur

pytestmark = pytest.mark.django_db


@pytest.fixture
def dit_a(rf: RequestFactory):
    """What the transactions of a page would say, read by this person."""

    def lire(utilisateur):
        entendu = []

        def page(requete):
            entendu.append(mur.dit())
            return HttpResponse()

        requete = rf.get("/")
        requete.user, requete.session = utilisateur, {}
        ActeurMiddleware(page)(requete)
        return entendu[0]

    return lire


def test_a_page_works_for_the_demarche_of_its_reader(dit_a, troupe, settings):
    settings.SECOND_FACTEUR = False
    assert dit_a(troupe.drh_ville.utilisateur) == str(troupe.demarche.pk)
    assert dit_a(troupe.etranger_drh.utilisateur) == str(troupe.autre_demarche.pk)


def test_without_a_live_mandat_or_before_the_second_factor_it_works_for_none(
    dit_a, troupe, settings
):
    assert dit_a(AnonymousUser()) == mur.NULLE_PART
    assert dit_a(troupe.ancien_drh) == mur.NULLE_PART
    assert dit_a(troupe.operateur) == mur.NULLE_PART
    settings.SECOND_FACTEUR = True
    assert dit_a(troupe.drh_ville.utilisateur) == mur.NULLE_PART


def test_nothing_is_said_once_the_page_has_left(dit_a, troupe):
    dit_a(troupe.drh_ville.utilisateur)
    assert mur.dit() == mur.NULLE_PART
