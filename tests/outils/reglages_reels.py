"""Settings of the processes of `tests/outils/installation.py`: a real mail server, a clock that rings often."""

import os

from mobility.settings_test import *  # noqa: F403
from mobility.settings_test import DATABASES, INSTALLED_APPS, LOGGING, VAR

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["EMAIL_PORT"])
EMAIL_TIMEOUT = 5
MEDIA_ROOT = VAR / "depots"
# As in production: a commit that is answered has reached the disk.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DATABASES["default"]["OPTIONS"].pop("options")
# The models make the tables, as for the suite.
MIGRATION_MODULES = dict.fromkeys(app.rpartition(".apps.")[0] or app for app in INSTALLED_APPS)
MIGRATION_MODULES |= {app.rpartition(".")[2]: None for app in MIGRATION_MODULES} | {"admin": None}
CELERY_BEAT_SCHEDULE = {
    rythme: {"task": "collectivites.travaux.horloge.sonner", "schedule": 3, "args": [rythme]}
    for rythme in ("vite", "continu")
}
LOGGING["root"]["level"] = LOGGING["loggers"]["django"]["level"] = "INFO"
