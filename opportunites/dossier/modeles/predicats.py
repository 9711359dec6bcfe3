"""Word models and their letters: may this acteur?"""

from __future__ import annotations

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from collectivites.refus import Interdit
from opportunites.models import Fournee, ModeleWord

RESERVE_AU_DRH = Interdit("Les modèles Word d’une collectivité se déposent par sa DRH.")
RESERVE_A_LA_RH = Interdit("Ces lettres se font par la direction des ressources humaines.")


def refus_deposer(acteur: Acteur) -> str | None:
    """The DRH, for their own collectivité."""
    return None if acteur.est(Role.DRH) else RESERVE_AU_DRH


def refus_retirer(acteur: Acteur, modele: ModeleWord) -> str | None:
    """The DRH whose model it is; its letters go with it."""
    if modele.collectivite_id != acteur.collectivite.pk:
        return RESERVE_AU_DRH
    return refus_deposer(acteur)


def refus_faire_des_lettres(acteur: Acteur, modele: ModeleWord) -> str | None:
    """The HR direction whose model it is."""
    if not acteur.est_rh or modele.collectivite_id != acteur.collectivite.pk:
        return RESERVE_A_LA_RH
    return None


def refus_telecharger(fournee: Fournee) -> str | None:
    """Once the job is done."""
    if fournee.contenu is None:
        return "Ces lettres ne sont pas encore faites : revenez sur cette page dans un instant."
    return None
