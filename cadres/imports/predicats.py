"""What an HR direction may do with a staff list that it sent."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cadres.fiche.predicats import RESERVE_RH, refus_recenser
from cadres.models import ImportCadres
from cadres.mots import EtatImport
from collectivites.acteurs.acteur import Acteur

#: How long an import may be undone.
DELAI_ANNULATION = timedelta(days=30)


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


def refus_annuler(acteur: Acteur, importation: ImportCadres) -> str | None:
    """Undo: the HR direction that confirmed it, for thirty days. Whether nobody was told and nothing
    changed since is asked of each file (`cadres.imports.retour.obstacles`)."""
    if refus := refus_recenser(acteur):
        return refus
    if importation.collectivite_id != acteur.collectivite.pk:
        return RESERVE_RH
    if importation.annule_le is not None:
        return "Cet import est déjà annulé."
    if importation.etat != EtatImport.CONFIRME or importation.confirme_le is None:
        return "Cet import n’a rien écrit : il n’y a rien à annuler."
    if importation.confirme_le + DELAI_ANNULATION < timezone.now():
        return "Cet import a plus de trente jours : il ne s’annule plus."
    if not importation.ecrits.get("fiches"):
        return "Cet import n’a rien écrit : il n’y a rien à annuler."
    return None
