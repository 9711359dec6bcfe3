"""Do we hold the objective? Moves effective, engaged and projected, against the target line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise
from math import sqrt

from django.utils import timezone

from collectivites.models import Demarche
from opportunites.models import Mobilite
from pilotage.models import VersionRegles

#: The pace that is carried on: that of the last twelve months.
FENETRE = timedelta(days=365)
#: Half-width of an interval that holds eight times out of ten, in standard deviations.
HUIT_SUR_DIX = 1.2816

#: (state, date of effect, how many)
Flux = tuple[str, date | None, int]


class Rythme(Enum):
    A_VENIR = "la démarche commence"
    ATTEINT = "l’objectif est atteint"
    TENU = "le rythme tient"
    RATTRAPABLE = "le retard peut se rattraper"
    RETARD = "le rythme ne tient pas"
    MANQUE = "l’objectif n’est pas atteint"

    @property
    def est_bon(self) -> bool:
        return self in {Rythme.A_VENIR, Rythme.ATTEINT, Rythme.TENU}


@dataclass(frozen=True)
class Projection:
    """Where the present pace leads at the end: a middle, and eight chances out of ten around it."""

    milieu: int
    bas: int
    haut: int
    depuis: date
    base: int
    """Moves effective and engaged on the day `depuis`: where the projection leaves from."""


@dataclass(frozen=True)
class Convenue:
    """A trajectory that was agreed, then changed: it stays drawn beside the one in force."""

    objectif: int
    debut: date
    fin: date
    jusqu_au: date
    """The day on which another one was agreed."""

    def depart(self, premiere_promotion: date | None) -> date:
        return depart_le(self.debut, self.fin, premiere_promotion)


@dataclass(frozen=True)
class Trajectoire:
    """`effectives`, `engagees`: steps (day, cumulative number after that day)."""

    debut: date
    fin: date
    jour: date
    depart: date
    """The day from which moves are expected: the opening of the first promotion."""
    objectif: int
    effectives: tuple[tuple[date, int], ...]
    engagees: tuple[tuple[date, int], ...]
    prevues: int
    projection: Projection | None
    anciennes: tuple[tuple[date, Convenue], ...] = ()
    """What was agreed before, the oldest first, each with the day from which moves were expected."""

    @property
    def nb_effectives(self) -> int:
        return self.effectives[-1][1] if self.effectives else 0

    @property
    def nb_avec_engagees(self) -> int:
        return self.engagees[-1][1] if self.engagees else self.nb_effectives

    @property
    def nb_engagees(self) -> int:
        return self.nb_avec_engagees - self.nb_effectives

    @property
    def avance(self) -> int:
        """Moves ahead of the target line today; negative when late."""
        return self.nb_effectives - self.prevues

    @property
    def rythme(self) -> Rythme:
        if self.nb_effectives >= self.objectif:
            return Rythme.ATTEINT
        if self.jour > self.fin:
            return Rythme.MANQUE
        if self.jour <= self.depart and not self.nb_avec_engagees:
            return Rythme.A_VENIR
        if self.avance >= 0:
            return Rythme.TENU
        if self.projection is not None and self.projection.milieu >= self.objectif:
            return Rythme.RATTRAPABLE
        return Rythme.RETARD

    def prevues_le(self, jour: date) -> int:
        return prevues_le(jour, self.depart, self.fin, self.objectif)

    def effectives_le(self, jour: date) -> int:
        return next((n for quand, n in reversed(self.effectives) if quand <= jour), 0)


def depart_le(debut: date, fin: date, premiere_promotion: date | None) -> date:
    """The day from which moves are expected: the first promotion's, inside the démarche."""
    return min(max(premiere_promotion or debut, debut), fin - timedelta(days=1))


def prevues_le(jour: date, depart: date, fin: date, objectif: int) -> int:
    """Whole moves that the straight line from `depart` (0) to `fin` (the objective) asks for."""
    if jour <= depart:
        return 0
    if jour >= fin:
        return objectif
    return objectif * (jour - depart).days // (fin - depart).days


def cumuler(par_jour: dict[date, int], depart: int = 0) -> tuple[tuple[date, int], ...]:
    """Days in order, each with the number reached after it."""
    marches, total = [], depart
    for jour in sorted(par_jour):
        total += par_jour[jour]
        marches.append((jour, total))
    return tuple(marches)


def projeter(
    base: int, depuis: date, fin: date, depart: date, jour: date, recentes: int
) -> Projection | None:
    """Carry the pace of the last twelve months (`recentes` moves) on, from `depuis` to `fin`.

    Moves counted as a Poisson process: the interval is ± 1.28 times the root of what is added.
    """
    vecus = min(FENETRE, jour - depart)
    if depuis >= fin or vecus.days < 90:
        return None
    ajout = recentes / vecus.days * (fin - depuis).days
    marge = HUIT_SUR_DIX * sqrt(ajout)
    return Projection(
        milieu=base + round(ajout),
        bas=base + max(0, round(ajout - marge)),
        haut=base + round(ajout + marge),
        depuis=depuis,
        base=base,
    )


def calculer(
    demarche: Demarche,
    flux: Iterable[Flux],
    jour: date,
    premiere_promotion: date | None = None,
    *,
    avec_engagees: bool = True,
    anciennes: Iterable[Convenue] = (),
) -> Trajectoire:
    """The trajectory on `jour`. Without `avec_engagees`, it says nothing of the open files."""
    faites: dict[date, int] = {}
    ouvertes: dict[date, int] = {}
    for etat, date_effet, nombre in flux:
        if etat == Mobilite.Etat.EFFECTIVE and date_effet is not None:
            quand = min(date_effet, jour)
            faites[quand] = faites.get(quand, 0) + nombre
        elif etat == Mobilite.Etat.OUVERTE and avec_engagees:
            quand = max(date_effet or jour, jour)
            ouvertes[quand] = ouvertes.get(quand, 0) + nombre
    effectives = cumuler(faites)
    total = effectives[-1][1] if effectives else 0
    engagees = cumuler(ouvertes, total)
    debut, fin = demarche.date_debut, demarche.date_fin
    depart = depart_le(debut, fin, premiere_promotion)
    depuis, base = engagees[-1] if engagees else (jour, total)
    recentes = sum(n for quand, n in faites.items() if quand > jour - FENETRE)
    return Trajectoire(
        debut=debut,
        fin=fin,
        jour=jour,
        depart=depart,
        objectif=demarche.objectif_mobilites,
        effectives=effectives,
        engagees=engagees,
        prevues=prevues_le(jour, depart, fin, demarche.objectif_mobilites),
        projection=projeter(base, depuis, fin, depart, jour, recentes),
        anciennes=tuple((a.depart(premiere_promotion), a) for a in anciennes),
    )


_CONVENU = ("objectif_mobilites", "date_debut", "date_fin")


def lire_anciennes(demarche: Demarche) -> list[Convenue]:
    """What was agreed before what is in force, the oldest first: a version that changed another rule
    draws nothing. One query."""
    versions = VersionRegles.objects.filter(demarche=demarche).order_by("pk")
    return [
        Convenue(
            objectif=avant.objectif_mobilites,
            debut=avant.date_debut,
            fin=avant.date_fin,
            jusqu_au=timezone.localdate(apres.depuis),
        )
        for avant, apres in pairwise(versions)
        if any(getattr(avant, champ) != getattr(apres, champ) for champ in _CONVENU)
    ]
