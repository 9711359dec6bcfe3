"""Reading and diagnosis of a staff list (« recensement »): pure Python, no Django, no database.

classeur = lire(octets, "cadres.xlsx")
diagnostic = diagnostiquer(classeur, existants=fiches)
"""

from cadres.recensement.correction import fichier_a_corriger
from cadres.recensement.diagnostic import (
    corriger,
    diagnostiquer,
    proposer_colonnes,
    rediagnostiquer,
)
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.lecture import Classeur, lire
from cadres.recensement.modeles import (
    CHAMPS,
    CHAMPS_CADRE,
    Anomalie,
    Avertissement,
    Changement,
    ColonneEcartee,
    ColonneLue,
    FicheExistante,
    LigneCadre,
    MiseAJour,
)
from cadres.recensement.resultat import Diagnostic
from cadres.recensement.tableur import TYPES_MIME, ecrire_tableur

__all__ = [
    "CHAMPS",
    "CHAMPS_CADRE",
    "TYPES_MIME",
    "Anomalie",
    "Avertissement",
    "Changement",
    "Classeur",
    "ColonneEcartee",
    "ColonneLue",
    "Diagnostic",
    "FicheExistante",
    "FichierIllisible",
    "LigneCadre",
    "MiseAJour",
    "corriger",
    "diagnostiquer",
    "ecrire_tableur",
    "fichier_a_corriger",
    "lire",
    "proposer_colonnes",
    "rediagnostiquer",
]
