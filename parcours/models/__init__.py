from parcours.models.accompagnement import (
    Accompagnement,
    NoteCoaching,
    Objectif,
    RendezVousCoaching,
    Synthese,
)
from parcours.models.apres.evaluation import Evaluation, Parole, Participation, Urne
from parcours.models.apres.reseau import DemandeMentor, PresenceReseau
from parcours.models.bilan import Bilan, Sortie
from parcours.models.carnet import Carnet
from parcours.models.catalogue import Prestation
from parcours.models.creneau import CreneauCoaching
from parcours.models.immersion import Immersion, OffreImmersion
from parcours.models.note_privee import NotePrivee
from parcours.models.promotion import EtapeProgramme, Inscription, Promotion, SuiviEtape
from parcours.models.rappel import AbonnementAgenda, PreferencesRappel
from parcours.models.session import InscriptionSession, Session

__all__ = [
    "AbonnementAgenda",
    "Accompagnement",
    "Bilan",
    "Carnet",
    "CreneauCoaching",
    "DemandeMentor",
    "EtapeProgramme",
    "Evaluation",
    "Immersion",
    "Inscription",
    "InscriptionSession",
    "NoteCoaching",
    "NotePrivee",
    "Objectif",
    "OffreImmersion",
    "Parole",
    "Participation",
    "PreferencesRappel",
    "PresenceReseau",
    "Prestation",
    "Promotion",
    "RendezVousCoaching",
    "Session",
    "Sortie",
    "SuiviEtape",
    "Synthese",
    "Urne",
]
