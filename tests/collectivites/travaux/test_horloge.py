"""When the clock may write to people; of several that ring, which one is heard."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from collectivites.travaux import horloge
from collectivites.travaux.horloge import Rythme, est_une_heure_decente, faire_le_tour, sonner
from tests.courses.depart import courir

MIDI = datetime(2027, 1, 12, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("heure", "decente"),
    [("06:59", False), ("07:00", True), ("20:59", True), ("21:00", False), ("00:30", False)],
)
@pytest.mark.parametrize("jour", ["2027-01-15T{}+01:00", "2027-07-15T{}+02:00"])
def test_nobody_is_written_to_at_night_paris_time(jour, heure, decente):
    with time_machine.travel(jour.format(heure), tick=False):
        assert est_une_heure_decente() is decente


@pytest.fixture
def tours(monkeypatch):
    faits = []
    monkeypatch.setattr(horloge, "faire_le_tour", faits.append)
    return faits


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rythme", "avant_le_prochain", "prochain"),
    [("vite", 23, 30), ("continu", 239, 300), ("matin", 1799, 7200), ("nuit", 1799, 86400)],
)
def test_two_clocks_that_ring_for_the_same_turn_are_heard_once(
    tours, rythme, avant_le_prochain, prochain
):
    for secondes in (0, 0, avant_le_prochain, prochain, prochain):
        with time_machine.travel(MIDI + timedelta(seconds=secondes), tick=False):
            sonner(rythme)

    assert tours == [rythme, rythme]


@pytest.mark.django_db
def test_a_clock_that_was_set_back_is_heard_at_once(tours):
    for quand in (MIDI, MIDI - timedelta(days=30)):
        with time_machine.travel(quand, tick=False):
            sonner("vite")

    assert tours == ["vite", "vite"]


@pytest.mark.course
@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_ten_that_ring_at_the_same_instant_are_heard_once(tours):
    course = courir(10, lambda _: sonner("matin"))

    assert (len(course.reussites), course.fautes, tours) == (10, [], ["matin"])


@pytest.mark.django_db
def test_whoever_asks_for_a_round_by_hand_has_it(troupe, monkeypatch):
    monkeypatch.setattr(horloge, "_ACTES", {})
    horloge.a_l_heure("essais.compter", "fois", rythme=Rythme.VITE)(lambda: 1)
    sonner("vite")

    assert [tour.faits for tour in faire_le_tour()] == [1]
