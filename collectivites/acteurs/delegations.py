"""Giving and ending a delegation."""

from datetime import date

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.predicats import refus_donner, refus_revoquer
from collectivites.communs.typographie import de
from collectivites.journal import journaliser
from collectivites.models import Delegation, Mandat
from collectivites.mots import Actes
from collectivites.refus import exiger


def donner_delegation(
    *, acteur: Acteur, delegataire: Mandat, actes: list[str], fin: date, motif: str = ""
) -> Delegation:
    """A DGS lets a DRH of the same collectivité take `actes` until `fin`, included."""
    exiger(refus_donner(acteur, delegataire))
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


def revoquer_delegation(*, acteur: Acteur, delegation: Delegation) -> None:
    """End a delegation now."""
    delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    exiger(refus_revoquer(acteur, delegation))
    delegation.revoquee_le = timezone.now()
    delegation.save(update_fields=["revoquee_le"])
    journaliser(
        acteur=acteur,
        acte=Actes.DELEGATION_REVOQUEE,
        libelle=f"Délégation {de(delegation.delegataire.utilisateur.nom_complet)} révoquée",
        objet=delegation,
        collectivite=acteur.collectivite,
    )
