"""Who writes the criteria of a collectivité."""

from __future__ import annotations

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from collectivites.refus import Interdit


def refus_ecrire_criteres(acteur: Acteur) -> str | None:
    """The DGS and the DRH write the criteria of their collectivité."""
    if not acteur.est(Role.DGS, Role.DRH):
        return Interdit("Les critères sont écrits par le DGS et la DRH de la collectivité.")
    return None
