"""What the dates of a campaign forbid, on their very day, and where they stand in calendars."""

import pytest
from django.urls import reverse

from collectivites.models import Courriel
from collectivites.refus import ActionImpossible
from opportunites.branchements.a_faire import a_faire
from opportunites.campagne import predicats
from opportunites.campagne.actions import campagnes, simulations
from opportunites.campagne.calcul.parametres import par_defaut
from opportunites.campagne.forms import DeplacementForm
from opportunites.campagne.mots import Etape
from opportunites.models import Campagne, Simulation
from parcours.sessions.actions.abonnements import creer_abonnement
from tests.fabriques import acteur_du_cadre, dans, faire_avis, faire_cadre, faire_campagne

pytestmark = pytest.mark.django_db
LENDEMAIN = "Les simulations ont pris fin"


def finir_les_simulations(campagne, jours=-1):
    """They ended yesterday; propositions may leave for ten days."""
    campagne.simulation_au, campagne.propositions_au = dans(jours), dans(10)
    campagne.save()


@pytest.mark.parametrize(("jours", "refus"), [(0, None), (-1, LENDEMAIN)])
def test_a_new_scenario_is_asked_for_until_the_last_day(troupe, mouvement, jours, refus):
    finir_les_simulations(mouvement.campagne, jours)
    demande = {
        "acteur": troupe.dgs_ville,
        "campagne": mouvement.campagne,
        "parametres": par_defaut(troupe.demarche),
    }
    if refus:
        with pytest.raises(ActionImpossible, match=refus):
            simulations.simuler(**demande)
        assert not Simulation.objects.exists()
    else:
        assert simulations.simuler(**demande)


@pytest.mark.parametrize(("jours", "refus"), [(0, None), (-1, LENDEMAIN)])
def test_a_decision_makes_a_new_scenario(troupe, mouvement, scenario, jours, refus):
    finir_les_simulations(scenario.campagne, jours)
    dit = predicats.refus_decider(troupe.dgs_ville, scenario)

    assert dit is None if refus is None else dit.startswith(refus)


def test_afterwards_a_scenario_runs_again_on_the_data_of_the_day_and_becomes_propositions(
    troupe, mouvement, scenario, client_de, django_capture_on_commit_callbacks
):
    mouvement.refuse.voeux.all().delete()
    finir_les_simulations(mouvement.campagne)
    client = client_de(troupe.dgs_region)
    page = client.get(reverse("opportunites:simulation", args=[scenario.pk])).content.decode()
    assert LENDEMAIN in page
    assert "Recalculer" not in page

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("opportunites:relancer_simulation", args=[scenario.pk]))

    suite = Simulation.objects.exclude(pk=scenario.pk).get()
    assert suite.parametres == scenario.parametres
    assert predicats.refus_preparer(troupe.dgs_ville, suite) is None


def test_afterwards_the_movement_is_repaired(
    troupe, mouvement, scenario, client_de, django_capture_on_commit_callbacks
):
    finir_les_simulations(mouvement.campagne)
    with django_capture_on_commit_callbacks(execute=True):
        client_de(troupe.dgs_ville).post(
            reverse("opportunites:reparer_mouvement", args=[scenario.pk])
        )

    assert Simulation.objects.exclude(pk=scenario.pk).get().est_une_reparation


def test_afterwards_the_host_still_asks_why_not_and_tries_nothing(
    troupe, mouvement, calculer, client_de
):
    mouvement.refuse.avis_recus.all().delete()
    faire_avis(mouvement.vigie, mouvement.refuse, 2)
    scenario = calculer(troupe.dgs_ville, mouvement.campagne)
    finir_les_simulations(mouvement.campagne)
    adresse = reverse("opportunites:pourquoi_pas", args=[scenario.pk])

    page = client_de(troupe.dgs_region).get(f"{adresse}?voeu={mouvement.refuse.voeux.get().pk}")

    assert "Possible, mais" in page.content.decode()
    assert "L’essayer dans un nouveau scénario" not in page.content.decode()
    assert LENDEMAIN in page.content.decode()


@pytest.mark.parametrize(("propositions_au", "se_deplace"), [(0, True), (-1, False)])
def test_the_end_of_the_simulations_is_put_back_as_long_as_propositions_may_leave(
    troupe, propositions_au, se_deplace
):
    campagne = faire_campagne(
        troupe.dgs_ville, simulation_au=dans(-3), propositions_au=dans(propositions_au)
    )
    offertes = [e for e, _ in DeplacementForm(campagne=campagne).fields["etape"].choices]
    assert (Etape.SIMULATION_AU in offertes) is se_deplace
    demande = {
        "acteur": troupe.dgs_ville, "campagne": campagne, "etape": Etape.SIMULATION_AU,
        "jour": dans(0),
    }  # fmt: skip
    if se_deplace:
        deplacee = campagnes.deplacer(**demande)
        assert (deplacee.simulation_au, deplacee.propositions_au) == (dans(0), dans(3))
        assert predicats.refus_simuler(troupe.dgs_ville, deplacee) is None
    else:
        with pytest.raises(ActionImpossible, match="passée"):
            campagnes.deplacer(**demande)


def test_nothing_was_simulated_in_time_and_the_dgs_is_told_what_to_do(troupe, mouvement):
    finir_les_simulations(mouvement.campagne)
    titres = [a.titre for a in a_faire(troupe.dgs_region)]

    assert "Déplacer la fin des simulations" in titres
    assert "Simuler le mouvement" not in titres


# --- Calendars ------------------------------------------------------------------------------------


def dates():
    return {e.value: dans(10 + 10 * n) for n, e in enumerate(Etape)}


def test_each_employer_has_its_dates_for_its_calendar_and_they_move(troupe):
    campagne = campagnes.ouvrir_campagne(acteur=troupe.dgs_ville, nom="Mouvement", dates=dates())
    campagnes.deplacer(
        acteur=troupe.dgs_ville, campagne=campagne, etape=Etape.AVIS_AU, jour=dans(33)
    )

    recus = Courriel.objects.filter(utilisateur=troupe.drh_region.utilisateur).order_by("pk")
    avant, apres = [r.agenda.replace("\r\n ", "") for r in recus]
    for agenda, jour, sequence in ((avant, dans(30), 0), (apres, dans(33), 1)):
        assert f"UID:{campagne.uid_agenda}-avis_au" in agenda
        assert f"DTSTART;VALUE=DATE:{jour:%Y%m%d}" in agenda
        assert agenda.count(f"SEQUENCE:{sequence}") == 3
        assert "Fin des simulations" not in agenda
    sien = Courriel.objects.filter(utilisateur=troupe.dgs_region.utilisateur).first()
    assert "Fin des simulations" in sien.agenda.replace("\r\n ", "")


def test_the_calendar_to_subscribe_to_holds_them_and_follows(troupe, client):
    cadre = faire_cadre(troupe.departement, "retenu", avancee="en_parcours")
    campagne = faire_campagne(
        troupe.dgs_ville, voeux_au=dans(3), avis_au=dans(4), simulation_au=dans(5)
    )

    def lire(acteur):
        jeton = creer_abonnement(acteur=acteur)
        texte = client.get(reverse("parcours:flux_agenda", args=[jeton])).content.decode()
        return texte.replace("\r\n ", "")

    assert f"DTSTART;VALUE=DATE:{dans(3):%Y%m%d}" in lire(acteur_du_cadre(cadre))
    campagnes.deplacer(
        acteur=troupe.dgs_ville, campagne=campagne, etape=Etape.VOEUX_AU, jour=dans(9)
    )
    apres = lire(acteur_du_cadre(cadre))
    assert f"DTSTART;VALUE=DATE:{dans(9):%Y%m%d}" in apres
    assert f"UID:{campagne.uid_agenda}-voeux_au" in apres
    assert "Fin des avis" in lire(troupe.drh_region)
    assert "campagne-" not in lire(troupe.etranger_drh)
    Campagne.objects.update(close_le=f"{dans(0)}T00:00Z")
    assert "campagne-" not in lire(acteur_du_cadre(cadre))


def test_whoever_is_not_in_a_parcours_has_no_date_of_wishes(troupe, client):
    faire_campagne(troupe.dgs_ville)
    jeton = creer_abonnement(acteur=troupe.cadre_muet)

    lu = client.get(reverse("parcours:flux_agenda", args=[jeton])).content.decode()

    assert "campagne-" not in lu
