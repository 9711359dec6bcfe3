"""A campaign that is ready to simulate, and runs of its simulator."""

from types import SimpleNamespace

import pytest

from opportunites.campagne.actions import ensembles, simulations
from opportunites.campagne.calcul.parametres import par_defaut
from opportunites.models import Simulation
from tests.fabriques import dans, faire_mouvement


@pytest.fixture
def mouvement(troupe):
    return faire_mouvement(troupe)


@pytest.fixture
def calculer(django_capture_on_commit_callbacks):
    """`calculer(acteur, campagne, **parametres)`: a run, with its answer."""

    def faire(acteur, campagne, **parametres):
        with django_capture_on_commit_callbacks(execute=True):
            lancee = simulations.simuler(
                acteur=acteur,
                campagne=campagne,
                parametres=par_defaut(acteur.demarche) | parametres,
            )
        return Simulation.objects.select_related("campagne__demarche", "tache").get(pk=lancee.pk)

    return faire


@pytest.fixture
def scenario(troupe, mouvement, calculer):
    """The run that finds the exchange and the chain."""
    return calculer(troupe.dgs_ville, mouvement.campagne)


@pytest.fixture
def liees(troupe, mouvement, scenario):
    """All of it, drafted: `chaine` and `boucle`, each a list of propositions in their order."""
    ensembles.preparer(
        acteur=troupe.dgs_ville, simulation=scenario, numeros=[0, 1], date_effet=dans(120)
    )
    par_genre = {
        e.genre: [m.proposition for m in e.maillons.order_by("ordre")]
        for e in scenario.ensembles.all()
    }
    return SimpleNamespace(**par_genre)
