"""The cache of an installation with Redis: what is lost there is computed again, never a failed page.

Nothing that must last lies in the cache. When Redis is down, slow, or holds what another version
wrote, a reading is a miss and a writing is forgotten. The limits of the login page alone are then
counted in the memory of this process: somebody who tries passwords gains nothing by a Redis that fell.
"""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisSerializer
from django.utils.crypto import constant_time_compare, salted_hmac

from collectivites.garanties.disjoncteur import Disjoncteur

#: How the keys of allauth's limits begin, and those of the codes that have served.
LIMITES = ("allauth:", "allauth.mfa.totp.used")
_SANS_REPONSE = object()

#: Seconds. A Redis of the same network answers in a millisecond.
ATTENTE = 0.5


def _pannes() -> tuple[type[Exception], ...]:
    from kombu.exceptions import OperationalError
    from redis.exceptions import RedisError

    return (RedisError, OperationalError, OSError)


#: One for the process: every cache and the broker are the same server.
redis_repond = Disjoncteur("Redis", _pannes)


class Illisible:
    """What another version of the code wrote, or somebody else: read as nothing."""


_TAILLE_DU_SCEAU = 32


def _sceau(brut: bytes) -> bytes:
    return salted_hmac("collectivites.garanties.cache", brut, algorithm="sha256").digest()


class Serialiseur(RedisSerializer):
    """Pickles, opened only when they are ours: whoever reaches Redis alone runs no code here."""

    def dumps(self, obj: Any) -> Any:
        brut: Any = super().dumps(obj)  # a whole number stays one: Redis adds to it
        return _sceau(brut) + brut if isinstance(brut, bytes) else brut

    def loads(self, data: Any) -> Any:
        try:
            return int(data)
        except ValueError:
            sceau, brut = data[:_TAILLE_DU_SCEAU], data[_TAILLE_DU_SCEAU:]
        if not constant_time_compare(sceau, _sceau(brut)):
            return Illisible
        try:
            return super().loads(brut)
        except Exception:  # noqa: BLE001
            # A class that moved between two versions can raise anything.
            return Illisible


class CacheIndulgent(RedisCache):
    """Django's own, that never raises into a page."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        params["OPTIONS"] = {
            "socket_timeout": ATTENTE,
            "socket_connect_timeout": ATTENTE,
            "serializer": Serialiseur,
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, params)
        self._memoire = LocMemCache("limites", {})

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        lu = self._essayer("get", default, key, default, version)
        return default if lu is Illisible else lu

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        lus = self._essayer("get_many", {}, list(keys), version)
        return {cle: valeur for cle, valeur in lus.items() if valeur is not Illisible}

    def has_key(self, key: str, version: int | None = None) -> bool:
        return bool(self._essayer("has_key", False, key, version))

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return bool(self._essayer("add", False, key, value, timeout, version))

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._essayer("set", None, key, value, timeout, version)

    def set_many(
        self, data: dict[str, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[str]:
        refuses: list[str] = self._essayer("set_many", list(data), data, timeout, version)
        return refuses

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._essayer("touch", False, key, timeout, version))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._essayer("delete", False, key, version))

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._essayer("delete_many", None, list(keys), version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """As for a key that has just gone: ValueError, which callers of `incr` expect."""
        valeur = self._essayer("incr", None, key, delta, version)
        if valeur is None:
            raise ValueError(f"Key {key!r} not found.")
        return int(valeur)

    def _essayer(self, operation: str, defaut: Any, *arguments: Any) -> Any:
        """What Redis answers; without it, `defaut`, or the memory of this process for a limit."""
        demander = getattr(RedisCache, operation)
        reponse = redis_repond.appeler(lambda: demander(self, *arguments), _SANS_REPONSE)
        if reponse is not _SANS_REPONSE:
            return reponse
        if str(arguments[0]).startswith(LIMITES):
            return getattr(self._memoire, operation)(*arguments)
        return defaut
