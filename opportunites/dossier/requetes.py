"""Who sees a move, and the parts of its file."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from opportunites.communs.requetes import de_l_accueil
from opportunites.mots import CoteElement, CoteSuivi, EtatMobilite, Plan


class MobiliteQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The cadre and the two employers."""
        if acteur.role == Role.CADRE:
            return self.filter(cadre_id=acteur.cadre_id)
        if not acteur.est_employeur:
            return self.none()
        return self.filter(
            de_l_accueil(acteur, "collectivite_accueil")
            | Q(collectivite_origine=acteur.collectivite)
        )

    def sans_plan(self) -> Self:
        """Open moves whose team of origin has no replacement plan yet."""
        return self.filter(
            Q(impact__isnull=True) | Q(impact__plan=Plan.A_PREVOIR), etat=EtatMobilite.OUVERTE
        )

    def en_silence(self, recues_avant: date) -> Self:
        """Requests received by that day to which the origin has said nothing."""
        return self.filter(
            etat=EtatMobilite.OUVERTE, reponse_origine="", demande_recue_le__lte=recues_avant
        )


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
            return self.filter(mobilite__cadre_id=acteur.cadre_id, cote=CoteElement.CADRE)
        if not acteur.est_employeur:
            return self.none()
        return self.filter(_des_deux_employeurs(acteur))

    def a_la_charge_de(self, acteur: Acteur) -> Self:
        """What the acteur is to do: their own items, or those of their side."""
        visibles = self.visibles_par(acteur)
        if acteur.role == Role.CADRE:
            return visibles
        miens = Q(cote=CoteElement.ORIGINE, mobilite__collectivite_origine=acteur.collectivite)
        miens |= Q(cote=CoteElement.ACCUEIL, mobilite__collectivite_accueil=acteur.collectivite)
        if acteur.role != Role.DRH:
            miens &= Q(reserve_au_drh=False)
        return visibles.filter(miens)

    def attendus(self, jour: date) -> Self:
        """Not done, due by `jour`, in a file that goes on."""
        return self.filter(fait_le__isnull=True, echeance__lte=jour).exclude(
            mobilite__etat=EtatMobilite.ABANDONNEE
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
            return self.filter(mobilite__cadre_id=acteur.cadre_id, cote=CoteSuivi.CADRE)
        if not acteur.est_employeur:
            return self.none()
        return self.filter(
            mobilite__collectivite_accueil=acteur.collectivite, cote=CoteSuivi.ACCUEIL
        )

    def attendus(self, jour: date) -> Self:
        return self.filter(renseigne_le__isnull=True, echeance__lte=jour)
