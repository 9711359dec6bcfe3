"""Races of real threads: everybody at the line, one signal, each on a connection of its own.

    course = courir(50, lambda i: accepter(acteur=acteurs[i], proposition=propositions[i]))
    assert len(course.reussites) == 1

A test that uses it needs PostgreSQL, hence these two marks:

    pytestmark = [pytest.mark.course, pytest.mark.django_db(transaction=True)]

On SQLite it is skipped, and `make test` counts what was skipped. Precede each race with a test
that shows the fault without the lock: `se_croiser` makes two threads meet between read and write.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, OperationalError, connections, transaction

from collectivites.acteurs.acces import CONCURRENCE
from collectivites.garanties.integrite import traduire
from collectivites.refus import ActionImpossible

DELAI = 60  # seconds after which a race is stuck: a deadlock, most likely


@dataclass
class Course:
    """What came of it: values returned, refusals in French, and anything else (a fault)."""

    reussites: list[Any] = field(default_factory=list)
    refus: list[str] = field(default_factory=list)
    fautes: list[BaseException] = field(default_factory=list)

    @property
    def messages(self) -> Counter[str]:
        return Counter(self.refus)


def courir(combien: int, geste: Callable[[int], Any]) -> Course:
    """Run `geste(0)` … `geste(combien - 1)` at once, each in a transaction, as a POST would.

    A refusal of the domain, a violated constraint and a deadlock become the message that a person
    would read.
    """
    course, verrou = Course(), threading.Lock()
    depart = threading.Barrier(combien)

    def coureur(numero: int) -> None:
        issue: Any = None
        ou = course.reussites
        try:
            connections["default"].ensure_connection()
            depart.wait(DELAI)
            with transaction.atomic():
                issue = geste(numero)
        except ActionImpossible as refus:
            ou, issue = course.refus, refus.message
        except IntegrityError as violation:
            ou, issue = course.refus, traduire(violation)
        except OperationalError:  # a deadlock that PostgreSQL has cut
            ou, issue = course.refus, CONCURRENCE
        except BaseException as faute:  # noqa: BLE001  handed back to the test, whatever it is
            ou, issue = course.fautes, faute
        finally:
            connections.close_all()
        with verrou:
            ou.append(issue)

    fils = [threading.Thread(target=coureur, args=(n,), daemon=True) for n in range(combien)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(DELAI)
    assert not any(fil.is_alive() for fil in fils), "a thread is stuck: a deadlock?"
    return course


def se_croiser(combien: int = 2) -> Callable[[], None]:
    """A meeting point to call between a read and a write: nobody goes on before all have read.

    When somebody never comes (a lock holds them back), the others go on after a second.
    """
    rendez_vous = threading.Barrier(combien)

    def attendre() -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            rendez_vous.wait(1)

    return attendre
