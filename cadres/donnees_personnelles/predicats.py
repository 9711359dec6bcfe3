"""What a person may ask of what is held on them, and who answers.

`refus_x(acteur, …)` gives the reason in French, or None when the act is possible.
Each reads `cadre.candidature`: select it.
"""

from __future__ import annotations

from cadres.candidature.predicats import HORS_DEMARCHE, refus_parler_pour
from cadres.donnees_personnelles.conservation import ETATS_SORTIS
from cadres.fiche.predicats import refus_modifier
from cadres.models import Cadre, DemandeCorrection
from cadres.mots import EtatCorrection
from collectivites.acteurs.acteur import Acteur

SANS_EXPLICATION = "Dites pourquoi : la personne le lira."


def refus_effacer(acteur: Acteur, cadre: Cadre) -> str | None:
    """The person alone, once they are out of the démarche."""
    if refus := refus_parler_pour(acteur, cadre):
        return refus
    if cadre.candidature.etat not in ETATS_SORTIS:
        return "Retirez-vous d’abord de la démarche : vos données seront effacées ensuite."
    if cadre.candidature.effacement_demande_le is not None:
        return "L’effacement est déjà demandé."
    return None


def refus_renoncer_a_l_effacement(acteur: Acteur, cadre: Cadre) -> str | None:
    """The person alone, in time."""
    if refus := refus_parler_pour(acteur, cadre):
        return refus
    if cadre.candidature.effacement_demande_le is None:
        return "Aucun effacement n’est demandé."
    return None


def refus_dire_ses_competences(acteur: Acteur, cadre: Cadre) -> str | None:
    """The person alone, as long as the démarche has a use for it."""
    if refus := refus_parler_pour(acteur, cadre):
        return refus
    return HORS_DEMARCHE if cadre.candidature.etat in ETATS_SORTIS else None


def refus_repondre_a_une_correction(acteur: Acteur, demande: DemandeCorrection) -> str | None:
    """The HR direction of the employer, once."""
    if refus := refus_modifier(acteur, demande.cadre):
        return refus
    if demande.etat != EtatCorrection.OUVERTE:
        return "Cette demande a déjà sa réponse."
    return None
