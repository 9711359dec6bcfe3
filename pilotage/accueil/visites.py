"""What happens when somebody comes in."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from collectivites.models import Utilisateur

#: Somebody who logs in again within the hour is still on the same visit.
MEME_VISITE = timedelta(hours=1)


def retenir_la_visite(
    *, instance: Utilisateur, update_fields: Iterable[str] | None, **_kwargs: Any
) -> None:
    """Keep the day of the last visit, so that the home page says what changed since then.

    Receiver of `pre_save`: Django writes `last_login`, alone, when somebody logs in, and what it
    replaces is still in the database.
    """
    if update_fields is not None and set(update_fields) == {"last_login"}:
        Utilisateur.objects.filter(
            pk=instance.pk, last_login__lte=timezone.now() - MEME_VISITE
        ).update(visite_precedente=F("last_login"))
