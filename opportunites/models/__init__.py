from opportunites.models.avis import Avis, Demande
from opportunites.models.dossier import Element, Impact, ReponseOrigine, Suivi
from opportunites.models.mobilite import Mobilite
from opportunites.models.opportunite import POSTES_MAX, VOEUX_MAX, Engagement, Opportunite, Voeu
from opportunites.models.paie import FicheRemuneration, GroupeIndemnitaire, Regime
from opportunites.models.proposition import Proposition, Reserve

__all__ = [
    "POSTES_MAX",
    "VOEUX_MAX",
    "Avis",
    "Demande",
    "Element",
    "Engagement",
    "FicheRemuneration",
    "GroupeIndemnitaire",
    "Impact",
    "Mobilite",
    "Opportunite",
    "Proposition",
    "Regime",
    "ReponseOrigine",
    "Reserve",
    "Suivi",
    "Voeu",
]
