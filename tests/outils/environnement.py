"""What a process of its own must be told, to work on a database of its own."""

import os

from django.conf import settings


def environnement(url: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "mobility.settings_test",
        "TACHES_MODE": "immediat",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
