"""The Celery application: `celery -A mobility worker`, `celery -A mobility beat`."""

import logging
import os
from datetime import timedelta
from typing import Any

from celery import Celery, Task
from celery.beat import PersistentScheduler
from celery.signals import beat_init, before_task_publish, setup_logging, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobility.settings")

logger = logging.getLogger(__name__)

#: More than two machines of one network may differ by.
RECUL = timedelta(minutes=1)


class TacheNumerotee(Task):
    """Bears the number of the request that asked for it; a new one when nobody did."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from collectivites.travaux.numero import AUCUN, EN_TETE_DE_TACHE, numero, sous_le_numero

        if numero() != AUCUN:  # run in the request itself, or in its thread
            return super().__call__(*args, **kwargs)
        with sous_le_numero((self.request.headers or {}).get(EN_TETE_DE_TACHE)):
            return super().__call__(*args, **kwargs)


app = Celery("quatuor", task_cls=TacheNumerotee)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["collectivites.travaux"], related_name="taches")
app.autodiscover_tasks(["collectivites.travaux"], related_name="horloge")
app.autodiscover_tasks(["collectivites.travaux"], related_name="courriels")


@worker_init.connect
@beat_init.connect
def _verifier(**_: object) -> None:
    from django.core.exceptions import ImproperlyConfigured

    from mobility.demarrage import verifier

    try:
        verifier()
    except ImproperlyConfigured as erreur:
        raise SystemExit(str(erreur)) from None  # a signal swallows anything else


class Horloge(PersistentScheduler):
    """Beat waits for the hour that it has written down: were the clock set back by a year, it would be silent
    for a year. What it is said to have rung later than now, it has rung now."""

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        maintenant = self.app.now()
        avance = [
            entree
            for entree in self.schedule.values()
            if entree.last_run_at and entree.last_run_at > maintenant + RECUL
        ]
        if avance:
            logger.warning("The clock was set back: the hours of its next rings are counted anew")
            for entree in avance:
                entree.last_run_at = maintenant
            self._heap = None  # Celery computes it again
        return super().tick(*args, **kwargs)


@before_task_publish.connect
def _numeroter(headers: dict[str, Any], **_: object) -> None:
    from collectivites.travaux.numero import EN_TETE_DE_TACHE, numero

    headers[EN_TETE_DE_TACHE] = numero()


@setup_logging.connect
def _garder_nos_journaux(**_: object) -> None:
    """Celery lays no log of its own when somebody answers here: a worker's lines are as ours, without keys."""
