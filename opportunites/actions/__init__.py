"""Whatever changes the state of a poste, a wish, a proposition, a reserve or a move."""

from opportunites.actions.avis import classer_avis, donner_avis
from opportunites.actions.demandes import demander, repondre_demande
from opportunites.actions.dossier import (
    accorder_le_depart,
    constater_silences,
    documenter_l_impact,
    refuser_le_depart,
)
from opportunites.actions.engagements import s_engager
from opportunites.actions.mobilites import (
    abandonner_mobilite,
    preparer_mobilite,
    rendre_effective,
)
from opportunites.actions.points import ajouter_element, cocher, retirer_element
from opportunites.actions.postes import (
    clore_aux_voeux,
    modifier_opportunite,
    ouvrir_opportunite,
    publier,
    retirer_opportunite,
    rouvrir_aux_voeux,
    suivre_publicite,
    valider_besoin,
)
from opportunites.actions.propositions import (
    envoyer,
    proposer,
    proposer_au_suivant,
    rappeler_propositions,
    retirer_proposition,
    suivant,
    valider,
)
from opportunites.actions.reponses import (
    accepter,
    annuler_reponse,
    expirer_propositions,
    expirer_si_tardive,
    refuser,
)
from opportunites.actions.reserves import (
    arbitrer_reserve,
    completer_reserve,
    deposer_reserve,
    lapser_reserves,
)
from opportunites.actions.suivi import renseigner_suivi
from opportunites.actions.urgence import declarer_urgence, lever_urgence
from opportunites.actions.voeux import classer_voeux, exprimer_voeu, retirer_voeu

__all__ = [
    "abandonner_mobilite",
    "accepter",
    "accorder_le_depart",
    "ajouter_element",
    "annuler_reponse",
    "arbitrer_reserve",
    "classer_avis",
    "classer_voeux",
    "clore_aux_voeux",
    "cocher",
    "completer_reserve",
    "constater_silences",
    "declarer_urgence",
    "demander",
    "deposer_reserve",
    "documenter_l_impact",
    "donner_avis",
    "envoyer",
    "expirer_propositions",
    "expirer_si_tardive",
    "exprimer_voeu",
    "lapser_reserves",
    "lever_urgence",
    "modifier_opportunite",
    "ouvrir_opportunite",
    "preparer_mobilite",
    "proposer",
    "proposer_au_suivant",
    "publier",
    "rappeler_propositions",
    "refuser",
    "refuser_le_depart",
    "rendre_effective",
    "renseigner_suivi",
    "repondre_demande",
    "retirer_element",
    "retirer_opportunite",
    "retirer_proposition",
    "retirer_voeu",
    "rouvrir_aux_voeux",
    "s_engager",
    "suivant",
    "suivre_publicite",
    "valider",
    "valider_besoin",
]
