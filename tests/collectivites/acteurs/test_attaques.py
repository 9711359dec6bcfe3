"""Attacks on what every page shares: keys in the open mailbox, impossible numbers, shared screens."""

import pytest
from django.urls import reverse

from collectivites.models import Courriel
from collectivites.mots import Role
from tests.fabriques import faire_mandat, faire_promotion

pytestmark = pytest.mark.django_db


def test_the_reset_link_of_somebody_who_also_serves_a_real_demarche(troupe, client_de, settings):
    settings.DEMO = True
    personne = troupe.drh_departement.utilisateur
    troupe.demarche.est_demo = True
    troupe.demarche.save()
    faire_mandat(Role.DRH, troupe.autre_departement, personne)

    client_de(None).post("/comptes/mot-de-passe/oublie/", {"email": personne.email})

    assert "/mot-de-passe/choisir/" in Courriel.objects.get(destinataire=personne.email).corps
    page = client_de(None).get("/demo/courriels/").content.decode()
    assert "/mot-de-passe/choisir/" not in page
    assert personne.email not in page


def test_a_number_too_large_for_the_database_is_a_message(troupe, client_de):
    promotion = faire_promotion(troupe.demarche)
    reponse = client_de(troupe.drh_departement).post(
        reverse("parcours:inscrire", args=[promotion.pk]), {"cadres": ["9" * 40]}
    )
    assert reponse.status_code in {200, 302}


def test_the_pages_of_a_person_are_kept_by_no_browser(troupe, client_de):
    reponse = client_de(troupe.drh_departement).get(reverse("cadres:registre"))
    assert "no-store" in reponse["Cache-Control"]
