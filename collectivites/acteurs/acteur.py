"""The acteur: one person acting under one mandat. Resolved once, then handed down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from collectivites.acteurs.requetes_pretes import RequetePrete
from collectivites.garanties import mur
from collectivites.models import Collectivite, Delegation, Demarche, Mandat, Utilisateur
from collectivites.mots import ROLES_EMPLOYEUR, ROLES_RH, Acte, Role

#: Where a session keeps the key of the mandat that the person chose to act under.
CLE_SESSION = "mandat"


@dataclass(frozen=True)
class Acteur:
    """Who asks, in whose name. Queries and actions take it; they never see a request.

    `cadre_id` is the acteur's own file in the registre, when they act as a cadre; `candidature`,
    where it stands (state, how far). It draws the menu, and decides nothing.
    `autres_mandats` are the other names in which the same person may choose to act.
    """

    mandat: Mandat
    delegations: tuple[Delegation, ...] = ()
    cadre_id: int | None = None
    candidature: tuple[str, str] = ("", "")
    autres_mandats: tuple[Mandat, ...] = ()

    @property
    def utilisateur(self) -> Utilisateur:
        return self.mandat.utilisateur

    @property
    def role(self) -> Role:
        return Role(self.mandat.role)

    @property
    def collectivite(self) -> Collectivite:
        return self.mandat.collectivite

    @property
    def demarche(self) -> Demarche:
        return self.mandat.collectivite.demarche

    @property
    def libelle(self) -> str:
        return self.mandat.libelle

    def est(self, *roles: Role) -> bool:
        return self.role in roles

    @property
    def est_employeur(self) -> bool:
        """DGS, DRH or gestionnaire: sees the registre of their collectivité."""
        return self.role in ROLES_EMPLOYEUR

    @property
    def employeurs(self) -> frozenset[int]:
        """The collectivités that the same person also serves as DGS, DRH or gestionnaire."""
        return frozenset(
            m.collectivite_id for m in self.autres_mandats if m.role in ROLES_EMPLOYEUR
        )

    @property
    def est_rh(self) -> bool:
        return self.role in ROLES_RH

    def delegation_pour(self, acte: Acte) -> Delegation | None:
        """The live delegation under which this acteur may take `acte`, if any."""
        return next((d for d in self.delegations if acte in d.actes), None)

    def peut(self, acte: Acte) -> bool:
        """Whether the acteur may take a DGS's act: as a DGS, or under a live delegation."""
        return self.role == Role.DGS or self.delegation_pour(acte) is not None


_MANDATS = RequetePrete(
    lambda utilisateur, jour: (
        Mandat.objects.en_vigueur(jour)
        .filter(utilisateur=utilisateur)
        .select_related("collectivite__demarche")
        .order_by("pk")
    ),
    utilisateur=int,
    jour=date,
)
_DELEGATIONS = RequetePrete(
    lambda mandat, jour: (
        Delegation.objects.en_vigueur(jour)
        .filter(delegataire=mandat)
        .select_related("delegant__utilisateur", "delegant__collectivite")
    ),
    mandat=int,
    jour=date,
)


@mur.partout()
def mandats_de(utilisateur: Utilisateur) -> list[Mandat]:
    """The live mandats of a person, oldest first. One query, which every page pays."""
    mandats: list[Mandat] = _MANDATS(utilisateur=utilisateur.pk, jour=timezone.localdate())
    for mandat in mandats:
        mandat.utilisateur = utilisateur
    return mandats


def delegations_de(mandat: Mandat) -> tuple[Delegation, ...]:
    """Live delegations received by a DRH's mandat. One query, none for other roles."""
    if mandat.role != Role.DRH:
        return ()
    return tuple(_DELEGATIONS(mandat=mandat.pk, jour=timezone.localdate()))
