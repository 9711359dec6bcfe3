from opportunites.models.alerte import Alerte
from opportunites.models.avis import Avis, Demande
from opportunites.models.dossier import Element, Impact, ReponseOrigine, Suivi
from opportunites.models.echanges import Question, Sollicitation
from opportunites.models.mobilite import Mobilite
from opportunites.models.opportunite import POSTES_MAX, VOEUX_MAX, Engagement, Opportunite, Voeu
from opportunites.models.proposition import Proposition, Reserve
from opportunites.models.refus import CompteDesRefus, LotDeRefus, RaisonDuRefus

__all__ = [
    "POSTES_MAX",
    "VOEUX_MAX",
    "Alerte",
    "Avis",
    "CompteDesRefus",
    "Demande",
    "Element",
    "Engagement",
    "Impact",
    "LotDeRefus",
    "Mobilite",
    "Opportunite",
    "Proposition",
    "Question",
    "RaisonDuRefus",
    "ReponseOrigine",
    "Reserve",
    "Sollicitation",
    "Suivi",
    "Voeu",
]
