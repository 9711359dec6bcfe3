"""Runs of the simulator on PostgreSQL, in a real Celery worker, on a campaign that takes HiGHS more than
half a minute: two DGS at once, time over, stopped, data that change meanwhile, a worker killed."""

import os
import signal
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from collectivites.models import Tache
from collectivites.refus import ActionImpossible
from collectivites.travaux import taches
from collectivites.travaux.battement import SILENCE
from collectivites.travaux.taches import avancement
from mobility.celery import app
from opportunites.campagne.actions import ensembles, simulations
from opportunites.campagne.calcul.parametres import par_defaut
from opportunites.models import Ensemble, Proposition, Simulation, Voeu
from opportunites.mouvement.comparaison.generateur import Taille
from tests.courses.depart import courir, se_croiser
from tests.fabriques import dans, faire_grand_mouvement, faire_mouvement, faire_simulation
from tests.services import lancer_worker

pytestmark = [
    pytest.mark.course,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
Etat = Simulation.Etat
#: Minutes of proof: one second finds half of what is possible.
LONG, GRAINE = Taille(200, accueil=0.6), 1
FILE = "mouvement-tue"


@pytest.fixture
def campagne(troupe):
    return faire_grand_mouvement(troupe, LONG, GRAINE)


@transaction.atomic  # as a POST
def lancer(acteur, campagne, limite):
    return simulations.simuler(
        acteur=acteur,
        campagne=campagne,
        parametres=par_defaut(acteur.demarche) | {"limite": limite},
    )


def etat(simulation):
    return Simulation.objects.values_list("etat", flat=True).get(pk=simulation.pk)


def cherche(simulation):
    """HiGHS is at work on it."""
    return etat(simulation) == Etat.EN_COURS and avancement(simulation.tache)[0] > 0


# --- Two DGS at once ------------------------------------------------------------------------------


def lancer_sans_verrou(acteur, campagne, rencontre):
    """Read, meet, write: what launching would do without the lock of the campaign."""
    libre = not Simulation.objects.vivantes().filter(campagne=campagne).exists()
    rencontre()
    assert libre
    return Simulation.objects.create(
        campagne=campagne, auteur=acteur.mandat, parametres=par_defaut(acteur.demarche)
    )


def test_without_the_lock_the_database_still_refuses_the_second_run(troupe):
    campagne, rencontre = faire_mouvement(troupe).campagne, se_croiser()
    dgs = [troupe.dgs_ville, troupe.dgs_region]

    course = courir(2, lambda n: lancer_sans_verrou(dgs[n], campagne, rencontre))

    assert not course.fautes
    assert len(course.reussites) == 1
    assert "Une simulation est déjà en cours" in course.refus[0]


def test_two_dgs_launch_at_once_and_one_of_them_is_told(troupe, monkeypatch):
    monkeypatch.setattr(taches, "demarrer", lambda *_, **__: None)  # the job waits: both are there
    campagne = faire_mouvement(troupe).campagne
    dgs = [troupe.dgs_ville, troupe.dgs_departement, troupe.dgs_region]

    course = courir(3, lambda n: lancer(dgs[n], campagne, 10))

    assert not course.fautes
    assert len(course.reussites) == 1
    dit = "Une simulation est déjà en cours : attendez sa fin, ou arrêtez-la."
    assert course.messages == {dit: 2}
    assert Simulation.objects.count() == Tache.objects.count() == 1


def test_two_dgs_draft_the_same_at_once_and_it_is_drafted_once(troupe):
    scenario = faire_simulation(faire_mouvement(troupe).campagne, troupe.dgs_ville)
    dgs = [troupe.dgs_ville, troupe.dgs_region]

    course = courir(
        2,
        lambda n: ensembles.preparer(
            acteur=dgs[n], simulation=scenario, numeros=[0, 1], date_effet=dans(90)
        ),
    )

    assert not course.fautes
    assert course.refus == ["Ces propositions viennent d’être préparées : regardez l’atelier."]
    assert (Ensemble.objects.count(), Proposition.objects.count()) == (2, 4)


# --- A real worker --------------------------------------------------------------------------------


def test_time_over_gives_the_best_found_with_its_gap_and_changed_data_are_told(
    troupe, campagne, worker_celery, attendre, client_de
):
    lancee = lancer(troupe.dgs_ville, campagne, 2)
    attendre(lambda: cherche(lancee))
    Voeu.objects.filter(cadre=Voeu.objects.earliest("pk").cadre).delete()

    attendre(lambda: etat(lancee) == Etat.CALCULEE, 60)

    lancee.refresh_from_db()
    reponse = lancee.resultat["reponse"]
    assert reponse["status"] == "feasible"
    # The number may be the best already, and what comes after it (wishes, urgency) not proved yet.
    assert len(reponse["assignment"]) == reponse["moves"] <= reponse["bound"]
    page = client_de(troupe.dgs_region).get(reverse("opportunites:simulation", args=[lancee.pk]))
    texte = " ".join(page.content.decode().replace("\u00a0", " ").split())
    assert "Calcul arrêté avant sa preuve" in texte
    if reponse["moves"] < reponse["bound"]:
        assert f"{reponse['bound']} mobilités. Elle n’est pas garantie la meilleure" in texte
    else:
        assert "le nombre de mobilités est sûr" in texte
        assert "le choix entre solutions équivalentes ne l’est pas" in texte
    assert "Optimum prouvé" not in texte
    assert "Les données ont changé depuis ce calcul" in texte
    with pytest.raises(ActionImpossible, match="des vœux"), transaction.atomic():
        ensembles.preparer(acteur=troupe.dgs_ville, simulation=lancee, numeros=[0])


def test_stopped_while_it_searches_it_writes_nothing_and_leaves_the_place(
    troupe, campagne, worker_celery, attendre
):
    lancee = lancer(troupe.dgs_ville, campagne, 120)
    attendre(lambda: cherche(lancee))

    with transaction.atomic():
        simulations.arreter(acteur=troupe.dgs_region, simulation=lancee)

    attendre(lambda: Tache.objects.get(pk=lancee.tache_id).est_finie)
    lancee.refresh_from_db()
    assert (lancee.etat, lancee.resultat) == (Etat.ANNULEE, {})
    suivante = lancer(troupe.dgs_departement, campagne, 1)
    attendre(lambda: etat(suivante) == Etat.CALCULEE, 60)


@pytest.mark.lent
def test_a_worker_killed_under_a_run_is_found_dead_told_and_started_again(
    troupe, campagne, tmp_path, attendre, settings, monkeypatch, client_de
):
    from django.conf import settings as reglages

    settings.TACHES_MODE = "celery"
    settings.CACHES = {"default": reglages.CACHE_REDIS}
    # A queue of their own: the worker of the other tests does not take what the dead one has left.
    monkeypatch.setattr(
        taches, "demarrer", lambda tache, *a, **_: tache.apply_async(args=a, queue=FILE)
    )
    with app.connection_for_write() as connexion:
        connexion.default_channel.queue_declare(FILE)
        connexion.default_channel.queue_purge(FILE)
    options = ("--concurrency=1", f"--queues={FILE}")
    with lancer_worker(f"tue-{os.getpid()}@local", tmp_path / "tue.log", *options) as worker:
        lancee = lancer(troupe.dgs_ville, campagne, 120)
        attendre(lambda: cherche(lancee))
        os.killpg(worker.pid, signal.SIGKILL)  # no handler, no « finally »; HiGHS dies with it
        assert worker.wait(10) == -signal.SIGKILL

    # Nobody knows yet, and nobody may launch beside it.
    dgs, adresse = (
        client_de(troupe.dgs_region),
        reverse("opportunites:simulation", args=[lancee.pk]),
    )
    assert simulations.constater_les_mortes() == 0
    assert "Arrêter le calcul" in dgs.get(adresse).content.decode()
    with pytest.raises(ActionImpossible, match="déjà en cours"):
        lancer(troupe.dgs_region, campagne, 1)

    # Once its worker has been silent for three beats.
    muette = timezone.now() - SILENCE - timedelta(seconds=1)
    Tache.objects.filter(pk=lancee.tache_id).update(battue_le=muette)
    assert "Le calcul s’est interrompu" in dgs.get(adresse).content.decode()
    Simulation.objects.filter(pk=lancee.pk).update(parametres=lancee.parametres | {"limite": 1})
    with lancer_worker(f"suivant-{os.getpid()}@local", tmp_path / "suivant.log", *options):
        dgs.post(reverse("opportunites:relancer_simulation", args=[lancee.pk]))
        suivante = Simulation.objects.exclude(pk=lancee.pk).get()
        attendre(lambda: etat(suivante) == Etat.CALCULEE, 60)
    lancee.refresh_from_db()
    assert (lancee.etat, lancee.erreur) == (Etat.ECHOUEE, simulations.MORTE)
    assert "Le calcul n’a pas abouti" in dgs.get(adresse).content.decode()
