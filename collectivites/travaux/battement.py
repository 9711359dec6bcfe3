"""The heartbeat of a job: its row says, every few seconds, that its worker lives.

On its own connection: it shows while the job's transaction is open. On SQLite that transaction holds
the only write lock; the beat waits, and so does whoever would say that the job is dead.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, connections
from django.utils import timezone

from collectivites.garanties import mur
from collectivites.models import Tache

logger = logging.getLogger(__name__)

BATTEMENT = 10.0  # seconds
#: Three beats missed: the worker is dead, or cut from the database.
SILENCE = timedelta(seconds=30)


@contextmanager
def battre(tache: Tache) -> Iterator[None]:
    """Beat until the block ends."""
    fini = threading.Event()
    fil = threading.Thread(target=_battre, args=(tache.pk, tache.essais, fini), daemon=True)
    fil.start()
    try:
        yield
    finally:
        fini.set()


@mur.partout()
def _battre(pk: UUID, essai: int, fini: threading.Event) -> None:
    try:
        while not fini.wait(BATTEMENT):
            try:
                Tache.objects.filter(pk=pk, etat=Tache.Etat.EN_COURS, essais=essai).update(
                    battue_le=timezone.now()
                )
            except DatabaseError:
                logger.warning("The heartbeat of job %s could not be written", pk)
                connections.close_all()  # this thread's own: the next beat opens another
    finally:
        connections.close_all()


def est_silencieuse(tache: Tache, maintenant: datetime | None = None) -> bool:
    """Whether a job under way has stopped giving signs of life."""
    if tache.etat != Tache.Etat.EN_COURS:
        return False
    signe = tache.battue_le or tache.commencee_le
    return signe is not None and abs((maintenant or timezone.now()) - signe) > SILENCE
