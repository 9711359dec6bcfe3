"""What an orchestrator, or an alert, reads: which of the servers around this process answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection

from collectivites.garanties.cache import redis_repond
from collectivites.models import Passage

OK = "ok"
ABSENT = "ne répond pas"
SANS = "non utilisé"
ATTEND = "attend une confirmation"


@dataclass(frozen=True)
class Sante:
    """Each server and what it says. Without the database nothing works; without Redis pages do."""

    base: str
    redis: str
    horloge: str

    @property
    def sert(self) -> bool:
        return self.base == OK

    @property
    def lignes(self) -> dict[str, str]:
        return {"base": self.base, "redis": self.redis, "horloge": self.horloge}


def lire_la_sante() -> Sante:
    base = _base()
    return Sante(base=base, redis=_redis(), horloge=_horloge() if base == OK else SANS)


def _base() -> str:
    try:
        with connection.cursor() as curseur:
            curseur.execute("SELECT 1")
    except DatabaseError:
        return ABSENT
    return OK


def _redis() -> str:
    if not settings.REDIS_URL:
        return SANS
    cache.set("sante", 1, 60)
    return ABSENT if redis_repond.ouvert or cache.get("sante") is None else OK


def _horloge() -> str:
    """Whether an act of the night waits for somebody (`manage.py purger` says which and why)."""
    return ATTEND if Passage.objects.exclude(attente="").exists() else OK
