"""What the opportunités may know of a bilan: the wishes, once handed over. Nothing in free text.

The caller must keep them from the present employer, as it keeps the vœux.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cadres.requetes import presents
from parcours.models import Bilan, Inscription


@dataclass(frozen=True)
class Souhaits:
    """The cadre's own words, as choices. None, or empty: they did not say."""

    domaines: tuple[str, ...]
    collectivites: tuple[str, ...]
    voie: str
    distance_km: int | None
    jours_teletravail: int | None
    disponible_des: date | None
    maturite: str
    competences: tuple[str, ...]
    remis_le: date


def souhaits_des(cadres: list[int]) -> dict[int, Souhaits]:
    """cadre → the wishes of their latest bilan handed over. One query; the sealed text is not read."""
    bilans = (
        Bilan.objects.filter(
            presents("inscription__cadre__"),
            etat=Bilan.Etat.REMIS,
            inscription__cadre__in=cadres,
        )
        .exclude(inscription__etat=Inscription.Etat.INTERROMPUE)
        .select_related("inscription")
        .defer("scelle")
        .order_by("remis_le", "pk")
    )
    return {
        bilan.inscription.cadre_id: Souhaits(
            domaines=tuple(bilan.domaines),
            collectivites=tuple(bilan.collectivites),
            voie=bilan.voie,
            distance_km=bilan.distance_km,
            jours_teletravail=bilan.jours_teletravail,
            disponible_des=bilan.disponible_des,
            maturite=bilan.maturite,
            competences=tuple(bilan.competences),
            remis_le=bilan.remis_le.date(),
        )
        for bilan in bilans
        if bilan.remis_le is not None
    }
