"""Conditions that the QuerySets of several subjects share."""

from django.db.models import Q

from cadres.requetes import avec_le_oui
from collectivites.acteurs.acteur import Acteur


def de_l_accueil(acteur: Acteur, accueil: str, cadre: str = "cadre__") -> Q:
    """What the acteur reads as the host (`accueil`: the path to it): of people whose yes holds, or
    who are its own by now. Whoever withdrew is not named to another employer any more."""
    return Q(**{accueil: acteur.collectivite}) & (
        avec_le_oui(cadre) | Q(**{f"{cadre}collectivite": acteur.collectivite})
    )
