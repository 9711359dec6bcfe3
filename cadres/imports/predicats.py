"""What an HR direction may do with a staff list that it sent."""

from __future__ import annotations

from cadres.fiche.predicats import RESERVE_RH, refus_recenser
from cadres.models import ImportCadres
from cadres.mots import EtatImport
from collectivites.acteurs.acteur import Acteur


def refus_lire(importation: ImportCadres) -> str | None:
    """The job that reads a file does it once."""
    return None if importation.etat == EtatImport.DEPOSE else "Cet import a déjà été lu."


def refus_decider(acteur: Acteur, importation: ImportCadres) -> str | None:
    """Correct, confirm or abandon: the HR direction that sent it, as long as it waits for that."""
    if refus := refus_recenser(acteur):
        return refus
    if importation.collectivite_id != acteur.collectivite.pk:
        return RESERVE_RH
    if importation.etat == EtatImport.CONFIRME:
        return "Cet import est déjà confirmé : rien n’a été écrit une seconde fois."
    if importation.etat != EtatImport.DIAGNOSTIQUE:
        return "Cet import n’attend plus de décision. Redéposez le fichier."
    return None
