"""The models of the room, subject by subject."""

from pilotage.models.feuille_de_route import EtapeRoute
from pilotage.models.publications import ArreteDesChiffres, DocumentElus

__all__ = ["ArreteDesChiffres", "DocumentElus", "EtapeRoute"]
