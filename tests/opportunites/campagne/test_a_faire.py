"""What the campaign asks of a DGS in « À faire »."""

import pytest

from opportunites.branchements.a_faire import a_faire
from opportunites.models import Avis, Campagne, Voeu
from opportunites.propositions.actions import reponses
from tests.fabriques import acteur_du_cadre, dans, il_y_a
from tests.opportunites.campagne.test_ensembles import envoyer, valider

pytestmark = pytest.mark.django_db


def titres(acteur):
    return [a.titre for a in a_faire(acteur)]


@pytest.mark.parametrize(("avis_au", "attendu"), [(0, False), (-1, True)])
def test_to_simulate_once_opinions_are_over(troupe, mouvement, avis_au, attendu):
    Campagne.objects.update(avis_au=dans(avis_au))

    assert ("Simuler le mouvement" in titres(troupe.dgs_region)) is attendu


def test_to_choose_once_simulated(troupe, scenario):
    assert "Choisir les mouvements à proposer" in titres(troupe.dgs_region)


def test_to_repair_after_a_no(troupe, liees):
    valider(troupe, *liees.chaine)
    envoyer(troupe, liees.chaine[0])
    assert "Réparer le mouvement" not in titres(troupe.dgs_ville)
    reponses.refuser(
        acteur=acteur_du_cadre(liees.chaine[0].cadre), proposition=liees.chaine[0], motif="lieu"
    )

    assert "Réparer le mouvement" in titres(troupe.dgs_ville)


@pytest.mark.parametrize(("jours", "attendu"), [(9.9, False), (10, True)])
def test_a_wish_without_a_word_for_ten_days_is_told_to_its_host_s_dgs(
    troupe, mouvement, jours, attendu
):
    Avis.objects.filter(opportunite=mouvement.vigie).delete()
    Voeu.objects.filter(opportunite=mouvement.vigie, cadre=mouvement.orson).delete()
    Voeu.objects.filter(opportunite=mouvement.vigie).update(exprime_le=il_y_a(jours))
    dit = "1\u00a0vœu sans réponse depuis 10 jours"

    assert (dit in titres(troupe.dgs_region)) is attendu
    assert dit not in titres(troupe.dgs_departement)


def test_to_close_after_the_last_day(troupe, mouvement):
    Campagne.objects.update(
        voeux_du=dans(-90), voeux_au=dans(-80), avis_au=dans(-70), simulation_au=dans(-60),
        propositions_au=dans(-50), reponses_au=dans(-1),
    )  # fmt: skip

    assert "Clore la campagne de mouvement" in titres(troupe.dgs_ville)


def test_nothing_of_it_waits_for_a_drh_without_delegation(troupe, mouvement):
    assert not [t for t in titres(troupe.drh_region) if "mouvement" in t.lower()]
