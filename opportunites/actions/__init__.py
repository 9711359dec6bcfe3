"""Whatever changes the state of a poste, a wish, a proposition, a reserve or a move."""

from opportunites.actions.mobilites import (
    abandonner_mobilite,
    preparer_mobilite,
    rendre_effective,
)
from opportunites.actions.postes import (
    modifier_opportunite,
    ouvrir_opportunite,
    publier,
    retirer_opportunite,
)
from opportunites.actions.propositions import (
    envoyer,
    proposer,
    retirer_proposition,
    valider,
)
from opportunites.actions.reponses import (
    accepter,
    expirer_propositions,
    expirer_si_tardive,
    refuser,
)
from opportunites.actions.reserves import arbitrer_reserve, deposer_reserve, lapser_reserves
from opportunites.actions.voeux import classer_voeux, exprimer_voeu, retirer_voeu

__all__ = [
    "abandonner_mobilite",
    "accepter",
    "arbitrer_reserve",
    "classer_voeux",
    "deposer_reserve",
    "envoyer",
    "expirer_propositions",
    "expirer_si_tardive",
    "exprimer_voeu",
    "lapser_reserves",
    "modifier_opportunite",
    "ouvrir_opportunite",
    "preparer_mobilite",
    "proposer",
    "publier",
    "refuser",
    "rendre_effective",
    "retirer_opportunite",
    "retirer_proposition",
    "retirer_voeu",
    "valider",
]
