"""The figures of a large démarche, as they stood at an hour that the page says.

Reading thousands of people takes seconds, and the page is one that a DGS opens between two
meetings. Up to SEUIL cadres it is computed for each reader, as ever. Beyond, it is kept, and nobody who opens
it waits: the clock keeps those of every large démarche, renews at each ring what was read in the last hour,
and « Actualiser » renews it at once. Figures of the whole démarche, the same for its four employers: nothing
of a reader is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from cadres.models import Candidature
from collectivites.models import Demarche
from collectivites.travaux.horloge import Rythme, a_l_heure
from pilotage.indicateurs.ensemble import Indicateurs, lire

SEUIL = 5_000
#: Figures are shown, with their day and their hour, until they are as old as this.
AGE_MAX = timedelta(days=1)
#: What nobody has read for so long is not renewed at each ring, and yet…
OUBLI = timedelta(hours=1)
#: …never left older than this, by a clock that rings.
AGE_SANS_LECTEUR = timedelta(hours=6)


@dataclass(frozen=True)
class Arrete:
    """`quand` is None when the figures are of this very moment."""

    indicateurs: Indicateurs
    quand: datetime | None = None


def lire_arrete(demarche: Demarche, jour: date, *, frais: bool = False) -> Arrete:
    """The figures: of now in a démarche of ordinary size, else those that are kept."""
    garde: Arrete | None = cache.get(_cle(demarche.pk))
    if garde is not None:
        cache.set(_lu(demarche.pk), True, OUBLI.total_seconds())
        if not frais and garde.quand and timezone.now() - garde.quand < AGE_MAX:
            return garde
    arrete = _arreter(demarche, jour)
    if arrete.quand is not None:
        cache.set(_lu(demarche.pk), True, OUBLI.total_seconds())
    return arrete


def _arreter(demarche: Demarche, jour: date) -> Arrete:
    """Read now; kept when there are many people to read. Says its hour if it is kept."""
    indicateurs = lire(demarche, jour)
    if indicateurs.entonnoir.etape("recenses").total <= SEUIL:
        return Arrete(indicateurs)
    arrete = Arrete(indicateurs, timezone.now())
    cache.set(_cle(demarche.pk), arrete, AGE_MAX.total_seconds())
    return arrete


@a_l_heure("pilotage.arreter_les_chiffres", "tableau(x) de bord mis à jour", rythme=Rythme.CONTINU)
def arreter_les_chiffres() -> int:
    """Renew what is being read, and what nobody has read yet where it would be long: no reader waits."""
    a_lire = [d for d in Demarche.objects.order_by("pk") if cache.get(_lu(d.pk)) or _manque(d)]
    for demarche in a_lire:
        _arreter(demarche, timezone.localdate())
    return len(a_lire)


def _manque(demarche: Demarche) -> bool:
    """Whether it is large, and its figures are missing, or old."""
    garde: Arrete | None = cache.get(_cle(demarche.pk))
    if garde is not None and garde.quand is not None:
        return timezone.now() - garde.quand > AGE_SANS_LECTEUR
    listes = Candidature.objects.filter(cadre__demarche=demarche).order_by()
    return listes.values("pk")[: SEUIL + 1].count() > SEUIL


def _cle(demarche: int) -> str:
    return f"indicateurs-3:{demarche}"


def _lu(demarche: int) -> str:
    return f"indicateurs-lus:{demarche}"
