"""Who keeps views and columns of the list."""

from __future__ import annotations

from collectivites.acteurs.acteur import Acteur
from collectivites.refus import Interdit


def refus_garder(acteur: Acteur) -> str | None:
    """Views and columns belong to whoever reads the registre as an employer."""
    return None if acteur.est_employeur else Interdit("Le registre n’est pas ouvert à ce rôle.")
