"""Who sees a poste opened to the démarche, a wish, what its host says of it, a request to meet."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cadres.models import Cadre, Candidature
from cadres.requetes import avec_le_oui
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.ecart import employeurs_a_part
from collectivites.mots import Role
from opportunites.mots import POSTES_OUVERTS
from parcours.models import Inscription


class OpportuniteQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """An employer: its own, and those the others have published. A cadre in a parcours: the
        published ones, and those that were proposed to them. An accompagnateur: none.

        « Published » holds until it is filled or withdrawn: closed to vœux, it may still be read."""
        # A proposition bears its opportunité, which bears this QuerySet: a true circle.
        from opportunites.models import Proposition

        du_meme_lieu = self.filter(poste__collectivite__demarche=acteur.demarche)
        publiees = Q(etat__in=POSTES_OUVERTS)
        if acteur.est_employeur:
            return du_meme_lieu.filter(publiees | Q(poste__collectivite=acteur.collectivite))
        if acteur.role == Role.CADRE and acteur.cadre_id is not None:
            inscrit = Inscription.objects.filter(cadre_id=acteur.cadre_id).exclude(
                etat=Inscription.Etat.INTERROMPUE
            )
            propose = Proposition.objects.visibles_par(acteur).filter(opportunite=OuterRef("pk"))
            return du_meme_lieu.filter((publiees & Exists(inscrit)) | Exists(propose))
        return self.none()


class VoeuQuerySet(models.QuerySet[Any]):
    """What is said between a cadre and the host of a poste: the present employer never hears it."""

    def visibles_par(self, acteur: Acteur) -> Self:
        """The cadre, and the host for its own postes. Never the present employer, nor whoever serves
        it, or its group, under another mandat (`collectivites.acteurs.ecart`)."""
        if acteur.role == Role.CADRE:
            return self.filter(cadre_id=acteur.cadre_id)
        if not acteur.est_employeur:
            return self.none()
        return (
            self.filter(
                avec_le_oui("cadre__"), opportunite__poste__collectivite=acteur.collectivite
            )
            .exclude(cadre__collectivite=acteur.collectivite)
            .exclude(cadre__collectivite__in=employeurs_a_part(acteur))
        )


class AvisQuerySet(VoeuQuerySet):
    """The same circle as a vœu."""


class DemandeQuerySet(VoeuQuerySet):
    """The same circle as a vœu."""


def interrogeables(acteur: Acteur, opportunite: Any) -> models.QuerySet[Cadre]:
    """Whom the host may ask about its poste: retained, in a parcours or out of it, without a move,
    who did not rank it, were neither asked nor proposed it, and whose employer it does not serve."""
    personnes: models.QuerySet[Cadre] = (
        Cadre.objects.visibles_par(acteur)
        .filter(
            avec_le_oui(),
            candidature__etat=Candidature.Etat.RETENU,
            candidature__avancee__in=[
                Candidature.Avancee.EN_PARCOURS,
                Candidature.Avancee.ACHEVE,
            ],
        )
        .exclude(collectivite=acteur.collectivite)
        .exclude(collectivite__in=employeurs_a_part(acteur))
        .exclude(pk__in=opportunite.voeux.values("cadre"))
        .exclude(pk__in=opportunite.sollicitations.values("cadre"))
        .exclude(pk__in=opportunite.propositions.values("cadre"))
        .select_related("collectivite", "poste")
        .order_by("nom", "prenom", "pk")
    )
    return personnes


class SollicitationQuerySet(VoeuQuerySet):
    """The same circle as a vœu: the employer left never hears of it, nor of the answer."""


class AlerteQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The person's alone."""
        if acteur.role != Role.CADRE:
            return self.none()
        return self.filter(cadre_id=acteur.cadre_id)


class EngagementQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The employers of the démarche compare what each has pledged."""
        if not acteur.est_employeur:
            return self.none()
        return self.filter(collectivite__demarche=acteur.demarche)
