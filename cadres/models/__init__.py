from cadres.models.cadre import Cadre, Consultation
from cadres.models.candidature import Candidature
from cadres.models.donnees_personnelles import CompetenceDite, DemandeCorrection
from cadres.models.identite import AncienIdentifiant, Fusion
from cadres.models.liste import ColonnesRegistre, Critere, VueRegistre
from cadres.models.opposition import Opposition
from cadres.models.recensement import ImportCadres

__all__ = [
    "AncienIdentifiant",
    "Cadre",
    "Candidature",
    "ColonnesRegistre",
    "CompetenceDite",
    "Consultation",
    "Critere",
    "DemandeCorrection",
    "Fusion",
    "ImportCadres",
    "Opposition",
    "VueRegistre",
]
