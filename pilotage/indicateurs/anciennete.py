"""Do cadres really move? Years in the poste, when they were listed and today."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate

from cadres.models import Cadre
from collectivites.models import Demarche
from opportunites.models import Mobilite
from pilotage.indicateurs.entonnoir import mediane
from pilotage.indicateurs.sql import EcartJours

JOURS_PAR_AN = 365.25
#: label on the axis, label in the table, first year of the class
CLASSES = (
    ("moins de 3", "moins de 3 ans", 0),
    ("3 à 5", "3 à 5 ans", 3),
    ("6 à 9", "6 à 9 ans", 6),
    ("10 à 14", "10 à 14 ans", 10),
    ("15 et plus", "15 ans et plus", 15),
)


@dataclass(frozen=True)
class Anciennete:
    """Numbers of people by class of years, and medians in years. The same people before and after."""

    avant: tuple[int, ...]
    apres: tuple[int, ...]
    mediane_avant: float | None
    mediane_apres: float | None

    @property
    def effectif(self) -> int:
        return sum(self.apres)


def borne(annees: int) -> int:
    """The first whole number of days that makes `annees` years."""
    return -int(-annees * JOURS_PAR_AN // 1)


_BORNES = tuple(borne(annees) for _, _, annees in CLASSES[1:])
#: The moves of a cadre that say how long they had been in the poste they left.
_DEPARTS = Mobilite.objects.filter(
    cadre=OuterRef("pk"), etat=Mobilite.Etat.EFFECTIVE, anciennete_origine_jours__isnull=False
).order_by("date_effet", "pk")


def _cohorte(demarche: Demarche) -> QuerySet[Any]:
    """Listed people whose date of entry is known. The same before and after."""
    return Cadre.objects.filter(
        demarche=demarche,  # its own copy: one index holds the dates of a démarche
        candidature__isnull=False,
        date_entree_poste__isnull=False,
    ).order_by()


_LISTE = TruncDate("candidature__recense_le")


def _apres(jour: date) -> EcartJours:
    """Days in the poste today."""
    return EcartJours(Value(jour), F("date_entree_poste"))


def _avant_reste() -> EcartJours:
    """Days in the poste when listed, of who is still in it."""
    return EcartJours(_LISTE, F("date_entree_poste"))


def _avant_parti() -> Combinable:
    """The same, of who moved: what the move says, less the days between the list and the move."""
    passes = Subquery(_DEPARTS.values("anciennete_origine_jours")[:1])
    parti_le = Subquery(_DEPARTS.values("date_effet")[:1])
    return passes - EcartJours(parti_le, _LISTE)


def _classe(jours: int) -> int:
    """The index of the class of years in which so many days fall."""
    return next((r for r, borne in enumerate(_BORNES) if jours < borne), len(_BORNES))


def _par_jours(lignes: QuerySet[Any], quand: str, jours: Any) -> QuerySet[Any]:
    """(« avant » or « apres », days, how many people)."""
    return (
        lignes.annotate(moment=Value(quand, output_field=CharField()), jours=jours)
        .values_list("moment", "jours")
        .annotate(nombre=Count("pk"))
    )


def lire(demarche: Demarche, jour: date) -> Anciennete:
    """One query: how many people have so many days, before and after; as many rows as there are days."""
    cohorte = _cohorte(demarche)
    # Apart, so that only those who moved pay for the look into their moves.
    requetes = (
        _par_jours(cohorte, "apres", _apres(jour)),
        _par_jours(cohorte.filter(~Exists(_DEPARTS)), "avant", _avant_reste()),
        _par_jours(cohorte.filter(Exists(_DEPARTS)), "avant", _avant_parti()),
    )
    lus: dict[str, Counter[int]] = {"avant": Counter(), "apres": Counter()}
    for moment, jours, nombre in requetes[0].union(*requetes[1:], all=True):
        lus[moment][jours] += nombre
    classes = {moment: [0] * len(CLASSES) for moment in lus}
    for moment, effectifs in lus.items():
        for jours, nombre in effectifs.items():
            classes[moment][_classe(jours)] += nombre
    return Anciennete(
        avant=tuple(classes["avant"]),
        apres=tuple(classes["apres"]),
        mediane_avant=_annees(mediane(lus["avant"])),
        mediane_apres=_annees(mediane(lus["apres"])),
    )


def _annees(jours: float | None) -> float | None:
    return None if jours is None else jours / JOURS_PAR_AN
