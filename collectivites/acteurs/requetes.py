"""What an acteur sees of the foundations. Each method is closed by default."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from collectivites.communs.typographie import sans_accents
from collectivites.mots import ROLES_EMPLOYEUR, Role

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur


def en_cours(jour: date | None = None, prefixe: str = "") -> Q:
    """Rows whose period (`debut`, `fin`, both days included) holds `jour` (today)."""
    jour = jour or timezone.localdate()
    return Q(**{f"{prefixe}debut__lte": jour}) & (
        Q(**{f"{prefixe}fin__isnull": True}) | Q(**{f"{prefixe}fin__gte": jour})
    )


class CollectiviteQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """All collectivités of the acteur's démarche: they know one another."""
        return self.filter(demarche=acteur.demarche)


class DirectionQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """An employer sees its own organisation; nobody else needs the list."""
        if acteur.role not in ROLES_EMPLOYEUR:
            return self.none()
        return self.filter(collectivite=acteur.collectivite)


class PosteQuerySet(models.QuerySet[Any]):
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As `save` does: what a search looks into follows the title."""
        postes = list(objs)
        for poste in postes:
            poste.recherche = poste.calculer_recherche()
        return super().bulk_create(postes, *args, **kwargs)

    def bulk_update(
        self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any
    ) -> int:
        postes = list(objs)
        for poste in postes:
            poste.recherche = poste.calculer_recherche()
        return super().bulk_update(postes, {*fields, "recherche"}, *args, **kwargs)

    def chercher(self, texte: str) -> Self:
        """Every word of `texte`, whatever its accents and its case."""
        lignes = self
        for mot in sans_accents(texte).split()[:6]:
            lignes = lignes.filter(recherche__contains=mot)
        return lignes

    def visibles_par(self, acteur: Acteur) -> Self:
        """An employer sees its own postes. Those opened to all are seen as opportunités."""
        if acteur.role not in ROLES_EMPLOYEUR:
            return self.none()
        return self.filter(collectivite=acteur.collectivite)


class MandatQuerySet(models.QuerySet[Any]):
    def en_vigueur(self, jour: date | None = None) -> Self:
        """Mandats that run on `jour` (today), of active accounts."""
        return self.filter(en_cours(jour), utilisateur__is_active=True)

    def visibles_par(self, acteur: Acteur) -> Self:
        """The DGS and the DRH: who acts for their collectivité, but for its cadres."""
        if acteur.role not in {Role.DGS, Role.DRH}:
            return self.none()
        return self.filter(collectivite=acteur.collectivite).exclude(role=Role.CADRE)


class DelegationQuerySet(models.QuerySet[Any]):
    def en_vigueur(self, jour: date | None = None) -> Self:
        """Delegations that run, are not revoked, and whose two mandats still run."""
        return self.filter(
            en_cours(jour),
            en_cours(jour, "delegant__"),
            en_cours(jour, "delegataire__"),
            revoquee_le__isnull=True,
            delegant__utilisateur__is_active=True,
        )

    def visibles_par(self, acteur: Acteur) -> Self:
        """Delegations of one's own collectivité, for its DGS and DRH."""
        if acteur.role not in {Role.DGS, Role.DRH}:
            return self.none()
        return self.filter(delegant__collectivite=acteur.collectivite)


#: What a room above hides from some employers, whoever the line engages: subject → lines.
MASQUES_DU_JOURNAL: dict[str, Callable[[Acteur], Q]] = {}


class EntreeJournalQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """Employers read what engages them or the whole démarche; a cadre, what concerns them."""
        lignes = self.filter(demarche=acteur.demarche)
        if acteur.role == Role.CADRE:
            return lignes.filter(cadre_ref=acteur.cadre_id, cadre_ref__isnull=False)
        if acteur.role not in ROLES_EMPLOYEUR:
            return self.none()
        for masque in MASQUES_DU_JOURNAL.values():
            lignes = lignes.exclude(masque(acteur))
        return lignes.filter(
            Q(collectivite=acteur.collectivite)
            | Q(au_nom_de=acteur.collectivite)
            | Q(collectivite__isnull=True),
            reserve_a_la_personne=False,
        )


class TacheQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The work one asked for, under the mandat one acts with."""
        return self.filter(mandat=acteur.mandat)


class CourrielQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The mails one was sent."""
        return self.filter(utilisateur=acteur.utilisateur)
