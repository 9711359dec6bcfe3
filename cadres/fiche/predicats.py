"""What an acteur may do with a file. The same answer draws the button and guards the act.

`refus_x(acteur, cadre)` gives the reason in French, or None when the act is possible.
"""

from __future__ import annotations

from cadres.candidature.situations import est_des_siens
from cadres.models import Cadre
from cadres.mots import Avancee, EtatCandidature
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import Interdit

AILLEURS = Interdit("Ce cadre relève d’une autre collectivité.")
RESERVE_RH = Interdit("Cet acte revient à la DRH de la collectivité.")
PARTI = "Cette personne a quitté la collectivité."
EFFACEMENT_DEMANDE = "Cette personne a demandé l’effacement de ses données."
DEPART_A_VENIR = "Signalez le départ une fois qu’il a eu lieu."


def refus_suivre(acteur: Acteur, cadre: Cadre) -> str | None:
    """The employer of the person: their DGS, DRH and gestionnaires. The others only look."""
    if not acteur.est_employeur or not est_des_siens(acteur, cadre):
        return AILLEURS
    return None


def refus_recenser(acteur: Acteur) -> str | None:
    """The HR direction, among its own staff."""
    return None if acteur.est_rh else RESERVE_RH


def refus_modifier(acteur: Acteur, cadre: Cadre) -> str | None:
    """The HR direction of the employer."""
    return refus_suivre(acteur, cadre) or refus_recenser(acteur)


def refus_signaler_depart(acteur: Acteur, cadre: Cadre) -> str | None:
    """The HR direction of the employer, once; a move of the démarche says itself who leaves.
    Reads `cadre.candidature`."""
    if refus := refus_modifier(acteur, cadre):
        return refus
    if cadre.parti_le:
        return "Le départ de cette personne est déjà signalé."
    candidature = cadre.candidature
    if candidature.etat == EtatCandidature.RETENU and candidature.avancee == Avancee.ENGAGEE:
        return (
            "Cette personne part par une mobilité de la démarche : son dossier le dira. "
            "Si elle part autrement, abandonnez d’abord cette mobilité."
        )
    return None


def refus_annuler_depart(acteur: Acteur, cadre: Cadre) -> str | None:
    """The HR direction of the employer, as long as the person has not asked to be forgotten.
    Reads `cadre.candidature`."""
    if refus := refus_modifier(acteur, cadre):
        return refus
    if not cadre.parti_le:
        return "Aucun départ n’est signalé pour cette personne."
    if cadre.candidature.effacement_demande_le is not None:
        return EFFACEMENT_DEMANDE
    return None
