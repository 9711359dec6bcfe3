"""An estimation that a cadre asks to keep. Hers alone: no journal tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cadres.donnees_personnelles.conservation import ESTIMATIONS, seuil
from cadres.models import Cadre
from collectivites.communs.calendrier import fin_du_jour
from opportunites.models import Estimation, Opportunite
from opportunites.mots import POSTES_OUVERTS

#: Her family and her tax rate are asked again each time.
JAMAIS_GARDES = ("enfants", "taux")


def garder(*, cadre: Cadre, opportunite: Opportunite, saisie: Mapping[str, Any]) -> Estimation:
    """The last one for a poste takes the place of the one before."""
    gardee, _ = Estimation.objects.update_or_create(
        cadre=cadre,
        opportunite=opportunite,
        defaults={
            "saisie": {
                nom: str(valeur)
                for nom, valeur in saisie.items()
                if nom not in JAMAIS_GARDES and valeur not in {None, ""}
            },
            "gardee_le": timezone.now(),
        },
    )
    return gardee


def oublier_les_vieilles(aujourdhui: date | None = None) -> int:
    """By the clock: those of a poste that nobody can wish for any more, and those of a year ago."""
    avant = fin_du_jour(seuil(ESTIMATIONS, aujourdhui or timezone.localdate()))
    vieilles = Q(gardee_le__lte=avant) | ~Q(opportunite__etat__in=POSTES_OUVERTS)
    return Estimation.objects.filter(vieilles).delete()[0]
