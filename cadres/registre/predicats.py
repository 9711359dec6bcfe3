"""What an acteur may keep of the list: criteria for the collectivité, views and columns for oneself."""

from __future__ import annotations

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from collectivites.refus import Interdit


def refus_garder(acteur: Acteur) -> str | None:
    """Views and columns belong to whoever reads the registre as an employer."""
    return None if acteur.est_employeur else Interdit("Le registre n’est pas ouvert à ce rôle.")


def refus_ecrire_criteres(acteur: Acteur) -> str | None:
    """The DGS and the DRH write the criteria of their collectivité."""
    if not acteur.est(Role.DGS, Role.DRH):
        return Interdit("Les critères sont écrits par le DGS et la DRH de la collectivité.")
    return None
