"""What may be done in a parcours. Locks are taken in one order, so that none waits for another:
promotion, candidatures, inscriptions, suivis.
"""

from parcours.actions.inscriptions import (
    achever,
    cadres_a_inscrire,
    inscrire,
    interrompre,
    interrompre_apres_retrait,
)
from parcours.actions.programme import (
    PROGRAMME_TYPE,
    ajouter_etape,
    deplacer_etape,
    fixer_etape,
    modifier_etape,
    ouvrir_promotion,
    retirer_etape,
)
from parcours.actions.suivis import PRESENCES, marquer, noter_presences, planifier

__all__ = [
    "PRESENCES",
    "PROGRAMME_TYPE",
    "achever",
    "ajouter_etape",
    "cadres_a_inscrire",
    "deplacer_etape",
    "fixer_etape",
    "inscrire",
    "interrompre",
    "interrompre_apres_retrait",
    "marquer",
    "modifier_etape",
    "noter_presences",
    "ouvrir_promotion",
    "planifier",
    "retirer_etape",
]
