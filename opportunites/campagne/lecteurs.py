"""The wishes that a reader of the workshop knows: as the host of their poste, and of nobody whom they
also employ elsewhere."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite
from opportunites.models import Voeu


def voeux_de_l_hote(acteur: Acteur) -> QuerySet[Voeu]:
    """Whoever serves two employers, or one that shares its administration, does not read as a host what
    their own people told it."""
    groupes = (
        Collectivite.objects.filter(pk__in=acteur.employeurs)
        .exclude(groupe_employeur="")
        .values("groupe_employeur")
    )
    voeux: QuerySet[Voeu] = Voeu.objects.visibles_par(acteur).exclude(
        Q(cadre__collectivite__in=acteur.employeurs)
        | Q(cadre__collectivite__groupe_employeur__in=groupes)
    )
    return voeux
