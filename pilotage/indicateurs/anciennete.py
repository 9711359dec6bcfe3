"""Do cadres really move? Years in the poste, when they were listed and today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate

from cadres.models import Cadre
from collectivites.models import Demarche
from opportunites.models import Mobilite
from pilotage.indicateurs.sql import EcartJours, valeurs_du_milieu

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


#: The moves of a cadre that say how long they had been in the poste they left.
_DEPARTS = Mobilite.objects.filter(
    cadre=OuterRef("pk"), etat=Mobilite.Etat.EFFECTIVE, anciennete_origine_jours__isnull=False
).order_by("date_effet", "pk")


def _cohorte(demarche: Demarche) -> QuerySet[Any]:
    """Listed people whose date of entry is known. The same before and after."""
    return Cadre.objects.filter(
        collectivite__demarche=demarche,
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


def _classe(champ: str) -> Case:
    """The index of the class of years in which `champ`, in days, falls."""
    return Case(
        *(
            When(Q(**{f"{champ}__lt": borne(annees)}), then=Value(rang))
            for rang, (_, _, annees) in enumerate(CLASSES[1:])
        ),
        default=Value(len(CLASSES) - 1),
        output_field=IntegerField(),
    )


def _annees(valeurs: list[int]) -> float | None:
    return sum(valeurs) / len(valeurs) / JOURS_PAR_AN if valeurs else None


def _classes(lignes: QuerySet[Any], avant: Any, jour: date) -> QuerySet[Any]:
    """(class before, class after, how many)."""
    return (
        lignes.annotate(avant=avant, apres=_apres(jour))
        .annotate(classe_avant=_classe("avant"), classe_apres=_classe("apres"))
        .values_list("classe_avant", "classe_apres")
        .annotate(nombre=Count("pk"))
    )


def lire(demarche: Demarche, jour: date) -> Anciennete:
    """Two queries: the classes crossed (50 rows at most), and the two medians."""
    cohorte = _cohorte(demarche)
    avant, apres = [0] * len(CLASSES), [0] * len(CLASSES)
    # Apart, so that only those who moved pay for the look into their moves.
    croisement = _classes(cohorte.filter(~Exists(_DEPARTS)), _avant_reste(), jour).union(
        _classes(cohorte.filter(Exists(_DEPARTS)), _avant_parti(), jour), all=True
    )
    for classe_avant, classe_apres, nombre in croisement:
        avant[classe_avant] += nombre
        apres[classe_apres] += nombre
    des_deux = Coalesce(_avant_parti(), _avant_reste(), output_field=IntegerField())
    milieux = valeurs_du_milieu(cohorte, {"avant": des_deux, "apres": _apres(jour)})
    return Anciennete(
        avant=tuple(avant),
        apres=tuple(apres),
        mediane_avant=_annees(milieux["avant"]),
        mediane_apres=_annees(milieux["apres"]),
    )
