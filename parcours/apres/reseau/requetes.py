"""Who reads the network: the people of a promotion, and of the following ones. No employer, under no hat."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cadres.candidature.rangs import RANGS
from cadres.models import Cadre
from cadres.mots import Avancee, EtatCandidature
from cadres.requetes import avec_le_oui, presents
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.ecart import sert_un_employeur, servent_un_employeur
from collectivites.mots import Role
from parcours.mots import MENTORS_VIVANTS, EtatDemandeMentor, EtatInscription

#: Retained, and further.
RETENUS = (RANGS[EtatCandidature.RETENU], RANGS[Avancee.EFFECTIVE])


class PresenceReseauQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """One's own; those of one's promotion and of the former ones. Whoever is retained and not yet in a
        promotion is of the next. One's own alone for whoever also serves an employer."""
        if acteur.role != Role.CADRE or acteur.cadre_id is None:
            return self.none()
        siennes = self.filter(cadre=acteur.cadre_id)
        if sert_un_employeur(acteur):
            return siennes
        from parcours.models import Inscription  # whose managers come from modules like this one

        lecteur = Cadre.objects.filter(presents(), rang__range=RETENUS, pk=acteur.cadre_id)
        suivies = Inscription.objects.filter(cadre=acteur.cadre_id).exclude(
            etat=EtatInscription.INTERROMPUE
        )
        a_temps = suivies.filter(promotion__date_debut__gte=OuterRef("promotion__date_debut"))
        return self.filter(
            presents("cadre__"),
            avec_le_oui("cadre__"),
            Q(cadre=acteur.cadre_id)
            | (Q(Exists(lecteur)) & (Q(Exists(a_temps)) | ~Q(Exists(suivies)))),
            promotion__demarche=acteur.demarche,
        )

    def mentors_pour(self, acteur: Acteur) -> Self:
        """Those whom the acteur may ask: of a promotion begun before theirs, who may still read it."""
        from parcours.models import Inscription

        avec_eux = Inscription.objects.filter(
            cadre=acteur.cadre_id, promotion__date_debut__lte=OuterRef("promotion__date_debut")
        ).exclude(etat=EtatInscription.INTERROMPUE)
        return (
            self.visibles_par(acteur)
            .exclude(cadre=acteur.cadre_id)
            .exclude(cadre__utilisateur__in=servent_un_employeur())
            .filter(~Exists(avec_eux), mentor=True)
        )


class DemandeMentorQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """Who asked, and who is asked unless they also serve an employer since."""
        if acteur.role != Role.CADRE or acteur.cadre_id is None:
            return self.none()
        demandee = Q(presence__cadre=acteur.cadre_id) & ~Q(
            presence__cadre__utilisateur__in=servent_un_employeur()
        )
        return self.filter(
            Q(cadre=acteur.cadre_id) | demandee,
            presents("cadre__"),
            presents("presence__cadre__"),
        )

    def vivantes(self) -> Self:
        return self.filter(etat__in=MENTORS_VIVANTS)

    def a_repondre_par(self, acteur: Acteur) -> Self:
        return self.visibles_par(acteur).filter(
            presence__cadre=acteur.cadre_id, etat=EtatDemandeMentor.DEMANDEE
        )
