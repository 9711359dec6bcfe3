"""Settings of the worker that `tests/pilotage/accueil/test_rappels_tues.py` kills: its own queue and mailbox."""

from mobility.settings_test import *  # noqa: F403

CELERY_TASK_DEFAULT_QUEUE = "rappels-tues"
EMAIL_BACKEND = "tests.outils.boite_du_tue.Boite"
