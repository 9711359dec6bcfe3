"""Every change of the registre: named functions that take the acteur and write the journal."""

from cadres.actions.candidature import (
    Groupe,
    confier,
    decider_plusieurs,
    informer,
    informer_plusieurs,
    ne_pas_retenir,
    repondre,
    retenir,
    retirer,
)
from cadres.actions.fiche import changer_de_poste, marquer_avancee, modifier, recenser
from cadres.actions.imports import (
    abandonner_import,
    changer_colonnes,
    confirmer_import,
    corriger_import,
    deposer_import,
    diagnostiquer_import,
    ecrire_recensement,
)

__all__ = [
    "Groupe",
    "abandonner_import",
    "changer_colonnes",
    "changer_de_poste",
    "confier",
    "confirmer_import",
    "corriger_import",
    "decider_plusieurs",
    "deposer_import",
    "diagnostiquer_import",
    "ecrire_recensement",
    "informer",
    "informer_plusieurs",
    "marquer_avancee",
    "modifier",
    "ne_pas_retenir",
    "recenser",
    "repondre",
    "retenir",
    "retirer",
]
