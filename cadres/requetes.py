"""Who sees whom. One's own collectivité before the person's yes; the four after it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from cadres.candidature.rangs import PARTAGES
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role


def avec_le_oui(prefixe: str = "") -> Q:
    """The people who said yes and whose yes holds, on a path to a cadre (`prefixe`): the others see
    who they are. Of an object at hand: `Candidature.oui_tient`."""
    return Q(**{f"{prefixe}rang__range": PARTAGES})


def presents(prefixe: str = "") -> Q:
    """The people who are not forgotten, on a path to a cadre (`prefixe`)."""
    return Q(**{f"{prefixe}anonymise_le__isnull": True})


def cadres_visibles(acteur: Acteur, prefixe: str = "") -> Q:
    """The rule of the registre, as a condition on a path to a cadre (`prefixe`).

    An employer: its own people, and those of the same démarche whose yes holds. A cadre:
    themselves. An accompagnateur: the people entrusted to them whose yes holds.
    """

    def q(**conditions: Any) -> Q:
        return Q(**{f"{prefixe}{cle}": valeur for cle, valeur in conditions.items()})

    ici, partage = presents(prefixe), avec_le_oui(prefixe)
    if acteur.role == Role.CADRE:
        return ici & q(pk=acteur.cadre_id)
    if acteur.role == Role.ACCOMPAGNATEUR:
        return ici & partage & q(accompagnateur=acteur.mandat)
    if not acteur.est_employeur:
        return q(pk__in=[])
    # Columns of the cadre alone (`cadres.models.gardes` keeps them true): one index answers.
    return ici & q(demarche=acteur.demarche) & (q(collectivite=acteur.collectivite) | partage)


class CadreQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The cadres whose identity, poste and profile the acteur may see."""
        return self.filter(cadres_visibles(acteur))

    def geres_par(self, acteur: Acteur) -> Self:
        """The cadres of the acteur's own collectivité, for its DGS, DRH and gestionnaires."""
        if not acteur.est_employeur:
            return self.none()
        return self.filter(presents(), collectivite=acteur.collectivite)


class ConsultationQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """Only the person reads who looked at their file."""
        if acteur.role != Role.CADRE:
            return self.none()
        return self.filter(cadre_id=acteur.cadre_id)


class CandidatureQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The candidacies of the cadres that the acteur sees."""
        return self.filter(cadres_visibles(acteur, "cadre__"))


class ImportCadresQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The imports of one's own HR direction."""
        if not acteur.est_rh:
            return self.none()
        return self.filter(collectivite=acteur.collectivite)


class FusionQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The reunions of files of one's own HR direction."""
        if not acteur.est_rh:
            return self.none()
        return self.filter(presents("garde__"), collectivite=acteur.collectivite)


class CompetenceDiteQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The person's; their employer's; after the yes, whoever sees the file."""
        return self.filter(cadres_visibles(acteur, "cadre__"))


class DemandeCorrectionQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The person's own requests; those made to one's own HR direction."""
        demandes = self.filter(presents("cadre__"))
        if acteur.role == Role.CADRE:
            return demandes.filter(cadre_id=acteur.cadre_id)
        if not acteur.est_rh:
            return self.none()
        return demandes.filter(cadre__collectivite=acteur.collectivite)


class CritereQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The criteria of one's own collectivité: its DGS, DRH and gestionnaires read them."""
        if not acteur.est_employeur:
            return self.none()
        return self.filter(collectivite=acteur.collectivite)


class VueQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """One's own views, under the mandat in whose name one acts."""
        if not acteur.est_employeur:
            return self.none()
        return self.filter(mandat=acteur.mandat)


class ColonnesQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """One's own choice, under the mandat in whose name one acts."""
        if not acteur.est_employeur:
            return self.none()
        return self.filter(mandat=acteur.mandat)
