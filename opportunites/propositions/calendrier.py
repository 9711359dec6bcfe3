"""The time that people are given to answer a proposition, a request, a réserve."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

#: Days given to answer a proposition.
JOURS_POUR_REPONDRE = 14
JOURS_POUR_REPONDRE_MAX = 60
HEURE_LIMITE = time(18)
#: Working days given to a DGS to arbitrate a reserve.
JOURS_POUR_ARBITRER = 10


def echeance_par_defaut(maintenant: datetime | None = None) -> datetime:
    """In 14 days at 18:00, Paris time, whatever the changes of hour between."""
    jour = timezone.localtime(maintenant).date() + timedelta(days=JOURS_POUR_REPONDRE)
    return timezone.make_aware(datetime.combine(jour, HEURE_LIMITE))
