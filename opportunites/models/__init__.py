from opportunites.models.mobilite import Mobilite
from opportunites.models.opportunite import VOEUX_MAX, Opportunite, Voeu
from opportunites.models.proposition import Proposition, Reserve

__all__ = ["VOEUX_MAX", "Mobilite", "Opportunite", "Proposition", "Reserve", "Voeu"]
