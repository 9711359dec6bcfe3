"""What DGS and DRH receive: who invites them, to what, with whom, why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from collectivites.communs.typographie import avec_article, enumerer
from collectivites.comptes.invitations import lien_invitation
from collectivites.models import Demarche, Mandat, Utilisateur
from collectivites.mots import Role
from collectivites.travaux.courriels import deposer


def souhaiter_la_bienvenue(
    personne: Utilisateur, mandats: Sequence[Mandat], *, par: Utilisateur
) -> None:
    """One mail a person, for all that they hold in the démarche. Sent again, it is another one."""
    demarche = mandats[0].collectivite.demarche
    deposer(
        "ouverture/bienvenue",
        demarche=demarche,
        destinataire=personne.email,
        utilisateur=personne,
        cle=f"bienvenue:{uuid4()}",
        comme=mandats[0],
        personne=personne,
        mandats=mandats,
        employeurs=enumerer([avec_article(c.nom) for c in demarche.collectivites.order_by("pk")]),
        dirige=any(m.role == Role.DGS for m in mandats),
        par=par,
        lien="" if personne.a_une_entree else lien_invitation(personne),
    )


def dgs_de(demarche: Demarche) -> list[Mandat]:
    """Of each employer, one mandat a person. One query."""
    mandats = (
        Mandat.objects.en_vigueur()
        .filter(collectivite__demarche=demarche, role=Role.DGS)
        .select_related("utilisateur", "collectivite__demarche")
        .order_by("pk")
    )
    return list({m.utilisateur_id: m for m in mandats}.values())


def prevenir(gabarit: str, mandats: Iterable[Mandat], cle: str, **contexte: Any) -> None:
    """The same words to each of these people, once under that key."""
    for mandat in mandats:
        deposer(
            gabarit,
            demarche=mandat.collectivite.demarche,
            destinataire=mandat.utilisateur.email,
            utilisateur=mandat.utilisateur,
            cle=f"{cle}:{mandat.utilisateur_id}",
            comme=mandat,
            personne=mandat.utilisateur,
            **contexte,
        )
