"""The models of the room, subject by subject."""

from pilotage.models.cabinet import DocumentCabinet
from pilotage.models.communication import (
    ActionCommunication,
    ApprobationElements,
    ElementsDeLangage,
)
from pilotage.models.elus import AccordElus, InformationElus
from pilotage.models.feuille_de_route import ClotureEtape, EtapeRoute
from pilotage.models.jalons import EngagementDGS, PassageJalon, RenonciationCriteres
from pilotage.models.publications import ArreteDesChiffres, DocumentElus
from pilotage.models.regles import AccordRegle, ChangementRegle, VersionRegles

__all__ = [
    "AccordElus",
    "AccordRegle",
    "ActionCommunication",
    "ApprobationElements",
    "ArreteDesChiffres",
    "ChangementRegle",
    "ClotureEtape",
    "DocumentCabinet",
    "DocumentElus",
    "ElementsDeLangage",
    "EngagementDGS",
    "EtapeRoute",
    "InformationElus",
    "PassageJalon",
    "RenonciationCriteres",
    "VersionRegles",
]
