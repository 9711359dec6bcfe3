"""People who would see, or decide, what is not theirs."""

import pytest
from django.core.exceptions import PermissionDenied

from cadres.candidature import actions as actions_candidature
from collectivites.mots import Acte, Role
from opportunites.branchements.a_faire import a_faire
from opportunites.models import Proposition
from opportunites.propositions.actions import reserves as actions
from tests import fabriques
from tests.fabriques import faire_delegation, faire_proposition, faire_reserve

pytestmark = pytest.mark.django_db


def test_nobody_arbitrates_their_own_reserve_under_another_mandat(scene):
    """One person, DRH of both sides (two employers that share their services), delegated by both."""
    troupe = scene.troupe
    reserve = faire_reserve(
        faire_proposition(scene.opportunite, scene.cadre), troupe.drh_departement
    )
    double = fabriques.faire_acteur(Role.DRH, troupe.region, troupe.drh_departement.utilisateur)
    double = faire_delegation(troupe.dgs_region, double, Acte.ARBITRER_RESERVE)

    with pytest.raises(PermissionDenied):
        actions.arbitrer_reserve(acteur=double, reserve=reserve, decision="retenue", motif="Oui.")
    assert not [a for a in a_faire(double) if a.bouton == "Arbitrer"]


def test_after_a_withdrawal_the_host_reads_the_name_nowhere(scene, client_de):
    """« Les autres collectivités ne voient plus votre nom »: also in what they had proposed."""
    proposition = faire_proposition(scene.opportunite, scene.cadre)
    actions_candidature.retirer(acteur=scene.troupe.cadre)
    client = client_de(scene.troupe.drh_region)

    for chemin in (
        "/propositions/",
        f"/opportunites/{scene.opportunite.pk}/",
        "/journal/",
        "/",
    ):
        assert scene.cadre.nom not in client.get(chemin).content.decode(), chemin
    assert client.get(f"/propositions/{proposition.pk}/").status_code == 404
    assert client.get(f"/propositions/{proposition.pk}/lettre.pdf").status_code == 404
    present = client_de(scene.troupe.drh_departement)
    assert present.get(f"/propositions/{proposition.pk}/").status_code == 200
    assert Proposition.objects.filter(pk=proposition.pk, etat="retiree").exists()


def test_after_a_withdrawal_the_host_of_an_immersion_no_longer_reads_the_name(scene, client_de):
    immersion = fabriques.faire_immersion(scene.cadre, scene.troupe.region)
    actions_candidature.retirer(acteur=scene.troupe.cadre)
    client = client_de(scene.troupe.drh_region)

    assert scene.cadre.nom not in client.get("/immersions/").content.decode()
    assert client.get(f"/immersions/{immersion.pk}/").status_code == 404
