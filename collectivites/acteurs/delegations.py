"""Giving and ending a delegation."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.predicats import refus_donner, refus_revoquer
from collectivites.communs.typographie import de
from collectivites.journal import journaliser
from collectivites.models import Delegation, EntreeJournal, Mandat
from collectivites.mots import Actes
from collectivites.refus import exiger


def donner_delegation(
    *,
    acteur: Acteur,
    delegataire: Mandat,
    actes: list[str],
    fin: date,
    debut: date | None = None,
    motif: str = "",
) -> Delegation:
    """A DGS lets a DRH of the same collectivité take `actes` from `debut` (today) to `fin`, both
    included."""
    debut = debut or timezone.localdate()
    exiger(refus_donner(acteur, delegataire))
    delegation = Delegation.objects.create(
        delegant=acteur.mandat,
        delegataire=delegataire,
        actes=sorted(actes),
        debut=debut,
        fin=fin,
        motif=motif,
    )
    journaliser(
        acteur=acteur,
        acte=Actes.DELEGATION_DONNEE,
        libelle=f"Délégation donnée à {delegataire.utilisateur.nom_complet}, "
        f"du {debut:%d/%m/%Y} au {fin:%d/%m/%Y}",
        objet=delegation,
        collectivite=acteur.collectivite,
        motif=motif,
        details={"actes": delegation.actes, "debut": debut.isoformat(), "fin": fin.isoformat()},
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


def a_renouveler(acteur: Acteur, cle: str) -> dict[str, Any]:
    """What to propose to renew a delegation: the same person, the same acts, from the day after.
    Nothing when the key is not that of one of the collectivité's. One query."""
    if not cle.isdecimal():
        return {}
    delegation = Delegation.objects.visibles_par(acteur).filter(pk=cle).first()
    if delegation is None:
        return {}
    lendemain = max(delegation.fin + timedelta(days=1), timezone.localdate())
    if delegation.revoquee_le is not None:
        lendemain = timezone.localdate()
    return {
        "delegataire": delegation.delegataire_id,
        "actes": delegation.actes,
        "debut": lendemain,
        "motif": delegation.motif,
    }


def est_renouvelee(delegation: Delegation, autres: Iterable[Delegation]) -> bool:
    """Whether others cover the same acts of the same person without a day in between."""
    suivantes = [
        autre
        for autre in autres
        if autre.pk != delegation.pk
        and autre.delegataire_id == delegation.delegataire_id
        and autre.revoquee_le is None
        and autre.debut <= delegation.fin + timedelta(days=1)
        and autre.fin > delegation.fin
    ]
    return set(delegation.actes) <= {acte for autre in suivantes for acte in autre.actes}


def decisions_sous(acteur: Acteur, delegations: Iterable[Delegation]) -> dict[int, int]:
    """Delegation → how many decisions that the acteur reads were taken under it. One query."""
    lignes = EntreeJournal.objects.visibles_par(acteur).filter(
        delegation__in=[d.pk for d in delegations], suite_de=None
    )
    comptes = lignes.order_by().values_list("delegation").annotate(n=Count("pk"))
    return dict(comptes)
