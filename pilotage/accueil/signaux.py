"""What happens when somebody comes in."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from collectivites.models import Utilisateur

#: Somebody who logs in again within the hour is still on the same visit.
MEME_VISITE = timedelta(hours=1)


def retenir_la_visite(*, user: Utilisateur, **_kwargs: Any) -> None:
    """Keep the day of the last visit, so that the home page says what changed since then.

    Runs before Django's own receiver writes `last_login`: `pilotage` is the first application
    of the settings, and a test holds it there.
    """
    derniere = user.last_login
    if derniere is None or timezone.now() - derniere < MEME_VISITE:
        return
    user.visite_precedente = derniere
    user.save(update_fields=["visite_precedente"])
