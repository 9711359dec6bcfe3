"""From live data to linked propositions, an answer that breaks a chain, and the repair: by mouse."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from collectivites.models import Tache
from collectivites.travaux.battement import SILENCE
from opportunites.models import Ensemble, Proposition, Simulation
from tests.fabriques import acteur_du_cadre, dans, faire_mouvement, faire_simulation
from tests.navigateur.visite import visiter


@pytest.fixture
def mouvement(troupe):
    return faire_mouvement(troupe)


def test_a_chain_and_an_exchange_from_the_simulation_to_the_repair(troupe, mouvement, ouvrir):
    dgs = ouvrir(troupe.dgs_ville)
    dgs.goto("/mouvement/")
    dgs.get_by_role("button", name="Simuler").click()
    expect(dgs.get_by_role("heading", level=1)).to_contain_text("4 mobilités possibles ensemble")
    expect(dgs.get_by_role("img", name=re.compile("Chaîne .*D. Orson")).first).to_be_visible()

    dgs.get_by_role("link", name="En faire des propositions").click()
    dgs.get_by_label("Date d’effet des échanges").fill(dans(120).isoformat())
    dgs.get_by_role("button", name="Préparer les propositions").click()
    expect(dgs.get_by_role("heading", name="Propositions liées")).to_be_visible()
    assert Ensemble.objects.count() == 2

    premiere = Proposition.objects.get(cadre=mouvement.orson)
    region = ouvrir(troupe.dgs_region)
    region.goto(f"/propositions/{premiere.pk}/")
    region.get_by_role("button", name="Valider la proposition").click()
    region.get_by_role("link", name="Envoyer à la personne").click()
    region.get_by_role("button", name=re.compile("Envoyer")).click()
    expect(region.get_by_text("La proposition est partie")).to_be_visible()

    orson = ouvrir(acteur_du_cadre(mouvement.orson))
    orson.goto(f"/propositions/{premiere.pk}/")
    orson.get_by_role("link", name=re.compile("^Refuser")).click()
    orson.get_by_label("Le lieu").check()
    orson.get_by_role("button", name="Refuser ce poste").click()
    expect(orson.get_by_text("Il ne vous portera pas préjudice")).to_be_visible()

    dgs.goto("/mouvement/")
    expect(dgs.get_by_text("Une réponse a rompu une chaîne ou un échange.")).to_be_visible()
    dgs.get_by_role("button", name="Réparer le mouvement").click()
    expect(dgs.get_by_role("heading", level=1)).to_contain_text("2 mobilités possibles ensemble")
    # Pavel’s draft is that of the Agglomération: who acts for the Ville learns no more of it.
    expect(dgs.get_by_text("son employeur d’accueil en est prévenu")).to_be_visible()
    dgs.get_by_role("link", name="Appliquer la réparation").click()
    dgs.get_by_label("Date d’effet des échanges").fill(dans(120).isoformat())
    dgs.get_by_role("button", name="Préparer les propositions").click()
    expect(dgs.get_by_text("Rompu", exact=True)).to_have_count(0)

    assert Proposition.objects.get(cadre=mouvement.pavel).etat == "retiree"
    assert premiere.envoyee_le is None or premiere.envoyee_le > timezone.now() - timedelta(hours=1)
    for page in (dgs, region, orson):
        assert not page.temoin.lever()


def test_a_run_that_ends_while_one_looks_is_told_without_a_click(troupe, mouvement, ouvrir):
    """The page asks every two seconds. This one ends by dying: nothing has to be written meanwhile."""
    dgs = ouvrir(troupe.dgs_region)
    lancee = faire_simulation(mouvement.campagne, troupe.dgs_ville)
    lancee.tache = Tache.objects.create(
        nom="x", libelle="x", mandat=troupe.dgs_ville.mandat, etat="en_cours",
        commencee_le=timezone.now(), battue_le=timezone.now() - SILENCE + timedelta(seconds=10),
    )  # fmt: skip
    lancee.etat, lancee.finie_le, lancee.resultat = Simulation.Etat.EN_COURS, None, {}
    lancee.save()

    dgs.goto(f"/mouvement/{lancee.pk}/")

    expect(dgs.get_by_text("Vous pouvez quitter cette page et y revenir")).to_be_visible()
    expect(dgs.get_by_text("Le calcul s’est interrompu.")).to_be_visible(timeout=20_000)
    expect(dgs.get_by_role("button", name="Relancer")).to_be_visible()


@pytest.mark.parametrize("page", ["", "preparer/"])
def test_a_drawn_scenario_has_no_barrier_and_no_overflow(troupe, mouvement, ouvrir, page):
    simulation = faire_simulation(mouvement.campagne, troupe.dgs_region)

    _, fautes = visiter(ouvrir(troupe.dgs_region), f"/mouvement/{simulation.pk}/{page}")

    assert not fautes
