"""From live data to a scenario: what is found, what is kept of it, what stops it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from collectivites.mots import Acte
from collectivites.refus import ActionImpossible
from opportunites.campagne.actions import simulations
from opportunites.campagne.calcul import travail
from opportunites.campagne.calcul.parametres import par_defaut
from opportunites.campagne.calcul.resolution import calculer as resoudre
from opportunites.campagne.ecran.lecture import Scenario
from opportunites.models import Opportunite, Simulation, Voeu
from opportunites.mouvement.donnees import Conduite
from tests.fabriques import (
    dans,
    faire_campagne,
    faire_delegation,
    faire_proposition,
    faire_voeu_en_temps,
    il_y_a,
)

pytestmark = pytest.mark.django_db
Etat = Simulation.Etat


def servis(simulation):
    """cadre key → poste key."""
    attribues = simulation.resultat["reponse"]["assignment"]
    return {int(c[1:]): int(p[1:]) for c, p in attribues.items()}


def test_a_chain_and_an_exchange_are_found_that_nobody_sees_alone(mouvement, scenario):
    m = mouvement

    assert scenario.etat == Etat.CALCULEE
    assert servis(scenario) == {
        m.marin.pk: m.digue.poste_id,
        m.nadir.pk: m.phare.poste_id,
        m.orson.pk: m.vigie.poste_id,
        m.pavel.pk: m.quai.poste_id,
    }
    assert scenario.resultat["reference"]["mouvements"] == 2
    assert [c["kind"] for c in scenario.resultat["reponse"]["components"]].count("cycle") == 1


def test_what_is_kept_run_again_gives_the_same(scenario):
    encore = resoudre(scenario.entree, scenario.parametres, Conduite())

    for cle in ("assignment", "components", "input_hash", "balance"):
        assert encore["reponse"][cle] == scenario.resultat["reponse"][cle]
    assert scenario.versions["solveur"]


def test_no_name_is_kept_in_a_run(mouvement, scenario):
    garde = f"{scenario.entree}{scenario.resultat}{scenario.parametres}"

    for cadre in (mouvement.marin, mouvement.nadir, mouvement.refuse):
        assert cadre.nom not in garde


def test_a_wish_made_after_the_closing_day_is_not_read(troupe, mouvement, calculer):
    Voeu.objects.filter(cadre=mouvement.orson).update(exprime_le=timezone.now())

    assert mouvement.orson.pk not in servis(calculer(troupe.dgs_ville, mouvement.campagne))


def test_a_wish_made_on_the_closing_day_is_read(troupe, mouvement, calculer):
    fin = timezone.make_aware(
        timezone.datetime.combine(mouvement.campagne.voeux_au, timezone.datetime.max.time())
    )
    Voeu.objects.filter(cadre=mouvement.orson).update(exprime_le=fin)

    assert mouvement.orson.pk in servis(calculer(troupe.dgs_ville, mouvement.campagne))


def test_a_wish_for_a_poste_that_is_closed_is_left_out_and_counted(troupe, mouvement, calculer):
    Opportunite.objects.filter(pk=mouvement.vigie.pk).update(
        etat=Opportunite.Etat.RETIREE, close_le=timezone.now()
    )

    scenario = calculer(troupe.dgs_ville, mouvement.campagne)

    assert set(servis(scenario)) == {mouvement.marin.pk, mouvement.nadir.pk}
    assert scenario.entree["constats"]["postes_fermes"] == 2


def test_a_departure_announced_frees_the_poste(troupe, mouvement, calculer):
    Opportunite.objects.filter(pk=mouvement.phare.pk).update(
        vacance=Opportunite.Vacance.A_UNE_DATE, vacant_le=dans(60)
    )
    Voeu.objects.filter(cadre=mouvement.marin).delete()

    assert mouvement.nadir.pk in servis(calculer(troupe.dgs_ville, mouvement.campagne))


def test_a_draft_that_hangs_on_nothing_stays_its_hosts_secret(troupe, mouvement, calculer):
    faire_proposition(mouvement.vigie, mouvement.orson, "brouillon")

    scenario = calculer(troupe.dgs_ville, mouvement.campagne)

    assert not [d for d in scenario.entree["decisions"] if d["status"] == "proposed"]


def test_a_no_is_never_proposed_again(troupe, mouvement, calculer):
    faire_proposition(mouvement.vigie, mouvement.orson, "refusee")

    assert mouvement.orson.pk not in servis(calculer(troupe.dgs_ville, mouvement.campagne))


def test_the_tolerance_holds_on_the_balance_of_all_campaigns(troupe, mouvement, calculer):
    passee = faire_campagne(
        troupe.dgs_ville,
        voeux_du=dans(-400), voeux_au=dans(-390), avis_au=dans(-380), simulation_au=dans(-370),
        propositions_au=dans(-360), reponses_au=dans(-350), close_le=il_y_a(340),
        soldes={str(troupe.region.pk): 2, str(troupe.ville.pk): -2},
    )  # fmt: skip

    scenario = calculer(troupe.dgs_ville, mouvement.campagne)

    assert passee.soldes
    # The Région gained two already: a third arrival would be beyond its tolerance of two.
    assert mouvement.orson.pk not in servis(scenario)


def test_a_drh_simulates_under_delegation_alone(troupe, mouvement, calculer):
    with pytest.raises(PermissionDenied):
        calculer(troupe.drh_ville, mouvement.campagne)
    delegue = faire_delegation(troupe.dgs_ville, troupe.drh_ville, Acte.SIMULER_MOUVEMENT)

    assert calculer(delegue, mouvement.campagne).etat == Etat.CALCULEE


def test_nothing_is_simulated_before_the_wishes_open(troupe, mouvement, calculer):
    mouvement.campagne.voeux_du = dans(1)
    mouvement.campagne.voeux_au = dans(2)
    mouvement.campagne.avis_au = dans(3)
    mouvement.campagne.save()
    with pytest.raises(ActionImpossible, match="Les vœux ouvrent"):
        calculer(troupe.dgs_ville, mouvement.campagne)


def test_two_dgs_at_once_one_run(troupe, mouvement):
    demande = {"campagne": mouvement.campagne, "parametres": par_defaut(troupe.demarche)}
    simulations.simuler(acteur=troupe.dgs_ville, **demande)

    with pytest.raises(ActionImpossible, match="déjà en cours"):
        simulations.simuler(acteur=troupe.dgs_region, **demande)
    with pytest.raises(IntegrityError), transaction.atomic():
        Simulation.objects.create(
            campagne=mouvement.campagne, auteur=troupe.dgs_region.mandat, parametres={}
        )


def test_a_run_whose_job_died_is_said_dead_and_another_starts(troupe, mouvement, calculer):
    morte = simulations.simuler(
        acteur=troupe.dgs_ville,
        campagne=mouvement.campagne,
        parametres=par_defaut(troupe.demarche),
    )
    Simulation.objects.filter(pk=morte.pk).update(etat=Etat.EN_COURS)
    type(morte.tache).objects.filter(pk=morte.tache_id).update(
        etat="en_cours", commencee_le=timezone.now() - timedelta(seconds=120 + 5 * 60 + 1)
    )

    assert calculer(troupe.dgs_region, mouvement.campagne).etat == Etat.CALCULEE
    morte.refresh_from_db()
    assert (morte.etat, "relancez" in morte.erreur) == (Etat.ECHOUEE, True)


def test_a_run_is_stopped_before_it_begins(troupe, mouvement, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        lancee = simulations.simuler(
            acteur=troupe.dgs_ville,
            campagne=mouvement.campagne,
            parametres=par_defaut(troupe.demarche),
        )
        simulations.arreter(acteur=troupe.dgs_region, simulation=lancee)

    lancee.refresh_from_db()
    assert (lancee.etat, lancee.resultat) == (Etat.ANNULEE, {})


def test_a_request_to_stop_is_heard_by_the_job(troupe, mouvement):
    lancee = simulations.simuler(
        acteur=troupe.dgs_ville,
        campagne=mouvement.campagne,
        parametres=par_defaut(troupe.demarche),
    )
    ecoute = travail._oreille(lancee.pk)

    travail.demander_l_arret(lancee)

    assert ecoute()


def test_out_of_time_the_answer_is_marked(scenario):
    reponse = scenario.resultat["reponse"]
    reponse |= {"status": "feasible", "bound": 5, "canonical": False}
    assert "aucune ne dépasse 5" in Scenario(scenario, 5).reserve


@pytest.mark.parametrize(
    ("statut", "titre"),
    [
        ("feasible", "Aucun mouvement trouvé dans le temps accordé"),
        ("optimal", "Aucun mouvement possible"),
    ],
)
def test_nothing_found_is_not_nothing_possible(scenario, statut, titre):
    scenario.resultat["reponse"] |= {"status": statut, "components": [], "moves": 0, "bound": 5}

    assert Scenario(scenario, 5).titre_des_composantes == titre


def test_an_answer_whose_ties_are_not_settled_is_marked(scenario):
    assert Scenario(scenario, 5).reserve == ""
    scenario.resultat["reponse"]["canonical"] = False

    assert "égalités" in Scenario(scenario, 5).reserve


def test_the_least_envy_keeps_most_of_the_moves(troupe, mouvement, calculer):
    faire_voeu_en_temps(mouvement.refuse, mouvement.quai, 2, avis=2)

    scenario = calculer(troupe.dgs_ville, mouvement.campagne, scenario="envie")

    assert scenario.resultat["resume"]["mouvements"] == 4
