"""The clock: what happens because time has passed, not because somebody acted.

Each app registers its acts from its `taches` module; one Celery task runs those of a rhythm, and
`manage.py echeances` runs them all, for installations without Redis (cron, demo). An act takes no
argument, returns how many things it did, finds nothing more to do when run again, opens its own
short transactions, and writes the journal without author (`journaliser(acteur=None, ...)`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from celery import shared_task
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from collectivites.garanties import mur
from collectivites.models import Passage

logger = logging.getLogger(__name__)

#: Nobody is written to at night, whenever the clock of the installation rings.
HEURES_DECENTES = range(7, 21)

#: How the rows of `Passage` begin that tell when a rhythm was last run.
TOUR = "horloge."

#: Of the time between two rings; of those that ring at an hour, in all.
PART, DU_JOUR = 0.8, timedelta(minutes=30)

ActeHorloge = Callable[[], int]


class Rythme(StrEnum):
    """How often an act is worth trying. `settings.CELERY_BEAT_SCHEDULE` says the hours."""

    VITE = "vite"  # every thirty seconds: a job that somebody is waiting for
    CONTINU = "continu"  # every five minutes: an answer that closes at a given time
    HEURE = "heure"  # past each hour: what people chose to read at that hour
    MATIN = "matin"  # at seven, then again at nine: what is written to people for their day
    NUIT = "nuit"  # each night after midnight: what counts in days


@dataclass(frozen=True)
class Inscrit:
    """An act of the clock. `unite`: what it counts, « proposition expirée » (for the operator)."""

    nom: str
    unite: str
    rythme: Rythme
    agir: ActeHorloge


_ACTES: dict[str, Inscrit] = {}


def a_l_heure(
    nom: str, unite: str, *, rythme: Rythme = Rythme.NUIT
) -> Callable[[ActeHorloge], ActeHorloge]:
    """Register an act under a stable name, « app.act »."""

    def inscrire(agir: ActeHorloge) -> ActeHorloge:
        _ACTES[nom] = Inscrit(nom, unite, rythme, agir)
        return agir

    return inscrire


def est_une_heure_decente() -> bool:
    """Whether people may be written to now, Paris time."""
    return timezone.localtime().hour in HEURES_DECENTES


def il_y_a(champ: str, duree: timedelta) -> Q:
    """Rows whose date in `champ` is that old, or as far ahead: written by a clock that was set back since,
    they would wait until it comes round again."""
    maintenant = timezone.now()
    return Q(**{f"{champ}__lte": maintenant - duree}) | Q(**{f"{champ}__gt": maintenant + duree})


@dataclass(frozen=True)
class Tour:
    """What came of one act: `faits` is None when it failed (the log says why)."""

    acte: Inscrit
    faits: int | None


@mur.partout()
def faire_le_tour(rythme: Rythme | None = None) -> list[Tour]:
    """Run every act (of `rythme`), in the order of the registrations. One that fails stops no other."""
    for nom in [rythme] if rythme else Rythme:
        Passage.objects.update_or_create(nom=f"{TOUR}{nom}", defaults={"quand": timezone.now()})
    tours = []
    for acte in list(_ACTES.values()):
        if rythme is not None and acte.rythme != rythme:
            continue
        try:
            faits: int | None = acte.agir()
        except Exception:
            logger.exception("The clock's act %s failed", acte.nom)
            faits = None
        else:
            if faits:
                logger.info("The clock: %s %s", faits, acte.nom)
        tours.append(Tour(acte, faits))
    return tours


@shared_task
@mur.partout()
def sonner(rythme: str) -> None:
    """The one task of Celery beat. Each machine may have its own beat, so that one that falls silences
    nobody: of those that ring at once, the base lets one through."""
    if _est_a_nous(Rythme(rythme)):
        faire_le_tour(Rythme(rythme))


def _est_a_nous(rythme: Rythme) -> bool:
    """Take this turn, unless another has just taken it."""
    nom = f"{TOUR}{rythme}"
    Passage.objects.get_or_create(nom=nom)
    libre = Q(quand=None) | il_y_a("quand", _repos(rythme))
    return bool(Passage.objects.filter(libre, nom=nom).update(quand=timezone.now()))


def _repos(rythme: Rythme) -> timedelta:
    """How long a turn is everybody's: less than until the next one, more than between two beats."""
    for sonnerie in settings.CELERY_BEAT_SCHEDULE.values():
        if sonnerie.get("args") == [rythme] and isinstance(sonnerie["schedule"], int):
            return timedelta(seconds=PART * sonnerie["schedule"])
    return DU_JOUR
