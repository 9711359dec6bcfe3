"""Coaching: who accompanies whom, appointments, and what is written behind the wall.

Locks: the candidature first, as everywhere in the parcours, then the row.
The journal says who accompanies, when one met, and that a synthesis was published: never a text.
"""

from parcours.actions.coaching.accompagnements import (
    decider_des_notes,
    sceller_apres_retrait,
    suivre_le_changement,
)
from parcours.actions.coaching.destruction import (
    detruire_les_ecrits,
)
from parcours.actions.coaching.ecrits import (
    cocher_objectif,
    detruire_note,
    ecrire_note,
    modifier_note,
    poser_objectif,
)
from parcours.actions.coaching.rendez_vous import (
    PRESENCES_DITES,
    annuler_rendez_vous,
    decliner_rendez_vous,
    deplacer_rendez_vous,
    fixer_rendez_vous,
    noter_rendez_vous,
)
from parcours.actions.coaching.synthese import (
    depublier_synthese,
    publier_synthese,
    rediger_synthese,
)

__all__ = [
    "PRESENCES_DITES",
    "annuler_rendez_vous",
    "cocher_objectif",
    "decider_des_notes",
    "decliner_rendez_vous",
    "deplacer_rendez_vous",
    "depublier_synthese",
    "detruire_les_ecrits",
    "detruire_note",
    "ecrire_note",
    "fixer_rendez_vous",
    "modifier_note",
    "noter_rendez_vous",
    "poser_objectif",
    "publier_synthese",
    "rediger_synthese",
    "sceller_apres_retrait",
    "suivre_le_changement",
]
