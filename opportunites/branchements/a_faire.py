"""What waits for somebody in this room, for « À faire »."""

from __future__ import annotations

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from collectivites.travaux.attentes import Attente
from opportunites.campagne import a_faire as campagne
from opportunites.dossier.a_faire import attentes_du_dossier
from opportunites.paie import a_faire as paie
from opportunites.postes import a_faire as postes
from opportunites.propositions import a_faire as propositions


def a_faire(acteur: Acteur) -> list[Attente]:
    """A fixed number of queries: ten for a DRH, eleven with every delegation; three for
    a DGS; those of an open campaign besides."""
    if acteur.est(Role.CADRE):
        return [
            *propositions.pour_le_cadre(acteur),
            *postes.pour_le_cadre(acteur),
            *attentes_du_dossier(acteur),
        ]
    if not acteur.est_employeur:
        return []
    return [
        *propositions.pour_l_employeur(acteur),
        *paie.pour_l_employeur(acteur),
        *postes.pour_l_employeur(acteur),
        *campagne.pour_l_employeur(acteur),
        *attentes_du_dossier(acteur),
    ]
