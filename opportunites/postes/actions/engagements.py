"""A collectivité pledges a number of postes."""

from __future__ import annotations

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs.journal import TOUTE_LA_DEMARCHE, noter
from opportunites.models import POSTES_MAX, Engagement
from opportunites.mots import Actes
from opportunites.postes.predicats import refus_s_engager


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
    noter(
        acteur,
        engagement,
        Actes.ENGAGEMENT_PRIS,
        f"{acteur.collectivite.nom_court} : {nombre} postes promis à la démarche",
        lecteurs=TOUTE_LA_DEMARCHE,
        nomme_le_poste=False,
        details={"nombre": nombre, "avant": ancien},
    )
    return engagement
