from opportunites.views.documents import fiche_mouvement, lettre_proposition, liste_a_faire
from opportunites.views.dossier import (
    cocher_element,
    impact,
    piece_reponse,
    repondre_a_la_demande,
)
from opportunites.views.mobilites import (
    abandonner,
    mobilite,
    mobilites,
    preparer,
    rendre_effective,
)
from opportunites.views.postes import (
    modifier,
    nouvelle_opportunite,
    opportunite,
    opportunites,
    publier,
    retirer,
)
from opportunites.views.propositions import (
    envoyer,
    proposer,
    proposer_au_suivant,
    proposition,
    propositions,
    retirer_proposition,
    valider,
)
from opportunites.views.publicite import (
    clore_aux_voeux,
    engagements,
    publicite,
    rouvrir_aux_voeux,
    valider_besoin,
)
from opportunites.views.rencontres import classer_avis, demander, donner_avis, repondre_demande
from opportunites.views.reponses import accepter, annuler_reponse, refuser
from opportunites.views.reserves import (
    arbitrer_reserve,
    completer_reserve,
    deposer_reserve,
    piece_reserve,
)
from opportunites.views.suivi import enseignements_des_mobilites, suivi
from opportunites.views.voeux import classer_voeux, exprimer_voeu, retirer_voeu, voeux

__all__ = [
    "abandonner",
    "accepter",
    "annuler_reponse",
    "arbitrer_reserve",
    "classer_avis",
    "classer_voeux",
    "clore_aux_voeux",
    "cocher_element",
    "completer_reserve",
    "demander",
    "deposer_reserve",
    "donner_avis",
    "engagements",
    "enseignements_des_mobilites",
    "envoyer",
    "exprimer_voeu",
    "fiche_mouvement",
    "impact",
    "lettre_proposition",
    "liste_a_faire",
    "mobilite",
    "mobilites",
    "modifier",
    "nouvelle_opportunite",
    "opportunite",
    "opportunites",
    "piece_reponse",
    "piece_reserve",
    "preparer",
    "proposer",
    "proposer_au_suivant",
    "proposition",
    "propositions",
    "publicite",
    "publier",
    "refuser",
    "rendre_effective",
    "repondre_a_la_demande",
    "repondre_demande",
    "retirer",
    "retirer_proposition",
    "retirer_voeu",
    "rouvrir_aux_voeux",
    "suivi",
    "valider",
    "valider_besoin",
    "voeux",
]
