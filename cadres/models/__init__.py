from cadres.models.cadre import Cadre, Consultation
from cadres.models.candidature import Candidature
from cadres.models.recensement import ImportCadres

__all__ = ["Cadre", "Candidature", "Consultation", "ImportCadres"]
