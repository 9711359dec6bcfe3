"""Acts on mandats and delegations."""

from datetime import date

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import de
from collectivites.journal import journaliser
from collectivites.models import Delegation, Mandat
from collectivites.mots import Actes, Role
from collectivites.refus import ActionImpossible


def donner_delegation(
    *, acteur: Acteur, delegataire: Mandat, actes: list[str], fin: date, motif: str = ""
) -> Delegation:
    """A DGS lets a DRH of the same collectivité take `actes` until `fin`, included."""
    if not acteur.est(Role.DGS):
        raise ActionImpossible("Seul un DGS peut donner délégation.")
    if delegataire.collectivite_id != acteur.collectivite.pk or delegataire.role != Role.DRH:
        raise ActionImpossible("Une délégation se donne à un DRH de la même collectivité.")
    delegation = Delegation.objects.create(
        delegant=acteur.mandat, delegataire=delegataire, actes=sorted(actes), fin=fin, motif=motif
    )
    journaliser(
        acteur=acteur,
        acte=Actes.DELEGATION_DONNEE,
        libelle=f"Délégation donnée à {delegataire.utilisateur.nom_complet}, jusqu’au {fin:%d/%m/%Y}",
        objet=delegation,
        collectivite=acteur.collectivite,
        motif=motif,
        details={"actes": delegation.actes, "fin": fin.isoformat()},
    )
    return delegation


def peut_revoquer(acteur: Acteur, delegation: Delegation) -> bool:
    """The DGS of the collectivité, while the delegation runs."""
    return (
        acteur.est(Role.DGS)
        and delegation.delegant.collectivite_id == acteur.collectivite.pk
        and delegation.revoquee_le is None
        and delegation.fin >= timezone.localdate()
    )


def revoquer_delegation(*, acteur: Acteur, delegation: Delegation) -> None:
    """End a delegation now."""
    delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    if not peut_revoquer(acteur, delegation):
        raise ActionImpossible("Cette délégation est déjà éteinte.")
    delegation.revoquee_le = timezone.now()
    delegation.save(update_fields=["revoquee_le"])
    journaliser(
        acteur=acteur,
        acte=Actes.DELEGATION_REVOQUEE,
        libelle=f"Délégation {de(delegation.delegataire.utilisateur.nom_complet)} révoquée",
        objet=delegation,
        collectivite=acteur.collectivite,
    )
