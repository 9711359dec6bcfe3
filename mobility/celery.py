"""The Celery application: `celery -A mobility worker`, `celery -A mobility beat`."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobility.settings")

app = Celery("quatuor")
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
