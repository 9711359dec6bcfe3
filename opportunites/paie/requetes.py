"""Who reads a pay sheet, and a régime indemnitaire."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from opportunites.mots import RESERVES_OUVERTES


class RegimeQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """A délibération is public: the four employers read those of the démarche; a cadre's own
        simulation reads them too."""
        return self.filter(collectivite__demarche=acteur.demarche)

    def en_vigueur(self) -> Self:
        """The last délibération of each collectivité."""
        dernieres = self.model.objects.filter(
            collectivite=models.OuterRef("collectivite")
        ).order_by("-deliberee_le")
        return self.filter(pk=models.Subquery(dernieres.values("pk")[:1]))


class EstimationQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The person's alone."""
        return self.filter(cadre=acteur.cadre_id) if acteur.est(Role.CADRE) else self.none()


class FicheQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The person, once both have signed; the DRH of each side, in person; a DGS of a side for as
        long as a réserve on pay waits to be arbitrated. Nobody else: neither gestionnaire nor coach."""
        proposition = apps.get_model("opportunites", "Proposition")
        reserve = apps.get_model("opportunites", "Reserve")
        siennes = self.filter(proposition__in=proposition.objects.visibles_par(acteur))
        if acteur.est(Role.CADRE):
            return siennes.filter(signee_origine_le__isnull=False, signee_accueil_le__isnull=False)
        if acteur.est(Role.DRH):
            return siennes
        if acteur.est(Role.DGS):
            sur_la_paie = reserve.objects.filter(
                sujet="remuneration", etat__in=RESERVES_OUVERTES
            ).values("proposition")
            return siennes.filter(proposition__in=sur_la_paie)
        return self.none()

    def signees(self) -> Self:
        """By both."""
        return self.filter(signee_origine_le__isnull=False, signee_accueil_le__isnull=False)

    def a_signer(self) -> Self:
        return self.filter(Q(signee_origine_le__isnull=True) | Q(signee_accueil_le__isnull=True))
