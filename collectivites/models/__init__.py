from collectivites.models.comptes import Delegation, Mandat, Utilisateur
from collectivites.models.demarche import Collectivite, Demarche, Direction, Poste
from collectivites.models.journal import EntreeJournal, MaillonJournal, PurgeEnCours
from collectivites.models.travaux import Courriel, Passage, Tache

__all__ = [
    "Collectivite",
    "Courriel",
    "Delegation",
    "Demarche",
    "Direction",
    "EntreeJournal",
    "MaillonJournal",
    "Mandat",
    "Passage",
    "Poste",
    "PurgeEnCours",
    "Tache",
    "Utilisateur",
]
