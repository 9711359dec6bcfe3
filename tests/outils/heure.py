"""The suite at another hour, to find the tests that fail late in the evening or across a change of
the hour: `QUATUOR_HEURE=2027-03-29T23:30:00+02:00 pytest -p tests.outils.heure tests/…`.
"""

import os
from datetime import datetime

import time_machine

_voyage = time_machine.travel(datetime.fromisoformat(os.environ["QUATUOR_HEURE"]), tick=True)


def pytest_sessionstart():
    _voyage.start()


def pytest_sessionfinish():
    _voyage.stop()
