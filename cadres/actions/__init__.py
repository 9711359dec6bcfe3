"""Every change of the registre: named functions that take the acteur and write the journal."""

from cadres.actions.candidature import (
    PLUSIEURS_MAX,
    Groupe,
    confier,
    confier_plusieurs,
    decider_plusieurs,
    informer,
    informer_plusieurs,
    ne_pas_retenir,
    repondre,
    retenir,
    retirer,
)
from cadres.actions.depart import annuler_depart, signaler_depart
from cadres.actions.droits import (
    demander_correction,
    dire_ses_competences,
    repondre_a_une_correction,
)
from cadres.actions.effacement import (
    anonymiser,
    demander_effacement,
    renoncer_a_l_effacement,
)
from cadres.actions.en_nombre import agir_en_nombre, agir_par_lots, lancer_en_nombre
from cadres.actions.fiche import (
    changer_de_poste,
    echanger_les_postes,
    marquer_avancee,
    modifier,
    recenser,
)
from cadres.actions.imports import (
    abandonner_import,
    changer_colonnes,
    confirmer_import,
    corriger_import,
    deposer_import,
    diagnostiquer_import,
    ecrire_recensement,
)
from cadres.actions.liste import (
    choisir_colonnes,
    ecrire_criteres,
    enregistrer_vue,
    supprimer_vue,
)
from cadres.actions.relances import fermer_sans_reponse, relancer_sans_reponse

__all__ = [
    "PLUSIEURS_MAX",
    "Groupe",
    "abandonner_import",
    "agir_en_nombre",
    "agir_par_lots",
    "annuler_depart",
    "anonymiser",
    "changer_colonnes",
    "changer_de_poste",
    "choisir_colonnes",
    "confier",
    "confier_plusieurs",
    "confirmer_import",
    "corriger_import",
    "decider_plusieurs",
    "demander_correction",
    "demander_effacement",
    "deposer_import",
    "diagnostiquer_import",
    "dire_ses_competences",
    "echanger_les_postes",
    "ecrire_criteres",
    "ecrire_recensement",
    "enregistrer_vue",
    "fermer_sans_reponse",
    "informer",
    "informer_plusieurs",
    "lancer_en_nombre",
    "marquer_avancee",
    "modifier",
    "ne_pas_retenir",
    "recenser",
    "relancer_sans_reponse",
    "renoncer_a_l_effacement",
    "repondre",
    "repondre_a_une_correction",
    "retenir",
    "retirer",
    "signaler_depart",
    "supprimer_vue",
]
