"""The dated versions of the rules."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from collectivites.models import Demarche
from pilotage.cadrage.regles.valeurs import lire
from pilotage.models import ChangementRegle, VersionRegles


def poser_version(
    demarche: Demarche,
    changement: ChangementRegle | None = None,
    depuis: datetime | None = None,
) -> VersionRegles:
    """Write down the rules as `demarche` holds them in memory, from now on (`depuis`); it may be
    saved afterwards, with these values and no others."""
    return VersionRegles.objects.create(
        demarche=demarche,
        changement=changement,
        depuis=depuis or timezone.now(),
        **lire(demarche),
    )
