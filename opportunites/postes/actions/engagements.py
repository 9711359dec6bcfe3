"""A collectivité pledges a number of postes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from collectivites.journal import journaliser
from collectivites.refus import ActionImpossible, exiger
from opportunites.models import Engagement
from opportunites.postes.predicats.postes import refus_s_engager

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

POSTES_MAX = 500


def s_engager(*, acteur: Acteur, nombre: int) -> Engagement:
    """Pledge, or change the pledge: each figure stays in the journal, which all four read."""
    exiger(refus_s_engager(acteur))
    if not 1 <= nombre <= POSTES_MAX:
        raise ActionImpossible(f"Promettez entre 1 et {POSTES_MAX} postes.")
    engagement, _ = Engagement.objects.select_for_update(of=("self",)).get_or_create(
        collectivite=acteur.collectivite, defaults={"nombre": nombre}
    )
    ancien = engagement.nombre
    engagement.nombre, engagement.pris_le = nombre, timezone.now()
    engagement.save(update_fields=["nombre", "pris_le"])
    journaliser(
        acteur=acteur,
        acte="engagement.pris",
        libelle=f"{acteur.collectivite.nom_court}\u00a0: {nombre} postes promis à la démarche",
        objet=engagement,
        collectivite=None,
        details={"nombre": nombre, "avant": ancien},
    )
    return engagement
