"""Appointments in the digest: on the right day, to those who want them, never twice."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from collectivites.communs.calendrier import minuit
from collectivites.models import Courriel, Utilisateur
from parcours.models import Accompagnement, PreferencesRappel, RendezVousCoaching, SuiviEtape
from parcours.sessions.actions import abonnements
from pilotage.accueil import recapitulatif
from tests.fabriques import (
    faire_cadre,
    faire_immersion,
    faire_inscription,
    faire_place,
    faire_prestation,
    faire_promotion,
    faire_session,
)
from tests.fabriques.coaching import faire_accompagnement

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def paris(*instant):
    return datetime(*instant, tzinfo=PARIS)


#: A Tuesday, at eight.
MATIN = paris(2027, 3, 2, 8)


@pytest.fixture(autouse=True)
def rien_que_des_rendez_vous(troupe):
    """What waits for the person, on their day, is told elsewhere (`test_recapitulatif`)."""
    PreferencesRappel.objects.create(utilisateur=troupe.cadre.utilisateur, resume=False)


@pytest.fixture
def rappeler(troupe):
    """The clock rings; how many mails the person has of it."""

    def sonner(maintenant=MATIN):
        siens = Courriel.objects.filter(utilisateur=troupe.cadre.utilisateur)
        avant = siens.count()
        recapitulatif.deposer_recapitulatifs(maintenant=maintenant)
        return siens.count() - avant

    return sonner


@pytest.fixture
def session_le(troupe):
    faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    prestation = faire_prestation(troupe.region, intitule="Module")

    def faire(debut, **champs):
        session = faire_session(prestation, debut=debut, **champs)
        faire_place(session, troupe.fiche_du_cadre)
        return session

    return faire


def le_sien():
    return Courriel.objects.filter(
        cle__startswith="programme/recapitulatif#", cadre_ref__isnull=False
    )


def objets():
    return [o.replace("\u00a0", " ") for o in le_sien().values_list("objet", flat=True)]


@pytest.mark.parametrize(
    ("debut", "attendu"),
    [
        (paris(2027, 3, 9, 9), "dans 7 jours"),
        (paris(2027, 3, 3, 9), "demain"),
        (paris(2027, 3, 2, 14), "aujourd’hui"),
        (paris(2027, 3, 7, 9), "dans 5 jours"),  # the clock was stopped for two days
        (paris(2027, 3, 10, 0, 30), None),
        (paris(2027, 3, 6, 9), None),
        (paris(2027, 3, 2, 6), None),  # it has begun
    ],
)
def test_a_week_before_and_the_day_before(session_le, debut, attendu, rappeler):
    session_le(debut)

    assert rappeler(MATIN) == (1 if attendu else 0)
    if attendu:
        assert f"Module : {attendu}" in objets()[0]


def test_each_reminder_links_to_its_object_and_to_the_preferences(session_le, rappeler):
    session = session_le(paris(2027, 3, 9, 9))
    rappeler(MATIN)

    corps = le_sien().get().corps
    assert f"/sessions/{session.pk}/" in corps
    assert "/mon-agenda/" in corps


def test_two_appointments_are_one_mail_and_never_twice(session_le, rappeler):
    session_le(paris(2027, 3, 9, 9))
    session_le(paris(2027, 3, 3, 14))

    assert [rappeler(MATIN) for _ in range(3)] == [1, 0, 0]
    corps = le_sien().get().corps.replace("\u00a0", " ")
    assert ("Module, dans 7 jours, le 9 mars 2027" in corps, "Module, demain" in corps) == (
        True,
        True,
    )
    assert objets() == ["Votre récapitulatif : 2 points à suivre"]


@pytest.mark.parametrize(
    ("heure", "part"), [(7, False), (8, True), (9, True), (10, False), (18, False)]
)
def test_it_leaves_at_one_s_own_hour(session_le, rappeler, heure, part):
    """A clock that was late makes up for it within the hour that follows."""
    session_le(paris(2027, 3, 9, 9))

    assert rappeler(paris(2027, 3, 2, heure)) == part


def test_a_reminder_of_a_day_that_was_missed_is_given_the_day_after_and_only_then(
    session_le, rappeler
):
    session_le(paris(2027, 3, 9, 9))

    assert rappeler(paris(2027, 3, 3, 8)) == 1
    assert [rappeler(paris(2027, 3, jour, 8)) for jour in (4, 5, 6, 7)] == [0, 0, 0, 0]


def test_the_day_before_follows_the_week_before(session_le, rappeler):
    session_le(paris(2027, 3, 9, 9))
    rappeler(MATIN)

    assert rappeler(paris(2027, 3, 8, 8)) == 1


@pytest.mark.parametrize("choix", ["j7", "j1"])
def test_preferences_are_kept(troupe, session_le, choix, rappeler):
    session_le(paris(2027, 3, 9, 9))
    session_le(paris(2027, 3, 3, 9))
    voulus = {"j7": True, "j1": True, "resume": True, choix: False}
    abonnements.regler_rappels(acteur=troupe.cadre, **voulus)

    assert rappeler(MATIN) == 1
    assert ("demain" in objets()[0]) is (choix == "j7")


def test_a_worker_that_dies_half_way_is_followed_by_one_that_ends_the_work(
    troupe, session_le, monkeypatch
):
    """Each digest is written in its own transaction: the first stays, the others come."""
    session = session_le(paris(2027, 3, 9, 9), places=3)
    for _ in range(2):
        faire_place(session, faire_cadre(troupe.region, "retenu"))
    ecrire, appels = recapitulatif.deposer, []

    def mourir(*args, **kwargs):
        if len(appels) == 1:
            raise SystemExit("killed")
        depose = ecrire(*args, **kwargs)
        appels.append(depose)
        return depose

    monkeypatch.setattr(recapitulatif, "attentes_de", lambda acteur: [])
    monkeypatch.setattr(recapitulatif, "deposer", mourir)
    with pytest.raises(SystemExit):
        recapitulatif.deposer_recapitulatifs(maintenant=MATIN)
    assert Courriel.objects.count() == 1

    monkeypatch.setattr(recapitulatif, "deposer", ecrire)
    assert recapitulatif.deposer_recapitulatifs(maintenant=MATIN) == 2
    assert Courriel.objects.count() == 3


def test_the_night_of_summer_time_shifts_nothing(session_le, rappeler):
    """28 March 2027: that day has 23 hours. The day before is still the day before."""
    session_le(paris(2027, 3, 29, 0, 30))

    assert rappeler(paris(2027, 3, 27, 23, 59)) == 0
    assert rappeler(paris(2027, 3, 28, 8)) == 1
    assert "demain" in objets()[0]


def test_seven_days_across_winter_time(session_le, rappeler):
    session_le(paris(2027, 11, 1, 9))

    assert rappeler(paris(2027, 10, 25, 8)) == 1
    assert "dans 7 jours" in objets()[0]


def test_an_all_day_session_and_one_across_midnight(session_le, rappeler):
    session_le(minuit(date(2027, 3, 3)), fin=minuit(date(2027, 3, 4)), journee_entiere=True)
    session_le(paris(2027, 3, 3, 22), fin=paris(2027, 3, 4, 2))

    assert rappeler(MATIN) == 1
    corps = " ".join(Courriel.objects.values_list("corps", flat=True)).replace("\u00a0", " ")
    assert "Mercredi 3 mars 2027, toute la journée" in corps
    assert "Du mercredi 3 mars 2027, 22 h, au jeudi 4 mars 2027, 2 h" in corps


def test_steps_and_immersions_are_reminded_as_well(troupe, rappeler):
    inscription = faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    inscription.suivis.filter(etape__ordre=2).update(
        etat=SuiviEtape.Etat.PLANIFIEE, quand=paris(2027, 3, 3, 9)
    )
    faire_immersion(
        troupe.fiche_du_cadre,
        troupe.region,
        "convention",
        jours=["2027-03-09", "2027-03-10"],
        nb_jours=2,
        debut=date(2027, 3, 9),
        fin=date(2027, 3, 10),
    )

    assert rappeler(MATIN) == 1
    assert "Immersion, Région" in le_sien().get().corps


@pytest.fixture
def coaching_le(troupe):
    accompagnement = faire_accompagnement(troupe.fiche_du_cadre)

    def faire(debut, **champs):
        return RendezVousCoaching.objects.create(
            accompagnement=accompagnement, debut=debut, **champs
        )

    return faire


@pytest.mark.parametrize(
    ("debut", "dans"), [(paris(2027, 3, 9, 9), "dans 7 jours"), (paris(2027, 3, 3, 9), "demain")]
)
def test_a_coaching_is_reminded_once_in_neutral_words(troupe, coaching_le, debut, dans, rappeler):
    coaching_le(debut, lieu="Cabinet Jourdan")

    assert [rappeler(MATIN) for _ in range(2)] == [1, 0]
    courriel = le_sien().get()
    assert courriel.utilisateur == troupe.cadre.utilisateur
    assert objets()[0].startswith(f"Coaching : {dans}, le ")
    corps = courriel.corps.replace("\u00a0", " ")
    assert "Cabinet Jourdan" in corps
    assert "/mon-accompagnement/#rendez-vous" in corps
    assert troupe.accompagnateur.utilisateur.nom not in corps.replace("Cabinet Jourdan", "")


@pytest.mark.parametrize("etat", ["annule", "tenu", "absent", "excuse"])
def test_a_coaching_that_is_off_is_not_reminded(coaching_le, etat, rappeler):
    coaching_le(paris(2027, 3, 9, 9), etat=etat)

    assert rappeler(MATIN) == 0


def test_a_coaching_of_a_closed_accompagnement_is_not_reminded(coaching_le, rappeler):
    rendez_vous = coaching_le(paris(2027, 3, 9, 9))
    Accompagnement.objects.update(fin=timezone.now(), motif_fin="terme")
    assert rendez_vous.etat == "prevu"

    assert rappeler(MATIN) == 0


def test_what_is_cancelled_or_interrupted_is_not_reminded(troupe, session_le, rappeler):
    session = session_le(paris(2027, 3, 9, 9))
    session.etat, session.motif = "annulee", "x"
    session.save()

    assert rappeler(MATIN) == 0


def test_it_costs_the_same_for_one_and_for_many(
    session_le, django_assert_max_num_queries, rappeler
):
    """What waits for the others has the cost of their « À faire », each: it is set apart."""
    deja = PreferencesRappel.objects.values("utilisateur")
    PreferencesRappel.objects.bulk_create(
        PreferencesRappel(utilisateur=autre, resume=False)
        for autre in Utilisateur.objects.exclude(pk__in=deja)
    )
    for heure in range(8, 20):
        session_le(paris(2027, 3, 9, heure))
    rappeler(MATIN)

    with django_assert_max_num_queries(20):
        assert rappeler(MATIN) == 0


def test_who_has_nothing_to_read_costs_no_more_than_their_a_faire(troupe, monkeypatch):
    """Their mandats are read with everybody's, not one person after the other."""
    monkeypatch.setattr(recapitulatif, "attentes_de", lambda acteur: [])
    monkeypatch.setattr(recapitulatif, "acteur_du_mandat", lambda mandat: troupe.drh_ville)

    def requetes():
        with CaptureQueriesContext(connection) as lues:
            assert recapitulatif.deposer_recapitulatifs(maintenant=MATIN) == 0
        return [q for q in lues.captured_queries if "SAVEPOINT" not in q["sql"]]

    avant = len(requetes())
    for _ in range(5):
        faire_cadre(troupe.ville, "retenu")
    assert len(requetes()) == avant <= 15
