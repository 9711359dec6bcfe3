from parcours.models.accompagnement import (
    Accompagnement,
    NoteCoaching,
    Objectif,
    RendezVousCoaching,
    Synthese,
)
from parcours.models.bilan import Bilan, Sortie
from parcours.models.catalogue import Prestation
from parcours.models.immersion import Immersion
from parcours.models.promotion import EtapeProgramme, Inscription, Promotion, SuiviEtape
from parcours.models.rappel import AbonnementAgenda, PreferencesRappel
from parcours.models.session import InscriptionSession, Session

__all__ = [
    "AbonnementAgenda",
    "Accompagnement",
    "Bilan",
    "EtapeProgramme",
    "Immersion",
    "Inscription",
    "InscriptionSession",
    "NoteCoaching",
    "Objectif",
    "PreferencesRappel",
    "Prestation",
    "Promotion",
    "RendezVousCoaching",
    "Session",
    "Sortie",
    "SuiviEtape",
    "Synthese",
]
