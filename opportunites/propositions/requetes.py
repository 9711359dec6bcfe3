"""Who sees a poste opened to the démarche, a wish, a proposition, a move."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cadres.requetes import avec_le_oui
from collectivites.mots import Role

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur


def de_l_accueil(acteur: Acteur, accueil: str, cadre: str = "cadre__") -> Q:
    """What the acteur reads as the host (`accueil`: the path to it): of people whose yes holds, or
    who are its own by now. Whoever withdrew is not named to another employer any more."""
    return Q(**{accueil: acteur.collectivite}) & (
        avec_le_oui(cadre) | Q(**{f"{cadre}collectivite": acteur.collectivite})
    )


class OpportuniteQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """An employer: its own, and those the others have published. A cadre in a parcours: the
        published ones, and those that were proposed to them. An accompagnateur: none.

        « Published » holds until it is filled or withdrawn: closed to vœux, it may still be read."""
        from opportunites.models import Opportunite, Proposition
        from parcours.models import Inscription

        du_meme_lieu = self.filter(poste__collectivite__demarche=acteur.demarche)
        publiees = Q(etat__in=Opportunite.ETATS_OUVERTS)
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
    def visibles_par(self, acteur: Acteur) -> Self:
        """The cadre, and the host for its own postes. Never the present employer."""
        if acteur.role == Role.CADRE:
            return self.filter(cadre_id=acteur.cadre_id)
        if not acteur.est_employeur:
            return self.none()
        return self.filter(
            avec_le_oui("cadre__"), opportunite__poste__collectivite=acteur.collectivite
        ).exclude(cadre__collectivite=acteur.collectivite)


class EngagementQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The employers of the démarche compare what each has pledged."""
        if not acteur.est_employeur:
            return self.none()
        return self.filter(collectivite__demarche=acteur.demarche)


class AvisQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The person, and the host for its own postes; never the present employer."""
        if acteur.role == Role.CADRE:
            return self.filter(cadre_id=acteur.cadre_id)
        if not acteur.est_employeur:
            return self.none()
        return self.filter(
            avec_le_oui("cadre__"), opportunite__poste__collectivite=acteur.collectivite
        ).exclude(cadre__collectivite=acteur.collectivite)


class DemandeQuerySet(AvisQuerySet):
    """The same circle as an avis: the person, and the host for its own postes."""


class PropositionQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The cadre once it is sent; the host, as long as the yes holds; the present employer once
        it is sent.

        One that the host withdrew before sending it was never said: it stays the host's.
        """
        parties = Q(envoyee_le__isnull=False)
        if acteur.role == Role.CADRE:
            return self.filter(parties, cadre_id=acteur.cadre_id)
        if not acteur.est_employeur:
            return self.none()
        return self.filter(
            de_l_accueil(acteur, "opportunite__poste__collectivite")
            | (parties & Q(collectivite_origine=acteur.collectivite))
        )

    def en_retard(self, maintenant: datetime) -> Self:
        """Sent, and unanswered although the time for it is over."""
        return self.filter(etat="envoyee", repondre_avant__lte=maintenant)


class ReserveQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The two employers of the proposition. Not the cadre: it is an affair of services."""
        if not acteur.est_employeur:
            return self.none()
        return self.filter(
            de_l_accueil(
                acteur, "proposition__opportunite__poste__collectivite", "proposition__cadre__"
            )
            | Q(proposition__collectivite_origine=acteur.collectivite)
        )


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
        from opportunites.models import Impact

        couvertes = Impact.objects.filter(mobilite=OuterRef("pk")).exclude(plan="a_prevoir")
        return self.filter(~Exists(couvertes), etat="ouverte")

    def en_silence(self, recues_avant: date) -> Self:
        """Requests received by that day to which the origin has said nothing."""
        return self.filter(etat="ouverte", reponse_origine="", demande_recue_le__lte=recues_avant)
