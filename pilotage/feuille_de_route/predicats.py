"""What may be done on the feuille de route: the same answer draws the button and guards the act."""

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Acte
from pilotage.models import EtapeRoute


def peut_franchir(acteur: Acteur, etape: EtapeRoute) -> bool:
    """A step of the four: a DGS, or under their delegation. A step of one's own: its services."""
    if etape.faite_le is not None or etape.demarche_id != acteur.demarche.pk:
        return False
    if etape.collectivite_id is None:
        return acteur.peut(Acte.FRANCHIR_ETAPE)
    return acteur.est_employeur and etape.collectivite_id == acteur.collectivite.pk
