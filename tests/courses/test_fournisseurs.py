"""Ten people tie the same identity at once: it opens one account."""

import pytest
from allauth.socialaccount.models import SocialAccount

from collectivites.comptes.fournisseurs.actions import lier
from collectivites.comptes.fournisseurs.configuration import Fournisseur
from collectivites.comptes.fournisseurs.protocole import Identite
from tests import fabriques
from tests.courses.depart import courir

pytestmark = [
    pytest.mark.course,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]


def test_dix_personnes_lient_la_meme_identite_une_seule_la_garde():
    fournisseur = Fournisseur("agglo", "l’annuaire", "client", "secret", "https://annuaire.example")
    identite = Identite(fournisseur, "le-meme", "", "", frozenset(), 0, "")
    personnes = [fabriques.faire_utilisateur() for _ in range(10)]

    course = courir(10, lambda i: lier(personne=personnes[i], identite=identite))

    assert not course.fautes
    assert (len(course.reussites), len(course.refus)) == (1, 9)
    assert SocialAccount.objects.count() == 1


def test_une_personne_lie_dix_identites_elle_n_en_garde_qu_une():
    fournisseur = Fournisseur("agglo", "l’annuaire", "client", "secret", "https://annuaire.example")
    personne = fabriques.faire_utilisateur()

    course = courir(
        10,
        lambda i: lier(
            personne=personne,
            identite=Identite(fournisseur, f"la-{i}", "", "", frozenset(), 0, ""),
        ),
    )

    assert not course.fautes
    assert SocialAccount.objects.get().user == personne
