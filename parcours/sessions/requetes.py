"""What an acteur sees of the catalogue, of its sessions and of the immersions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from cadres.requetes import avec_le_oui, presents
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import minuit
from collectivites.mots import Role
from parcours.mots import (
    IMMERSIONS_VIVANTES,
    PLACES_VIVANTES,
    EtatImmersion,
    EtatPlace,
    EtatSession,
)


class PrestationQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The catalogue is common to the démarche; what is archived, to whoever offered it."""
        prestations = self.filter(collectivite__demarche=acteur.demarche)
        vivantes = Q(archivee_le__isnull=True)
        if acteur.est_employeur:
            vivantes |= Q(collectivite=acteur.collectivite)
        return prestations.filter(vivantes)

    def avec_sessions(self) -> Self:
        """Annotate `sessions_a_venir`."""
        a_venir = Q(sessions__etat=EtatSession.OUVERTE, sessions__debut__gt=timezone.now())
        return self.annotate(sessions_a_venir=Count("sessions", filter=a_venir))


class SessionQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The sessions of the démarche: a date, a place, how many seats. Nobody's name."""
        return self.filter(prestation__collectivite__demarche=acteur.demarche)

    def tenues_par(self, acteur: Acteur) -> Self:
        """Those whose sheet the acteur holds: their HR's, or run by them as accompagnateur."""
        if acteur.est_rh:
            return self.filter(prestation__collectivite=acteur.collectivite)
        if acteur.role == Role.ACCOMPAGNATEUR:
            return self.filter(animateur=acteur.mandat)
        return self.none()

    def a_venir(self) -> Self:
        return self.filter(etat=EtatSession.OUVERTE, debut__gt=timezone.now())

    def pendant(self, premier: date, dernier: date) -> Self:
        """Those that begin in a period, both days included, but for the cancelled ones."""
        return self.exclude(etat=EtatSession.ANNULEE).filter(
            debut__gte=minuit(premier), debut__lt=minuit(dernier + timedelta(days=1))
        )

    def a_noter(self) -> Self:
        """Begun, and the sheet is not closed."""
        return self.filter(etat=EtatSession.OUVERTE, debut__lte=timezone.now())

    def avec_places(self) -> Self:
        """Annotate `prises` and `attentes`."""
        assis = Q(inscriptions__place__isnull=False)
        return self.annotate(
            prises=Count("inscriptions", filter=assis),
            attentes=Count("inscriptions", filter=Q(inscriptions__etat=EtatPlace.ATTENTE)),
        )


class InscriptionSessionQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """A cadre: their own. An employer: its people. Who holds a sheet: those who are on it, as
        long as their yes holds; whoever withdrew since is counted, and named to nobody else."""
        if acteur.role == Role.CADRE:
            return self.filter(presents("cadre__"), cadre_id=acteur.cadre_id)
        presentes = self.filter(presents("cadre__"))
        partage = avec_le_oui("cadre__")
        if acteur.est_employeur:
            miens = Q(cadre__collectivite=acteur.collectivite)
            if acteur.est_rh:
                miens |= partage & Q(session__prestation__collectivite=acteur.collectivite)
            return presentes.filter(miens)
        return presentes.filter(partage, session__animateur=acteur.mandat)

    def assises(self) -> Self:
        return self.filter(place__isnull=False)

    def vivantes(self) -> Self:
        """Confirmed or waiting, in a session still open."""
        return self.filter(etat__in=PLACES_VIVANTES, session__etat=EtatSession.OUVERTE)


class ImmersionQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The cadre, their employer, the one that would receive them as long as their yes holds."""
        presentes = self.filter(presents("cadre__"))
        if acteur.role == Role.CADRE:
            return presentes.filter(cadre_id=acteur.cadre_id)
        if acteur.est_employeur:
            return presentes.filter(
                Q(collectivite_origine=acteur.collectivite)
                | (avec_le_oui("cadre__") & Q(collectivite_accueil=acteur.collectivite))
            )
        return self.none()

    def a_venir(self) -> Self:
        """Asked or agreed, and not begun: they may still be given up."""
        return self.filter(etat__in=IMMERSIONS_VIVANTES, debut__gt=timezone.localdate())

    def a_repondre_par(self, acteur: Acteur) -> Self:
        """Those that wait for the agreement of the acteur's collectivité."""
        if not acteur.est_rh:
            return self.none()
        demandees = self.filter(presents("cadre__"), etat=EtatImmersion.DEMANDEE)
        return demandees.filter(
            Q(collectivite_origine=acteur.collectivite, accord_origine_le__isnull=True)
            | Q(collectivite_accueil=acteur.collectivite, accord_accueil_le__isnull=True)
        )
