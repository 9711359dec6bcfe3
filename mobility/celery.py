"""The Celery application: `celery -A mobility worker`, `celery -A mobility beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobility.settings")

app = Celery("quatuor")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["collectivites.travaux"], related_name="taches")
app.autodiscover_tasks(["collectivites.travaux"], related_name="horloge")
app.autodiscover_tasks(["collectivites.travaux"], related_name="courriels")
