"""What may be done on the feuille de route: the same answer draws the button and guards the act."""

from datetime import date

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Acte
from collectivites.refus import RESERVE_AU_DGS, Interdit
from pilotage.models import EtapeRoute

RESERVE_A_QUI_LA_PORTE = Interdit("Cette étape revient à la collectivité qui la porte.")


def refus_franchir(acteur: Acteur, etape: EtapeRoute) -> str | None:
    """A step of the four: a DGS, or under their delegation. A step of one's own: its services."""
    if etape.faite_le is not None:
        return "Cette étape est déjà marquée comme faite."
    if etape.demarche_id != acteur.demarche.pk:
        return RESERVE_A_QUI_LA_PORTE
    if etape.collectivite_id is None:
        return None if acteur.peut(Acte.FRANCHIR_ETAPE) else RESERVE_AU_DGS
    if not acteur.est_employeur or etape.collectivite_id != acteur.collectivite.pk:
        return RESERVE_A_QUI_LA_PORTE
    return None


def refus_preuve(preuve: str, faite_le: date) -> str | None:
    """What is said of the step: a proof, and a day that has come."""
    if not preuve:
        return "Dites en une ligne ce qui prouve que l’étape est faite."
    if faite_le > timezone.localdate():
        return "Une étape ne peut pas être faite dans l’avenir."
    return None
