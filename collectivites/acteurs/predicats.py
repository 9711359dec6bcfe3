"""What may be done with a delegation: the same answer draws the button and guards the act."""

from datetime import date, timedelta

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte
from collectivites.models import Delegation, Mandat
from collectivites.mots import ROLES_RH, Role
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


def refus_ouvrir_un_acces(acteur: Acteur, role: str = "", fin: date | None = None) -> str | None:
    """The DGS, and the DRH. A DRH names another one for a time alone: absence, interim, handover."""
    if not acteur.est(Role.DGS, Role.DRH):
        return Interdit("Les accès de la direction se donnent par son DGS ou son DRH.")
    if not role:
        return None
    if role not in ROLES_RH:
        return "Un accès se donne comme DRH ou comme gestionnaire RH."
    if role == Role.DRH and acteur.role == Role.DRH and fin is None:
        return "Dites jusqu’à quand : un DRH sans date de fin est désigné par le DGS."
    return None


def refus_finir_un_acces(acteur: Acteur, mandat: Mandat, fin: date | None = None) -> str | None:
    """The DGS or a DRH of the collectivité; the last DRH, once somebody follows. One query."""
    if (
        not acteur.est(Role.DGS, Role.DRH)
        or mandat.collectivite_id != acteur.collectivite.pk
        or mandat.role not in ROLES_RH
    ):
        return Interdit("Cet accès se retire par le DGS ou le DRH de la collectivité.")
    if mandat.fin is not None and mandat.fin < timezone.localdate():
        return "Cet accès est déjà fini."
    if fin is None or mandat.role != Role.DRH:
        return None
    lendemain = fin + timedelta(days=1)
    suivants = Mandat.objects.en_vigueur(lendemain).filter(
        collectivite=mandat.collectivite_id, role=Role.DRH
    )
    if not suivants.exclude(pk=mandat.pk).exists():
        return (
            f"Personne d’autre ne serait DRH le {date_texte(lendemain)}. Donnez d’abord cet accès à "
            "qui prend la suite."
        )
    return None
