"""Days that count: working days of the Loiret's calendar, and the default time to answer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone

#: Time given to answer a proposition.
JOURS_POUR_REPONDRE = 14
JOURS_POUR_REPONDRE_MAX = 60
HEURE_LIMITE = time(18)
#: Working days given to a DGS to arbitrate a reserve.
JOURS_POUR_ARBITRER = 10


@lru_cache(maxsize=16)
def _feries(annee: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", years=annee))


def est_ouvre(jour: date) -> bool:
    """Monday to Friday, but for the public holidays of metropolitan France."""
    return jour.weekday() < 5 and jour not in _feries(jour.year)


def ajouter_jours_ouvres(depart: date, nombre: int) -> date:
    """The `nombre`-th working day after `depart`, which itself does not count."""
    jour = depart
    while nombre:
        jour += timedelta(days=1)
        nombre -= est_ouvre(jour)
    return jour


def echeance_par_defaut(maintenant: datetime | None = None) -> datetime:
    """In 14 days at 18:00, Paris time, whatever the changes of hour between."""
    jour = timezone.localtime(maintenant).date() + timedelta(days=JOURS_POUR_REPONDRE)
    return timezone.make_aware(datetime.combine(jour, HEURE_LIMITE))
