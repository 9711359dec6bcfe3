"""What `manage.py check` verifies of the parcours."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from parcours.coaching.secret import verifier_les_cles


def cles_du_coaching(**_: Any) -> list[CheckMessage]:
    """The keys of the coaching are there, and are keys."""
    try:
        verifier_les_cles()
    except ImproperlyConfigured as erreur:
        return [Error(str(erreur), id="parcours.E001")]
    return []
