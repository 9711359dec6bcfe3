"""Rows are locked in one order everywhere: persons, postes, propositions, moves, then what hangs on
one of them (a réserve, a request, a point of a list, a follow-up).

Two acts that need the same rows then wait for one another instead of embracing. The person comes
first because leaving the démarche, which starts there, closes their propositions. Nothing here says
whether the act is allowed: that is asked once the rows are held.
"""

from __future__ import annotations

from django.db.models import Q

from cadres.fiche.verrous import verrouiller, verrouiller_plusieurs
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from opportunites.models import Mobilite, Opportunite, Proposition, Reserve


def cadre(pk: int) -> Cadre:
    """The person: their candidacy is the lock, as in every act of the registre."""
    return verrouiller(pk)


def le_sien(acteur: Acteur) -> Cadre:
    """The acteur's own file. Whether they have one is asked before (`refus_agir_pour_soi`)."""
    assert acteur.cadre_id is not None
    return cadre(acteur.cadre_id)


def cadres(pks: set[int]) -> dict[int, Cadre]:
    """Several persons at once, in a constant order."""
    return {cadre.pk: cadre for cadre in verrouiller_plusieurs(pks)}


def opportunite(pk: int) -> Opportunite:
    return opportunites({pk})[pk]


def opportunites(pks: set[int]) -> dict[int, Opportunite]:
    """By ascending key."""
    lignes = (
        Opportunite.objects.select_for_update(of=("self",))
        .filter(pk__in=pks)
        .select_related("poste__collectivite__demarche", "poste__direction")
        .order_by("pk")
    )
    return {ligne.pk: ligne for ligne in lignes}


def propositions(condition: Q) -> list[Proposition]:
    """By ascending key, so that two crossing acts lock the common ones in the same order."""
    return list(
        Proposition.objects.select_for_update(of=("self",))
        .filter(condition)
        .select_related(
            "opportunite__poste__collectivite__demarche",
            "opportunite__poste__direction",
            "collectivite_origine",
            "cadre__utilisateur",
            "cadre__candidature",
        )
        .order_by("pk")
    )


def proposition(pk: int) -> Proposition:
    return propositions(Q(pk=pk))[0]


def mobilite(pk: int) -> Mobilite:
    return mobilites({pk})[pk]


def mobilites(pks: set[int]) -> dict[int, Mobilite]:
    """By ascending key."""
    lignes = (
        Mobilite.objects.select_for_update(of=("self",))
        .filter(pk__in=pks)
        .select_related(
            "cadre__utilisateur",
            "collectivite_origine__demarche",
            "collectivite_accueil__demarche",
            "poste_origine",
            "poste_accueil__collectivite",
        )
        .order_by("pk")
    )
    return {ligne.pk: ligne for ligne in lignes}


def reserve(pk: int) -> Reserve:
    verrouillee: Reserve = (
        Reserve.objects.select_for_update(of=("self",))
        .select_related(
            "proposition__opportunite__poste__collectivite__demarche",
            "proposition__collectivite_origine__demarche",
            "collectivite",
            "deposee_par__utilisateur",
        )
        .get(pk=pk)
    )
    return verrouillee
