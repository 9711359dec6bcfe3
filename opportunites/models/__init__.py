from opportunites.models.alerte import Alerte
from opportunites.models.avis import Avis, Demande
from opportunites.models.campagne import Campagne, Ensemble, IssueVoeu, Maillon, Simulation
from opportunites.models.dossier import Element, Impact, ReponseOrigine, Suivi
from opportunites.models.echanges import Question, Sollicitation
from opportunites.models.mobilite import Mobilite
from opportunites.models.opportunite import Opportunite
from opportunites.models.paie import Estimation, FicheRemuneration, GroupeIndemnitaire, Regime
from opportunites.models.papiers import (
    DossierASigner,
    Fournee,
    LettreFaite,
    ModeleWord,
    RetourSigne,
)
from opportunites.models.proposition import Proposition, Reserve
from opportunites.models.refus import CompteDesRefus, LotDeRefus, RaisonDuRefus
from opportunites.models.voeu import POSTES_MAX, VOEUX_MAX, Engagement, Voeu

__all__ = [
    "POSTES_MAX",
    "VOEUX_MAX",
    "Alerte",
    "Avis",
    "Campagne",
    "CompteDesRefus",
    "Demande",
    "DossierASigner",
    "Element",
    "Engagement",
    "Ensemble",
    "Estimation",
    "FicheRemuneration",
    "Fournee",
    "GroupeIndemnitaire",
    "Impact",
    "IssueVoeu",
    "LettreFaite",
    "LotDeRefus",
    "Maillon",
    "Mobilite",
    "ModeleWord",
    "Opportunite",
    "Proposition",
    "Question",
    "RaisonDuRefus",
    "Regime",
    "ReponseOrigine",
    "Reserve",
    "RetourSigne",
    "Simulation",
    "Sollicitation",
    "Suivi",
    "Voeu",
]
