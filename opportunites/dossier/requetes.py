"""Who sees the parts of a move's file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from collectivites.mots import Role

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur


def _des_deux_employeurs(acteur: Acteur) -> Q:
    return Q(mobilite__collectivite_accueil=acteur.collectivite) | Q(
        mobilite__collectivite_origine=acteur.collectivite
    )


class ReponseQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """As the move: the two employers, and the person, whom a refusal concerns first."""
        if acteur.role == Role.CADRE:
            return self.filter(mobilite__cadre_id=acteur.cadre_id)
        if not acteur.est_employeur:
            return self.none()
        return self.filter(_des_deux_employeurs(acteur))


class ElementQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The two employers see the whole list; the person, what is theirs to do."""
        if acteur.role == Role.CADRE:
            return self.filter(mobilite__cadre_id=acteur.cadre_id, cote="cadre")
        if not acteur.est_employeur:
            return self.none()
        return self.filter(_des_deux_employeurs(acteur))

    def a_la_charge_de(self, acteur: Acteur) -> Self:
        """What the acteur is to do: their own items, or those of their side."""
        visibles = self.visibles_par(acteur)
        if acteur.role == Role.CADRE:
            return visibles
        miens = Q(cote="origine", mobilite__collectivite_origine=acteur.collectivite)
        miens |= Q(cote="accueil", mobilite__collectivite_accueil=acteur.collectivite)
        if acteur.role != Role.DRH:
            miens &= Q(reserve_au_drh=False)
        return visibles.filter(miens)

    def attendus(self, jour: date) -> Self:
        """Not done, due by `jour`, in a file that goes on."""
        return self.filter(fait_le__isnull=True, echeance__lte=jour).exclude(
            mobilite__etat="abandonnee"
        )


class ImpactQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The employer whose team is left."""
        if not acteur.est_employeur:
            return self.none()
        return self.filter(mobilite__collectivite_origine=acteur.collectivite)


class SuiviQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """Each voice reads itself alone: the host its own, the person theirs."""
        if acteur.role == Role.CADRE:
            return self.filter(mobilite__cadre_id=acteur.cadre_id, cote="cadre")
        if not acteur.est_employeur:
            return self.none()
        return self.filter(mobilite__collectivite_accueil=acteur.collectivite, cote="accueil")

    def attendus(self, jour: date) -> Self:
        return self.filter(renseigne_le__isnull=True, echeance__lte=jour)
