"""What an acteur sees of promotions and of the people in them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from cadres.models import Cadre, Candidature
from cadres.requetes import cadres_visibles
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from parcours.mots import (
    NATURES_ACCOMPAGNEES,
    SUIVIS_PASSES,
    EtatInscription,
    EtatSuivi,
    NatureEtape,
)


class PromotionQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """Employers: those of the démarche. A cadre, an accompagnateur: those of their people."""
        from parcours.models import Inscription  # whose manager comes from this module

        promotions = self.filter(demarche=acteur.demarche)
        if acteur.est_employeur:
            return promotions
        siennes = Inscription.objects.visibles_par(acteur).filter(promotion=OuterRef("pk"))
        return promotions.filter(Exists(siennes))

    def avec_places_prises(self) -> Self:
        """Annotate `prises`: an interrupted parcours gives its place back. The latest first."""
        return self.annotate(
            prises=Count("inscriptions", filter=~Q(inscriptions__etat=EtatInscription.INTERROMPUE))
        ).order_by("-date_debut", "pk")

    def avec_places_libres(self) -> Self:
        """Those that may still be entered, with `prises`."""
        return self.avec_places_prises().filter(
            date_fin__gte=timezone.localdate(), prises__lt=F("places")
        )


class EtapeProgrammeQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The programmes of the promotions that the acteur sees."""
        from parcours.models import Promotion  # whose manager comes from this module

        return self.filter(promotion__in=Promotion.objects.visibles_par(acteur))

    def commencees(self) -> Self:
        """Somebody has done them, or was absent: they do not change any more."""
        return self.filter(suivis__etat__in=SUIVIS_PASSES).distinct()


class InscriptionQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The enrolments of the cadres that the acteur sees."""
        return self.filter(cadres_visibles(acteur, "cadre__"))

    def suivies_par(self, cadre: Cadre) -> Self:
        """The live parcours of a cadre who is still retained: it opens sessions and immersions."""
        return self.filter(
            cadre=cadre,
            etat=EtatInscription.EN_COURS,
            cadre__candidature__etat=Candidature.Etat.RETENU,
        )


class SuiviEtapeQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """Dates and attendance. An employer: of its own cadres (product rule 2), not of others'."""
        suivis = self.filter(cadres_visibles(acteur, "inscription__cadre__"))
        if acteur.est_employeur:
            return suivis.filter(inscription__cadre__collectivite=acteur.collectivite)
        return suivis

    def geres_par(self, acteur: Acteur) -> Self:
        """The steps that the acteur schedules and marks, in live parcours (see `peut_organiser`)."""
        suivis = self.visibles_par(acteur).filter(inscription__etat=EtatInscription.EN_COURS)
        if acteur.est_rh:
            return suivis.filter(inscription__cadre__collectivite=acteur.collectivite)
        if acteur.role == Role.ACCOMPAGNATEUR:
            return suivis.filter(etape__nature__in=NATURES_ACCOMPAGNEES)
        return self.none()

    def a_noter(self) -> Self:
        """The appointment has begun, and nobody said yet who came."""
        return self.datees().filter(etat=EtatSuivi.PLANIFIEE, quand__lte=timezone.now())

    def datees(self) -> Self:
        """Appointments with an hour: the days of an immersion are read on the immersion."""
        return self.exclude(etape__nature=NatureEtape.IMMERSION)

    def a_venir(self) -> Self:
        return self.filter(etat=EtatSuivi.PLANIFIEE, quand__gt=timezone.now())
