"""Celery beat, when the clock of its machine is set back: it goes on ringing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from mobility.celery import Horloge, app

#: Before midnight in Paris, in winter: nothing of the night nor of the morning is due.
MAINTENANT = datetime(2027, 1, 12, 13, 0, tzinfo=UTC)


@pytest.fixture
def horloge(tmp_path, monkeypatch):
    """Beat, and what it rang."""
    beat = Horloge(app, schedule_filename=str(tmp_path / "beat"), lazy=True)
    beat.sonnees = []
    monkeypatch.setattr(beat, "apply_entry", lambda entree, producer: beat.sonnees.append(entree))
    with time_machine.travel(MAINTENANT, tick=False):
        beat.setup_schedule()
    yield beat
    beat.close()


def sonner(beat, debut, secondes):
    """What is rung in so many seconds, as beat lives them: it sleeps as long as it said."""
    beat.sonnees.clear()
    passees = 0.0
    while passees < secondes:
        with time_machine.travel(debut + timedelta(seconds=passees), tick=False):
            passees += max(beat.tick() or 0, 0.5)
    return [entree.name for entree in beat.sonnees]


def test_it_rings_every_thirty_seconds_and_every_five_minutes(horloge):
    rang = sonner(horloge, MAINTENANT, 610)

    assert 19 <= rang.count("horloge-vive") <= 21
    assert rang.count("horloge") == 2


def test_set_back_by_a_month_it_goes_on_at_once(horloge):
    sonner(horloge, MAINTENANT, 310)

    rang = sonner(horloge, MAINTENANT - timedelta(days=30), 610)

    assert 19 <= rang.count("horloge-vive") <= 21
    assert rang.count("horloge") == 2


def test_set_back_by_a_few_seconds_it_changes_nothing(horloge, caplog):
    sonner(horloge, MAINTENANT, 310)

    sonner(horloge, MAINTENANT + timedelta(seconds=290), 60)

    assert "set back" not in caplog.text


def test_beat_is_this_one():
    assert app.conf.beat_scheduler == "mobility.celery:Horloge"
