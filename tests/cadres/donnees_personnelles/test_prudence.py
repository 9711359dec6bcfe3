"""A clock that jumps, or a night that would forget too many, erases nobody before somebody confirms."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from cadres.donnees_personnelles.prudence import PART, TOUJOURS, purger_prudemment
from cadres.models import Cadre
from collectivites.models import Courriel, Passage
from tests import fabriques
from tests.cadres.donnees_personnelles.aide import Etat, vieillir


def oublies():
    return Cadre.objects.filter(anonymise_le__isnull=False).count()


def dans_le_futur(jours):
    return time_machine.travel(timezone.now() + timedelta(days=jours), tick=False)


@pytest.fixture
def un_ancien(troupe):
    """Somebody whose time has come."""
    ancien = fabriques.faire_cadre(troupe.region, Etat.RETIRE)
    vieillir(ancien, 800)
    return ancien


def attente():
    return Passage.objects.get(nom="purge").attente


def test_an_ordinary_night_forgets_what_is_due_and_says_when_it_was(un_ancien):
    assert purger_prudemment()["fiches"] == 1
    assert attente() == ""
    assert oublies() == 1


def test_a_clock_six_years_ahead_erases_nobody_and_no_mail(troupe):
    fabriques.faire_cadre(troupe.region, Etat.RETIRE)
    courriel = Courriel.objects.create(
        destinataire="a@region.example", objet="Bonjour", corps="Un mot.", cle="essai"
    )
    purger_prudemment()

    with dans_le_futur(6 * 365):
        assert purger_prudemment().total() == 0
        assert "sauté en avant" in attente()
        # The night after is not more confident.
        assert purger_prudemment().total() == 0

    courriel.refresh_from_db()
    assert oublies() == 0
    assert courriel.corps == "Un mot."


@pytest.mark.parametrize(("jours", "attend"), [(10, False), (11, True), (-1, True)])
def test_ten_days_pass_for_a_repair_and_a_day_back_for_a_fault(troupe, jours, attend):
    purger_prudemment()

    with dans_le_futur(jours):
        purger_prudemment()

        assert bool(attente()) is attend


def test_a_night_that_would_forget_one_in_ten_waits(troupe):
    cadres = [fabriques.faire_cadre(troupe.region, Etat.RETIRE) for _ in range(TOUJOURS + 1)]
    for cadre in cadres:
        vieillir(cadre, 800)
    assert PART * Cadre.objects.count() < TOUJOURS + 1

    assert purger_prudemment()["fiches"] == 0
    assert f"{TOUJOURS + 1}\u00a0fiches sur" in attente()

    Cadre.objects.filter(pk=cadres[0].pk).delete()
    assert purger_prudemment()["fiches"] == TOUJOURS


def test_who_asked_to_be_forgotten_does_not_wait_for_the_others(troupe, un_ancien):
    purger_prudemment()
    demandeur = fabriques.faire_cadre(troupe.region, Etat.RETIRE)
    demandeur.candidature.effacement_demande_le = timezone.now()
    demandeur.candidature.save()

    with dans_le_futur(400):
        assert purger_prudemment()["fiches"] == 1

    demandeur.refresh_from_db()
    assert demandeur.anonymise_le is not None


def test_the_command_refuses_says_why_and_obeys_once_confirmed(un_ancien):
    Passage.objects.create(nom="purge", quand=timezone.now() - timedelta(days=60))

    with pytest.raises(CommandError, match="l’horloge a sauté en avant"):
        call_command("purger")
    sortie = StringIO()
    call_command("purger", "--a-blanc", stdout=sortie)
    assert "Attend une confirmation" in sortie.getvalue()
    assert oublies() == 0

    call_command("purger", "--confirmer", stdout=StringIO())

    assert oublies() == 1
    call_command("purger", stdout=StringIO())  # from now on nothing waits


def test_the_health_page_tells_that_somebody_is_waited_for(client, db):
    assert client.get("/sante/").json()["horloge"] == "ok"

    Passage.objects.create(nom="purge", attente="l’horloge a sauté")

    reponse = client.get("/sante/")
    assert reponse.status_code == 200
    assert reponse.json()["horloge"] == "attend une confirmation"
