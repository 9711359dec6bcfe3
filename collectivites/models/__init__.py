from collectivites.models.comptes import Delegation, Mandat, Utilisateur
from collectivites.models.demarche import Collectivite, Demarche, Direction, Poste
from collectivites.models.journal import EntreeJournal, PurgeEnCours
from collectivites.models.travaux import Courriel, Tache

__all__ = [
    "Collectivite",
    "Courriel",
    "Delegation",
    "Demarche",
    "Direction",
    "EntreeJournal",
    "Mandat",
    "Poste",
    "PurgeEnCours",
    "Tache",
    "Utilisateur",
]
