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
    proposition,
    propositions,
    retirer_proposition,
    valider,
)
from opportunites.views.reponses import accepter, refuser
from opportunites.views.reserves import arbitrer_reserve, deposer_reserve
from opportunites.views.voeux import classer_voeux, exprimer_voeu, retirer_voeu, voeux

__all__ = [
    "abandonner",
    "accepter",
    "arbitrer_reserve",
    "classer_voeux",
    "deposer_reserve",
    "envoyer",
    "exprimer_voeu",
    "mobilite",
    "mobilites",
    "modifier",
    "nouvelle_opportunite",
    "opportunite",
    "opportunites",
    "preparer",
    "proposer",
    "proposition",
    "propositions",
    "publier",
    "refuser",
    "rendre_effective",
    "retirer",
    "retirer_proposition",
    "retirer_voeu",
    "valider",
    "voeux",
]
