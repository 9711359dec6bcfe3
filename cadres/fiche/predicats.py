"""What an acteur may do with a file. The same answer draws the button and guards the act.

`refus_x(acteur, cadre)` gives the reason in French, or None when the act is possible.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cadres.candidature.situations import est_des_siens
from cadres.models import Cadre, Fusion
from cadres.mots import Avancee, EtatCandidature
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import Interdit

#: How long two files that were made one may be separated again.
DELAI_SEPARATION = timedelta(days=30)
#: The candidacies of which the person said nothing.
SANS_VIE = (EtatCandidature.RECENSE, EtatCandidature.INFORME, EtatCandidature.SANS_REPONSE)
AILLEURS = Interdit("Ce cadre relève d’une autre collectivité.")
RESERVE_RH = Interdit("Cet acte revient à la DRH de la collectivité.")
PARTI = "Cette personne a quitté la collectivité."
EFFACEMENT_DEMANDE = "Cette personne a demandé l’effacement de ses données."
DEPART_A_VENIR = "Un décès se signale une fois survenu : vérifiez la date."


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
    if part_par_une_mobilite(cadre):
        return (
            "Cette personne part par une mobilité de la démarche : son dossier le dira. "
            "Si elle part autrement, abandonnez d’abord cette mobilité."
        )
    return None


def part_par_une_mobilite(cadre: Cadre) -> bool:
    """A move of the démarche is under way. Reads `cadre.candidature`."""
    candidature = cadre.candidature
    return candidature.etat == EtatCandidature.RETENU and candidature.avancee == Avancee.ENGAGEE


def refus_renoncer_au_depart_prevu(acteur: Acteur, cadre: Cadre) -> str | None:
    """The HR direction of the employer, as long as the day has not come."""
    if refus := refus_modifier(acteur, cadre):
        return refus
    if cadre.depart_prevu_le is None:
        return "Aucun départ n’est prévu pour cette personne."
    return None


def refus_enlever(acteur: Acteur, cadre: Cadre) -> str | None:
    """« Retirer du recensement »: the HR direction of the employer, of somebody listed by mistake whom
    nobody has told. Reads `cadre.candidature`."""
    if refus := refus_modifier(acteur, cadre):
        return refus
    candidature = cadre.candidature
    if candidature.informe_le is not None or candidature.etat != EtatCandidature.RECENSE:
        return (
            "Cette personne est informée de son recensement : sa fiche ne s’efface plus sans elle. "
            "Elle peut se retirer elle-même, ou vous signalez son départ."
        )
    return None


def refus_separer(acteur: Acteur, fusion: Fusion) -> str | None:
    """The HR direction that keeps the file, for thirty days. Reads `garde`."""
    if refus := refus_modifier(acteur, fusion.garde):
        return refus
    if fusion.defaite_le is not None:
        return "Ces deux fiches sont déjà séparées."
    if fusion.le + DELAI_SEPARATION < timezone.now() or not fusion.copie:
        return (
            "Ces deux fiches sont réunies depuis plus de trente jours : elles ne se séparent plus."
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
