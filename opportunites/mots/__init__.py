"""Words of the room: the states of its objects, and the acts that it writes in the journal.

A state is drawn with a shape beside its word (`composants/statut.html`): each enum says its own.
"""

from opportunites.mots.actes import (
    Actes,
)
from opportunites.mots.mobilites import (
    REPONSES_FAVORABLES,
    CoteElement,
    CoteSuivi,
    EtatMobilite,
    Famille,
    Plan,
    Reponse,
    Services,
    Voie,
)
from opportunites.mots.papiers import (
    CONSTATS_A_ASSUMER,
    ConstatRetour,
    FormeLettres,
    GenreModele,
)
from opportunites.mots.postes import (
    POSTES_FINIS,
    POSTES_INTERNES,
    POSTES_OUVERTS,
    POSTES_VIVANTS,
    EtatDemande,
    EtatOpportunite,
    EtatSollicitation,
    SensAvis,
    Vacance,
)
from opportunites.mots.propositions import (
    PROPOSITIONS_INTERNES,
    PROPOSITIONS_PARTIES,
    PROPOSITIONS_REPONDUES,
    PROPOSITIONS_SANS_REPONSE,
    PROPOSITIONS_VIVANTES,
    RESERVES_OUVERTES,
    AccordDgs,
    EtatProposition,
    EtatReserve,
    MotifRefus,
    RetraitProposition,
)

__all__ = [
    "CONSTATS_A_ASSUMER",
    "POSTES_FINIS",
    "POSTES_INTERNES",
    "POSTES_OUVERTS",
    "POSTES_VIVANTS",
    "PROPOSITIONS_INTERNES",
    "PROPOSITIONS_PARTIES",
    "PROPOSITIONS_REPONDUES",
    "PROPOSITIONS_SANS_REPONSE",
    "PROPOSITIONS_VIVANTES",
    "REPONSES_FAVORABLES",
    "RESERVES_OUVERTES",
    "AccordDgs",
    "Actes",
    "ConstatRetour",
    "CoteElement",
    "CoteSuivi",
    "EtatDemande",
    "EtatMobilite",
    "EtatOpportunite",
    "EtatProposition",
    "EtatReserve",
    "EtatSollicitation",
    "Famille",
    "FormeLettres",
    "GenreModele",
    "MotifRefus",
    "Plan",
    "Reponse",
    "RetraitProposition",
    "SensAvis",
    "Services",
    "Vacance",
    "Voie",
]
