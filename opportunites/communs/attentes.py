"""What the lines of « À faire » share, whatever their subject."""

from __future__ import annotations

from opportunites.models import Opportunite

#: « À faire » is no list of everything: the pages of the room hold the rest.
AU_PLUS = 20


def poste_et_employeur(opportunite: Opportunite) -> str:
    """Reads `poste.collectivite`: select it."""
    return f"{opportunite.poste.annonce}, {opportunite.poste.collectivite.nom_court}"
