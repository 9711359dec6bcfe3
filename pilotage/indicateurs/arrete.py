"""The figures of a large démarche, as they stood at an hour that the page says.

Reading thousands of people takes seconds, and the page is one that a DGS opens between two
meetings. Up to SEUIL cadres it is computed for each reader, as ever. Beyond, it is kept: the clock
renews what was read in the last hour, and « Actualiser » renews it at once. Figures of the whole
démarche, the same for its four employers: nothing of a reader is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from collectivites.models import Demarche
from collectivites.travaux.horloge import Rythme, a_l_heure
from pilotage.indicateurs.ensemble import Indicateurs, lire

SEUIL = 5_000
#: Without a clock, the figures are never older than this.
AGE_MAX = timedelta(minutes=15)
#: What nobody has read for so long is not renewed.
OUBLI = timedelta(hours=1)


@dataclass(frozen=True)
class Arrete:
    """`quand` is None when the figures are of this very moment."""

    indicateurs: Indicateurs
    quand: datetime | None = None


def lire_arrete(demarche: Demarche, jour: date, *, frais: bool = False) -> Arrete:
    """The figures: of now in a démarche of ordinary size, else those that are kept."""
    garde: Arrete | None = cache.get(_cle(demarche.pk, jour))
    if garde is not None:
        cache.set(_lu(demarche.pk), True, OUBLI.total_seconds())
        if not frais and garde.quand and timezone.now() - garde.quand < AGE_MAX:
            return garde
    return _arreter(demarche, jour)


def _arreter(demarche: Demarche, jour: date) -> Arrete:
    """Read now; kept when there are many people to read. Says its hour if it is kept."""
    indicateurs = lire(demarche, jour)
    if indicateurs.entonnoir.etape("recenses").total <= SEUIL:
        return Arrete(indicateurs)
    arrete = Arrete(indicateurs, timezone.now())
    cache.set(_cle(demarche.pk, jour), arrete, AGE_MAX.total_seconds())
    cache.set(_lu(demarche.pk), True, OUBLI.total_seconds())
    return arrete


@a_l_heure("pilotage.arreter_les_chiffres", "tableau(x) de bord mis à jour", rythme=Rythme.CONTINU)
def arreter_les_chiffres() -> int:
    """Renew what is being read, so that no reader waits for it."""
    lues = [d for d in Demarche.objects.order_by("pk") if cache.get(_lu(d.pk))]
    for demarche in lues:
        _arreter(demarche, timezone.localdate())
    return len(lues)


def _cle(demarche: int, jour: date) -> str:
    return f"indicateurs-2:{demarche}:{jour.isoformat()}"


def _lu(demarche: int) -> str:
    return f"indicateurs-lus:{demarche}"
