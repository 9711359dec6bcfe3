"""What an orchestrator, or an alert, reads: which of the servers around this process answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection

from collectivites.garanties.cache import redis_repond

OK = "ok"
ABSENT = "ne répond pas"
SANS = "non utilisé"


@dataclass(frozen=True)
class Sante:
    """Each server and what it says. Without the database nothing works; without Redis pages do."""

    base: str
    redis: str

    @property
    def sert(self) -> bool:
        return self.base == OK

    @property
    def lignes(self) -> dict[str, str]:
        return {"base": self.base, "redis": self.redis}


def lire_la_sante() -> Sante:
    return Sante(base=_base(), redis=_redis())


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
