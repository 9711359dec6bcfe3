"""What may be done in a parcours. Locks are taken in one order, so that none waits for another:
promotion, candidatures, inscriptions, suivis, sessions, places.
"""

from parcours.actions.abonnements import (
    creer_abonnement,
    regler_rappels,
    revoquer_abonnement,
)
from parcours.actions.catalogue import (
    annuler_session,
    archiver_prestation,
    creer_prestation,
    dedoubler_session,
    liberer_les_places_gardees,
    modifier_prestation,
    modifier_session,
    ouvrir_session,
)
from parcours.actions.immersions import (
    accorder_immersion,
    annuler_immersion,
    constater_immersion,
    demander_immersion,
    refuser_immersion,
    reporter_immersion,
    signer_convention,
)
from parcours.actions.inscriptions import (
    achever,
    cadres_a_inscrire,
    inscrire,
    interrompre,
    interrompre_apres_retrait,
)
from parcours.actions.places import (
    Chevauchement,
    annuler_place,
    chevauchements,
    donner_son_avis,
    inscrire_a_session,
    noter_feuille,
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
from parcours.actions.rappels import deposer_rappels, deposer_resumes
from parcours.actions.suivis import PRESENCES, marquer, noter_presences, planifier

__all__ = [
    "PRESENCES",
    "PROGRAMME_TYPE",
    "Chevauchement",
    "accorder_immersion",
    "achever",
    "ajouter_etape",
    "annuler_immersion",
    "annuler_place",
    "annuler_session",
    "archiver_prestation",
    "cadres_a_inscrire",
    "chevauchements",
    "constater_immersion",
    "creer_abonnement",
    "creer_prestation",
    "dedoubler_session",
    "demander_immersion",
    "deplacer_etape",
    "deposer_rappels",
    "deposer_resumes",
    "donner_son_avis",
    "fixer_etape",
    "inscrire",
    "inscrire_a_session",
    "interrompre",
    "interrompre_apres_retrait",
    "liberer_les_places_gardees",
    "marquer",
    "modifier_etape",
    "modifier_prestation",
    "modifier_session",
    "noter_feuille",
    "noter_presences",
    "ouvrir_promotion",
    "ouvrir_session",
    "planifier",
    "refuser_immersion",
    "regler_rappels",
    "reporter_immersion",
    "retirer_etape",
    "revoquer_abonnement",
    "signer_convention",
]
