"""Who serves two employers: what a person tells one of them must not reach the other through them.

A person is kept apart (« à l'écart ») from what another employer's cadre tells the host in confidence
as soon as they hold a mandat of employer at that cadre's own employer, or at one that shares its
administration (`groupe_employeur`), the host itself excepted. A mandat that is written counts before
its first day: what is read today would be carried there tomorrow. One that is over does not.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite, Mandat
from collectivites.mots import ROLES_EMPLOYEUR


def _tenus() -> QuerySet[Mandat]:
    """Mandats of employer that are not over, begun or not."""
    mandats: QuerySet[Mandat] = Mandat.objects.filter(
        Q(fin__isnull=True) | Q(fin__gte=timezone.localdate()), role__in=ROLES_EMPLOYEUR
    )
    return mandats


def sert_un_employeur(acteur: Acteur) -> bool:
    """Whether the same person also serves an employer, begun or not, whatever the name they act in. One
    query."""
    return _tenus().filter(utilisateur=acteur.utilisateur).exists()


def servent_un_employeur() -> QuerySet[Any, Any]:
    """The accounts of which `sert_un_employeur` is true, as a subquery."""
    return _tenus().values("utilisateur")


def employeurs_a_part(acteur: Acteur) -> QuerySet[Collectivite]:
    """The employers whose cadres the acteur, in the name they act in, reads no confidence of: those
    that they serve elsewhere, and those that share an administration with one of these."""
    ailleurs = (
        _tenus().filter(utilisateur=acteur.utilisateur).exclude(collectivite=acteur.collectivite)
    )
    groupes = ailleurs.exclude(collectivite__groupe_employeur="").values(
        "collectivite__groupe_employeur"
    )
    employeurs: QuerySet[Collectivite] = Collectivite.objects.filter(
        Q(pk__in=ailleurs.values("collectivite")) | Q(groupe_employeur__in=groupes)
    )
    return employeurs


def est_a_part(acteur: Acteur, employeur_id: int) -> bool:
    """Whether the acteur is kept apart from the confidences of this employer's cadres. One query."""
    return employeurs_a_part(acteur).filter(pk=employeur_id).exists()


def tenus_a_part(employeur: Collectivite, accueil_id: int) -> QuerySet[Mandat]:
    """The same rule from the other end: the mandats that keep their holders apart, at the host, from
    what the cadres of `employeur` tell it."""
    maison = Q(collectivite=employeur)
    if employeur.groupe_employeur:
        maison |= Q(collectivite__groupe_employeur=employeur.groupe_employeur)
    return _tenus().filter(maison).exclude(collectivite=accueil_id)


def lecteurs_chez(accueil_id: int, employeur: Collectivite) -> QuerySet[Mandat]:
    """Who, at the host, reads what a cadre of `employeur` tells it: by role, then by name."""
    lecteurs: QuerySet[Mandat] = (
        Mandat.objects.en_vigueur()
        .filter(collectivite=accueil_id, role__in=ROLES_EMPLOYEUR)
        .exclude(utilisateur__in=tenus_a_part(employeur, accueil_id).values("utilisateur"))
        .select_related("utilisateur")
        .order_by("role", "utilisateur__nom", "utilisateur__prenom", "pk")
    )
    return lecteurs
