"""The same code, from ten browsers at once, opens one of them."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from collectivites.comptes.second_facteur.forms import deja_servi
from tests.collectivites.comptes.test_second_facteur import avec_application, code
from tests.courses.depart import courir

pytestmark = [
    pytest.mark.course,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]


def test_dix_fois_le_meme_code_n_en_ouvre_qu_une(troupe):
    """What allauth keeps in its cache is left out: the database alone holds."""
    personne = troupe.dgs_departement.utilisateur
    lu = code(avec_application(personne))
    application = Authenticator.objects.get(user=personne)
    cache.clear()

    course = courir(10, lambda _: deja_servi(application, lu))

    assert not course.fautes
    assert sorted(course.reussites) == [False] + [True] * 9
