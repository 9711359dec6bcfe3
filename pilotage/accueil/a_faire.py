"""« À faire »: what waits for somebody, gathered from every room, the most pressing first."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from cadres.registre import a_faire as cadres
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.delegations import est_renouvelee
from collectivites.communs.typographie import compter
from collectivites.models import Delegation
from collectivites.mots import Role
from collectivites.travaux.attentes import Attente, par_echeance
from opportunites.branchements import a_faire as opportunites
from parcours.programme import a_faire as parcours
from pilotage.cadrage import a_faire as cadrage

#: A delegation is announced this long before its last day.
PREAVIS_DELEGATION = timedelta(days=30)


def delegations_connues(acteur: Acteur) -> list[Any]:
    """The delegations of the acteur's collectivité that run (`vivante`) or will, the first to end
    first. One query."""
    if not acteur.est(Role.DGS, Role.DRH):
        return []
    vivantes = Delegation.objects.en_vigueur().filter(pk=OuterRef("pk"))
    return list(
        Delegation.objects.visibles_par(acteur)
        .filter(revoquee_le=None, fin__gte=timezone.localdate())
        .annotate(vivante=Exists(vivantes))
        .select_related("delegant__utilisateur", "delegataire__utilisateur")
        .order_by("fin", "pk")
    )


def attentes_delegations(acteur: Acteur, connues: list[Any]) -> list[Attente]:
    """The DGS's own delegations about to end, unless what follows them is given already."""
    limite = timezone.localdate() + PREAVIS_DELEGATION
    finissantes = [
        d
        for d in connues
        if acteur.role == Role.DGS
        and d.vivante
        and d.delegant_id == acteur.mandat.pk
        and d.fin <= limite
    ]
    return [
        Attente(
            titre="Renouveler une délégation, ou la laisser finir",
            detail=(
                f"{d.delegataire.utilisateur.nom_complet}, DRH, agit en votre nom pour "
                f"{compter(len(d.actes), 'acte')}. "
                "Sans décision, la délégation s’éteint."
            ),
            url=f"{reverse('collectivites:delegations')}#delegation-{d.pk}",
            bouton="Décider",
            echeance=d.fin,
        )
        for d in finissantes
        if not est_renouvelee(d, connues)
    ]


def attentes_de(acteur: Acteur, delegations: list[Any] | None = None) -> list[Attente]:
    """All that waits for the acteur. `delegations`: those already read by the page, if any."""
    if delegations is None:
        delegations = delegations_connues(acteur) if acteur.role == Role.DGS else []
    return par_echeance(
        [
            *cadres.a_faire(acteur),
            *parcours.a_faire(acteur),
            *opportunites.a_faire(acteur),
            *attentes_delegations(acteur, delegations),
            *cadrage.a_faire(acteur),
        ]
    )
