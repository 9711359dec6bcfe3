"""What may be done with a delegation: the same answer draws the button and guards the act."""

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Delegation, Mandat
from collectivites.mots import Role
from collectivites.refus import Interdit

RESERVE_AUX_DGS = Interdit("Seul un DGS peut donner délégation.")
RESERVE_AUX_SIENNES = Interdit("Une délégation se révoque par le DGS de sa collectivité.")


def refus_donner(acteur: Acteur, delegataire: Mandat | None = None) -> str | None:
    """A DGS, to a DRH of the same collectivité. Without `delegataire`: to anybody at all."""
    if not acteur.est(Role.DGS):
        return RESERVE_AUX_DGS
    if delegataire is not None and (
        delegataire.collectivite_id != acteur.collectivite.pk or delegataire.role != Role.DRH
    ):
        return "Une délégation se donne à un DRH de la même collectivité."
    return None


def refus_revoquer(acteur: Acteur, delegation: Delegation) -> str | None:
    """The DGS of the collectivité, while the delegation runs."""
    if not acteur.est(Role.DGS) or delegation.delegant.collectivite_id != acteur.collectivite.pk:
        return RESERVE_AUX_SIENNES
    if delegation.revoquee_le is not None or delegation.fin < timezone.localdate():
        return "Cette délégation est déjà éteinte."
    return None
