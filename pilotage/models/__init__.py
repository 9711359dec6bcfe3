"""The models of the room, subject by subject."""

from pilotage.models.feuille_de_route import EtapeRoute

__all__ = ["EtapeRoute"]
