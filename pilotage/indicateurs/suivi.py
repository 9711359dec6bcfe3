"""The people at the end of their parcours who wait for a poste."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cadres.models import Candidature
from collectivites.acteurs.acteur import Acteur
from opportunites.models import Proposition
from parcours.models import Inscription

#: After this long without a proposition, somebody at the end of their parcours drops out.
ATTENTE = timedelta(weeks=8)


@dataclass(frozen=True)
class SansProposition:
    """People whose parcours is over, and to whom nothing was proposed for eight weeks."""

    total: int
    les_miens: int


def lire_sans_proposition(acteur: Acteur, maintenant: datetime) -> SansProposition:
    """One query."""
    attendent = en_attente(acteur, maintenant).aggregate(
        total=Count("pk"),
        les_miens=Count("pk", filter=Q(cadre__collectivite=acteur.collectivite)),
    )
    return SansProposition(**attendent)


def en_attente(acteur: Acteur, maintenant: datetime) -> QuerySet[Candidature]:
    """The candidacies themselves, of the whole démarche."""
    limite = maintenant - ATTENTE
    recentes = Proposition.objects.filter(cadre=OuterRef("cadre_id")).filter(
        Q(envoyee_le__gt=limite) | Q(etat__in=(Proposition.Etat.ENVOYEE, Proposition.Etat.ACCEPTEE))
    )
    acheves = Inscription.objects.filter(
        cadre=OuterRef("cadre_id"), etat=Inscription.Etat.ACHEVEE, finie_le__lte=limite
    )
    return Candidature.objects.filter(
        Exists(acheves),
        ~Exists(recentes),
        cadre__collectivite__demarche=acteur.demarche,
        etat=Candidature.Etat.RETENU,
        avancee=Candidature.Avancee.ACHEVE,
    )
