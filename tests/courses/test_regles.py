"""Two DGS change a rule at once: one change waits, one agreement an employer, one version."""

import pytest
from django.db import transaction

from collectivites.models import Demarche
from pilotage.cadrage.regles import actions
from pilotage.cadrage.regles.versions import poser_version
from pilotage.models import AccordRegle, ChangementRegle, VersionRegles
from pilotage.mots import Regle
from tests.courses.depart import courir

pytestmark = [pytest.mark.course, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dgs(troupe):
    poser_version(troupe.demarche)
    return [troupe.dgs_departement, troupe.dgs_region, troupe.dgs_ville]


@transaction.atomic
def proposer(acteur, objectif=40):
    valeurs = {"objectif_mobilites": objectif}
    return actions.proposer(acteur=acteur, regle=Regle.OBJECTIF, valeurs=valeurs, motif="Essai")


def test_without_the_lock_the_database_alone_keeps_one_change_waiting(dgs):
    """Each writes without having read: the constraint says it in French."""

    def ecrire(n):
        return ChangementRegle.objects.create(
            demarche=dgs[n].demarche,
            regle=Regle.OBJECTIF,
            avant={},
            apres={},
            motif="Essai",
            propose_par=dgs[n].mandat,
        )

    course = courir(3, ecrire)
    assert not course.fautes
    assert len(course.reussites) == 1
    assert all("attend déjà" in message for message in course.refus)


def test_two_dgs_propose_at_once_and_one_change_waits(dgs):
    course = courir(9, lambda n: proposer(dgs[n % 3], 40 + n))
    assert not course.fautes
    assert len(course.reussites) == 1
    assert course.messages == {actions.DEJA_EN_ATTENTE: 8}
    assert ChangementRegle.objects.count() == 1


def test_the_last_agreements_given_at_once_change_the_rule_once(dgs):
    changement = proposer(dgs[0])
    course = courir(8, lambda n: actions.accepter(acteur=dgs[1 + n % 2], changement=changement))
    assert not course.fautes
    assert sorted(course.reussites) == [False, True]
    assert AccordRegle.objects.filter(changement=changement).count() == 4
    assert Demarche.objects.get(code="centre").objectif_mobilites == 40
    assert VersionRegles.objects.count() == 2


def test_agreed_refused_and_withdrawn_at_once_it_ends_in_one_way(dgs):
    changement = proposer(dgs[0])
    with transaction.atomic():
        actions.accepter(acteur=dgs[1], changement=changement)
    gestes = [
        lambda: actions.accepter(acteur=dgs[2], changement=changement),
        lambda: actions.refuser(acteur=dgs[2], changement=changement, motif="Non"),
        lambda: actions.retirer(acteur=dgs[0], changement=changement),
    ]
    course = courir(9, lambda n: gestes[n % 3]())
    assert not course.fautes
    assert len(course.reussites) == 1
    changement.refresh_from_db()
    en_vigueur = changement.etat == "en_vigueur"
    assert VersionRegles.objects.count() == 1 + en_vigueur
    assert Demarche.objects.get(code="centre").objectif_mobilites == (40 if en_vigueur else 36)
