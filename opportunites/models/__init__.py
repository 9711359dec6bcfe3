from opportunites.models.mobilite import Mobilite
from opportunites.models.opportunite import Opportunite, Voeu
from opportunites.models.proposition import Proposition, Reserve

__all__ = ["Mobilite", "Opportunite", "Proposition", "Reserve", "Voeu"]
