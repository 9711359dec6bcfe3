"""The models of the room, subject by subject."""

from pilotage.models.communication import (
    ActionCommunication,
    ApprobationElements,
    ElementsDeLangage,
)
from pilotage.models.elus import AccordElus, InformationElus
from pilotage.models.feuille_de_route import ClotureEtape, EtapeRoute
from pilotage.models.jalons import EngagementDGS, PassageJalon, RenonciationCriteres
from pilotage.models.publications import ArreteDesChiffres, DocumentElus

__all__ = [
    "AccordElus",
    "ActionCommunication",
    "ApprobationElements",
    "ArreteDesChiffres",
    "ClotureEtape",
    "DocumentElus",
    "ElementsDeLangage",
    "EngagementDGS",
    "EtapeRoute",
    "InformationElus",
    "PassageJalon",
    "RenonciationCriteres",
]
