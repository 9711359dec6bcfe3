"""The wall round coaching: who reads what, in one place, closed by default.

Behind it, the cadre and the accompagnateur who accompanies them today, as long as their yes holds.
In front, the employer: dates, durations and attendance; the synthesis once the cadre published it.
"""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cadres.requetes import avec_le_oui, presents
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from parcours.mots import EtatBilan, EtatRendezVous


def derriere_le_mur(acteur: Acteur, prefixe: str = "accompagnement__") -> Q:
    """The rule of notes, objectives and drafts, on a path to an accompagnement.

    The coach reads those of the accompagnement that they lead today, and of an earlier one whose
    notes the cadre passed on to it. Anybody else: nothing.
    """
    cadre = f"{prefixe}cadre__"
    if acteur.role == Role.CADRE and acteur.cadre_id is not None:
        return presents(cadre) & Q(**{f"{prefixe}cadre": acteur.cadre_id})
    if acteur.role != Role.ACCOMPAGNATEUR:
        return Q(pk__in=[])
    # Whoever also serves the employer reads nothing of its people, whatever hat they put on.
    juge = Q(**{f"{cadre}collectivite__in": acteur.employeurs}) if acteur.employeurs else Q()
    mien = Q(**{f"{prefixe}accompagnateur": acteur.mandat, f"{prefixe}fin__isnull": True}) | Q(
        **{
            f"{prefixe}transmis_a__accompagnateur": acteur.mandat,
            f"{prefixe}transmis_a__fin__isnull": True,
        }
    )
    return (
        mien
        & ~juge
        & presents(cadre)
        & avec_le_oui(cadre)
        & Q(**{f"{cadre}accompagnateur": acteur.mandat})
    )


class AccompagnementQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The cadre: all of theirs. The coach: those whose notes they read."""
        return self.filter(derriere_le_mur(acteur, ""))


class ScelleQuerySet(models.QuerySet[Any]):
    """Notes and objectives."""

    def visibles_par(self, acteur: Acteur) -> Self:
        return self.filter(derriere_le_mur(acteur))


class RendezVousCoachingQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The cadre, the coach who leads the accompagnement, the cadre's own employer.

        An employer sees when, how long and who came; pages show it nothing else.
        """
        if acteur.est_employeur:
            return self.filter(
                presents("accompagnement__cadre__"),
                accompagnement__cadre__collectivite=acteur.collectivite,
            )
        return self.filter(derriere_le_mur(acteur))

    def menes_par(self, acteur: Acteur) -> Self:
        """Those that the coach runs: one passed on by the cadre is only read."""
        if acteur.role != Role.ACCOMPAGNATEUR:
            return self.none()
        return self.visibles_par(acteur).filter(
            accompagnement__accompagnateur=acteur.mandat, accompagnement__fin__isnull=True
        )

    def a_noter(self) -> Self:
        return self.filter(etat=EtatRendezVous.PREVU, debut__lte=timezone.now())

    def a_venir(self) -> Self:
        return self.filter(etat=EtatRendezVous.PREVU, debut__gt=timezone.now())


class NotePriveeQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """Their author alone, while they lead the accompagnement: neither the person nor whoever
        comes after."""
        if acteur.role != Role.ACCOMPAGNATEUR:
            return self.none()
        return self.filter(
            derriere_le_mur(acteur),
            accompagnement__accompagnateur=acteur.mandat,
            accompagnement__fin__isnull=True,
        )


class CarnetQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The person. Nobody else, under any hat: not the coach either."""
        if acteur.role != Role.CADRE or acteur.cadre_id is None:
            return self.none()
        return self.filter(presents("cadre__"), cadre=acteur.cadre_id)


class CreneauQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The coach: their own. A cadre: those of the coach who accompanies them, still free."""
        if acteur.role == Role.ACCOMPAGNATEUR:
            return self.filter(accompagnateur=acteur.mandat)
        if acteur.role != Role.CADRE or acteur.cadre_id is None:
            return self.none()
        confies = "accompagnateur__cadres_confies__"
        return self.libres().filter(
            presents(confies),
            avec_le_oui(confies),
            accompagnateur__cadres_confies=acteur.cadre_id,
        )

    def libres(self) -> Self:
        return self.filter(rendez_vous__isnull=True, debut__gt=timezone.now())


class SyntheseQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """Behind the wall, the two who write it."""
        return self.filter(derriere_le_mur(acteur))

    def publiees_pour(self, acteur: Acteur) -> Self:
        """In front of it: the DRH and the DGS of the employer that the cadre published it for,
        as long as it is still their employer."""
        if acteur.role not in {Role.DRH, Role.DGS}:
            return self.none()
        return self.filter(
            presents("accompagnement__cadre__"),
            publiee_le__isnull=False,
            publiee_pour=acteur.collectivite,
            accompagnement__cadre__collectivite=F("publiee_pour"),
        )


class BilanQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The cadre, draft included; their coach, once it is handed over."""
        cadre = "inscription__cadre__"
        if acteur.role == Role.CADRE and acteur.cadre_id is not None:
            return self.filter(presents(cadre), inscription__cadre=acteur.cadre_id)
        if acteur.role != Role.ACCOMPAGNATEUR:
            return self.none()
        return self.filter(
            presents(cadre),
            avec_le_oui(cadre),
            etat=EtatBilan.REMIS,
            inscription__cadre__accompagnateur=acteur.mandat,
        ).exclude(inscription__cadre__collectivite__in=acteur.employeurs)


class SortieQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The cadre, and the employer who said it."""
        cadre = "inscription__cadre__"
        if acteur.role == Role.CADRE and acteur.cadre_id is not None:
            return self.filter(presents(cadre), inscription__cadre=acteur.cadre_id)
        if not acteur.est_employeur:
            return self.none()
        return self.filter(presents(cadre), inscription__cadre__collectivite=acteur.collectivite)
