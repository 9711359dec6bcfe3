"""What an acteur sees of the catalogue, of its sessions and of the immersions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Cast
from django.utils import timezone

from cadres.requetes import avec_le_oui, presents
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.ecart import employeurs_a_part
from collectivites.communs.calendrier import minuit
from collectivites.models import Demarche
from collectivites.mots import Role
from parcours.mots import (
    IMMERSIONS_COMPTEES,
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
        """The cadre; their employer, once they let it know; the one that would receive them."""
        presentes = self.filter(presents("cadre__"))
        if acteur.role == Role.CADRE:
            return presentes.filter(cadre_id=acteur.cadre_id)
        if acteur.est_employeur:
            return presentes.filter(_pour_l_employeur(acteur) | _pour_l_accueil(acteur))
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
            _pour_l_employeur(acteur) & Q(accord_origine_le__isnull=True)
            | _pour_l_accueil(acteur) & Q(accord_accueil_le__isnull=True)
        )

    def realisees_dans(self, demarche: Demarche) -> Self:
        """They took place, between two employers of the démarche."""
        return self.filter(collectivite_accueil__demarche=demarche, etat=EtatImmersion.REALISEE)


def _pour_l_employeur(acteur: Acteur) -> Q:
    """Those that the person let their employer know of."""
    return Q(collectivite_origine=acteur.collectivite, montree_le__isnull=False)


def _pour_l_accueil(acteur: Acteur) -> Q:
    """As long as the person's yes holds; before their employer knows, not to whoever serves both."""
    return (
        avec_le_oui("cadre__")
        & Q(collectivite_accueil=acteur.collectivite)
        & (
            Q(montree_le__isnull=False)
            | ~Q(collectivite_origine__in=employeurs_a_part(acteur).values("pk"))
        )
    )


def non_dites(acteur: Acteur) -> Q:
    """Plugged into `MASQUES_DU_JOURNAL`: the lines of a host about an immersion that the person's
    employer knows nothing of, for whoever serves that employer as well."""
    cachees = (
        apps.get_model("parcours", "Immersion")
        ._default_manager.filter(
            montree_le__isnull=True, collectivite_origine__in=employeurs_a_part(acteur).values("pk")
        )
        .annotate(cle=Cast("pk", models.CharField()))
    )
    return Q(objet_type="parcours.immersion", objet_id__in=cachees.values("cle"))


class OffreImmersionQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The offers of the démarche: a service, a period, places left. Those that are closed, to the
        employer that made them and to whoever asked for one."""
        offres = self.filter(collectivite__demarche=acteur.demarche)
        if acteur.est_employeur:
            return offres.filter(Q(close_le__isnull=True) | Q(collectivite=acteur.collectivite))
        if acteur.role == Role.CADRE:
            siennes = apps.get_model("parcours", "Immersion")._default_manager.filter(
                cadre=acteur.cadre_id, offre__isnull=False
            )
            return offres.filter(Q(close_le__isnull=True) | Q(pk__in=siennes.values("offre")))
        return self.none()

    def a_venir(self) -> Self:
        """There is a day left to ask for."""
        return self.filter(fin__gt=timezone.localdate())

    def avec_prises(self) -> Self:
        """Annotate `prises`: how many people hold a place."""
        tiennent = Q(immersions__etat__in=IMMERSIONS_COMPTEES)
        return self.annotate(prises=Count("immersions", filter=tiennent, distinct=True))
