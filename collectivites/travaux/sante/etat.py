"""What an orchestrator, or an alert, reads: which of the servers around this process answer."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet
from django.utils import timezone

from collectivites.communs.depots import depots
from collectivites.garanties import mur
from collectivites.garanties.cache import redis_repond
from collectivites.models import Courriel, Passage
from collectivites.travaux.courriels import PEREMPTION
from collectivites.travaux.horloge import TOUR

OK = "ok"
ABSENT = "ne répond pas"
SANS = "non utilisé"
ATTEND = "attend une confirmation"
A_FAIRE = "à faire"
MUETTE = "ne sonne plus"
PLEIN = "presque plein"
EN_RETARD = "en retard"

#: The clock rings every thirty seconds by Celery beat, every five minutes by cron.
SILENCE, SILENCE_SANS_REDIS = timedelta(minutes=3), timedelta(minutes=15)
#: A mail leaves at once, or is taken up within minutes.
RETARD = timedelta(minutes=20)
PLACE, PART = 200 * 1024 * 1024, 0.05
#: Seconds for which the answer of a worker is kept: anybody may open the page.
UNE_FOIS = 15
_FAITES: list[bool] = []


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
    return Sante(base=base, redis=lire_redis(), horloge=_confirmation() if base == OK else SANS)


@dataclass(frozen=True)
class Preparation:
    """All that an installation leans on. It takes visitors with its database, as its code knows it; what
    else is missing is told, and pages do without."""

    lignes: dict[str, str]

    @property
    def sert(self) -> bool:
        return self.lignes["base"] == self.lignes["migrations"] == OK


@mur.partout()
def lire_la_preparation() -> Preparation:
    if _base() != OK:
        return Preparation({"base": ABSENT, "migrations": ABSENT, "redis": lire_redis()})
    if (migrations := _migrations()) != OK:  # what the rest is read from may not be there
        return Preparation({"base": OK, "migrations": migrations, "redis": lire_redis()})
    return Preparation(
        {
            "base": OK,
            "migrations": OK,
            "redis": lire_redis(),
            "executeur": _executeur(),
            "horloge": _confirmation() if _sonne() else MUETTE,
            "disque": _disque(),
            "depots": _depots(),
            "courriels": EN_RETARD if en_retard().exists() else OK,
        }
    )


def _base() -> str:
    try:
        with connection.cursor() as curseur:
            curseur.execute("SELECT 1")
    except DatabaseError:
        return ABSENT
    return OK


def _migrations() -> str:
    """Read until they are done: a process keeps its code, and the reading is long."""
    if not _FAITES:
        executant = MigrationExecutor(connection)
        if executant.migration_plan(executant.loader.graph.leaf_nodes()):
            return A_FAIRE
        _FAITES.append(True)
    return OK


def lire_redis() -> str:
    if not settings.REDIS_URL:
        return SANS
    cache.set("sante", 1, 60)
    return ABSENT if redis_repond.ouvert or cache.get("sante") is None else OK


def _executeur() -> str:
    """A round of the clock is run by a worker: a recent one tells of both. Else it is asked."""
    if settings.TACHES_MODE != "celery":
        return SANS
    if _sonne():
        return OK
    if (dit := cache.get("sante:executeur")) is None:
        pong = redis_repond.appeler(lambda: bool(current_app.control.ping(timeout=1.0)), False)
        dit = OK if pong else ABSENT
        cache.set("sante:executeur", dit, UNE_FOIS)
    return str(dit)


def _sonne() -> bool:
    silence = SILENCE if settings.REDIS_URL else SILENCE_SANS_REDIS
    maintenant = timezone.now()
    # Nor later than now: the clock was set back, and nothing has rung since.
    return Passage.objects.filter(
        nom__startswith=TOUR, quand__range=(maintenant - silence, maintenant + silence)
    ).exists()


def _confirmation() -> str:
    """Whether an act of the night waits for somebody (`manage.py purger` says which and why)."""
    return ATTEND if Passage.objects.exclude(attente="").exists() else OK


def place() -> tuple[int, int]:
    """Bytes, in all and free, where files are deposited."""
    dossier = Path(settings.MEDIA_ROOT)
    while not dossier.exists():
        dossier = dossier.parent
    lu = shutil.disk_usage(dossier)
    return lu.total, lu.free


def _disque() -> str:
    total, libre = place()
    return PLEIN if libre < PLACE or libre < PART * total else OK


def _depots() -> str:
    """The bucket, where files lie in one. Asked once for all who open the page."""
    lieu = depots()
    if not lieu.partage:
        return SANS
    if (dit := cache.get("sante:depots")) is None:
        dit = OK if lieu.repond() else ABSENT
        cache.set("sante:depots", dit, UNE_FOIS)
    return str(dit)


def en_retard() -> QuerySet[Courriel]:
    """Mails that should have left, and may still."""
    maintenant = timezone.now()
    return Courriel.objects.exclude(etat=Courriel.Etat.ENVOYE).filter(
        depose_le__gt=maintenant - PEREMPTION, depose_le__lte=maintenant - RETARD
    )
