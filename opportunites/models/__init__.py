from opportunites.models.avis import Avis, Demande
from opportunites.models.campagne import Campagne, Ensemble, IssueVoeu, Maillon, Simulation
from opportunites.models.dossier import Element, Impact, ReponseOrigine, Suivi
from opportunites.models.mobilite import Mobilite
from opportunites.models.opportunite import POSTES_MAX, VOEUX_MAX, Engagement, Opportunite, Voeu
from opportunites.models.proposition import Proposition, Reserve

__all__ = [
    "POSTES_MAX",
    "VOEUX_MAX",
    "Avis",
    "Campagne",
    "Demande",
    "Element",
    "Engagement",
    "Ensemble",
    "Impact",
    "IssueVoeu",
    "Maillon",
    "Mobilite",
    "Opportunite",
    "Proposition",
    "ReponseOrigine",
    "Reserve",
    "Simulation",
    "Suivi",
    "Voeu",
]
