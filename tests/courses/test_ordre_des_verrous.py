"""Two bulk acts on the same people: they wait for one another, and never embrace.

Three people, whose candidacies were created in the reverse order of their files. Somebody holds
the one in the middle; two acts begin, each at its end of the row. Once the middle is let go, an
act in the order of the candidacies and an act in the order of the files hold each what the other
needs: PostgreSQL cuts one of them.
"""

import threading
import time

import pytest
from django.db import connections, transaction

from cadres.candidature import actions as actions_candidature
from cadres.fiche.verrous import prendre
from cadres.models import Candidature
from collectivites.acteurs.acces import CONCURRENCE
from parcours.models import Inscription
from parcours.programme.actions import inscriptions
from tests.courses.depart import courir
from tests.fabriques import faire_cadre, faire_promotion
from tests.fabriques.registre import dates_de_la_candidature

pytestmark = [
    pytest.mark.course,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def cadres(troupe):
    """Retained, of one employer; the last file has the first candidacy."""
    cadres = [faire_cadre(troupe.departement, "retenu") for _ in range(3)]
    Candidature.objects.filter(cadre__in=cadres).delete()
    for cadre in reversed(cadres):
        cadre.candidature = Candidature.objects.create(
            cadre=cadre, etat="retenu", **dates_de_la_candidature("retenu")
        )
    return cadres


@pytest.fixture
def milieu_tenu(cadres):
    """Holds the person in the middle for half a second: both acts have taken their first by then."""
    tenu = threading.Event()

    def tenir():
        try:
            with transaction.atomic():
                prendre([cadres[1].pk])
                tenu.set()
                time.sleep(0.5)
        finally:
            connections.close_all()

    fil = threading.Thread(target=tenir, daemon=True)
    fil.start()
    assert tenu.wait(10)
    yield
    fil.join(10)


def test_in_two_orders_one_of_them_is_cut(cadres, milieu_tenu):
    course = courir(
        2,
        lambda n: list(
            Candidature.objects.select_for_update(of=("self",))
            .filter(cadre__in=cadres)
            .order_by(("pk", "cadre_id")[n])
            .values_list("pk")
        ),
    )

    assert not course.fautes
    assert course.refus == [CONCURRENCE]


def test_enrolling_and_entrusting_the_same_people_both_succeed(troupe, cadres, milieu_tenu):
    promotion = faire_promotion(troupe.demarche)
    drh = troupe.drh_departement

    def agir(numero):
        if numero:
            return inscriptions.inscrire(acteur=drh, promotion=promotion, cadres=cadres)
        return actions_candidature.confier_plusieurs(
            acteur=drh,
            cadres=[cadre.pk for cadre in cadres],
            accompagnateur=troupe.accompagnateur.mandat,
        )

    course = courir(2, agir)

    assert not course.fautes
    assert not course.refus
    assert Inscription.objects.filter(cadre__in=cadres).count() == 3
    assert {c.accompagnateur_id for c in _relus(cadres)} == {troupe.accompagnateur.mandat.pk}


def _relus(cadres):
    for cadre in cadres:
        cadre.refresh_from_db()
    return cadres
