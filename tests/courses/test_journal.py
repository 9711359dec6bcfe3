"""The chain of the journal under real threads: it neither forks, nor makes acts wait for another."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from collectivites.chaine.maillons import chainer
from collectivites.chaine.verification import verifier
from collectivites.journal import journaliser
from collectivites.models import EntreeJournal, MaillonJournal
from collectivites.mots import Actes
from tests.courses.depart import courir, se_croiser

pytestmark = [pytest.mark.course, pytest.mark.django_db(transaction=True)]


def decider(acteur):
    journaliser(
        acteur=acteur,
        acte=Actes.DELEGATION_DONNEE,
        libelle="Décision d’essai",
        objet=acteur.mandat,
        collectivite=acteur.collectivite,
    )


def test_without_the_lock_two_would_give_the_same_place_and_the_base_refuses(troupe):
    rencontre = se_croiser()

    def geste(numero):
        place = MaillonJournal.objects.exclude(numero=None).count() + 1
        rencontre()
        MaillonJournal.objects.create(
            entree_id=-1 - numero,
            demarche=troupe.demarche,
            numero=place,
            inscrit_le=timezone.now(),
        )

    course = courir(2, geste)

    assert len(course.reussites) == 1
    assert course.messages == {"Une autre ligne du journal tient déjà cette place.": 1}


def test_forty_acts_at_once_make_one_chain(troupe):
    acteurs = [troupe.dgs_ville, troupe.dgs_departement, troupe.etranger_dgs, troupe.drh_region]

    course = courir(40, lambda i: decider(acteurs[i % 4]))
    chainer(troupe.demarche.pk)

    assert not course.fautes
    assert len(course.reussites) == 40
    assert not MaillonJournal.objects.filter(numero=None).exists()
    siennes, autres = verifier(troupe.demarche), verifier(troupe.autre_demarche)
    assert (siennes.compte, siennes.ruptures) == (30, [])
    assert (autres.compte, autres.ruptures) == (10, [])


def test_an_act_that_lasts_holds_no_other(troupe):
    """Both have written their line before either commits: nobody waited for the other's lock."""
    tous_deux = threading.Barrier(2)

    def geste(numero):
        decider(troupe.dgs_ville if numero else troupe.dgs_departement)
        tous_deux.wait(20)

    course = courir(2, geste)

    assert not course.fautes
    assert verifier(troupe.demarche).compte == 2


def test_chaining_waits_for_no_line_that_is_being_written(troupe):
    """A line not committed yet is chained after those that were, in its turn."""
    ecrite, chainee = threading.Event(), threading.Event()

    def geste(numero):
        if numero == 0:
            decider(troupe.dgs_ville)
            ecrite.set()
            assert chainee.wait(20)
        else:
            assert ecrite.wait(20)
            with connection.cursor() as curseur:
                curseur.execute("SET LOCAL lock_timeout = '5s'")
            decider(troupe.dgs_departement)
            transaction.on_commit(chainee.set)

    course = courir(2, geste)

    assert not course.fautes
    assert verifier(troupe.demarche).ruptures == []
    premiere, seconde = EntreeJournal.objects.order_by("pk")
    assert (premiere.maillon.numero, seconde.maillon.numero) == (2, 1)
