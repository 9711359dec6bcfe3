"""The régimes indemnitaires of the four, group by group: what each deliberated, in a picture."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from collectivites.acteurs.acces import Requete, acces
from collectivites.communs.typographie import euros_texte
from collectivites.models import Collectivite
from collectivites.mots import ROLES_EMPLOYEUR
from opportunites.models import Regime
from opportunites.remuneration.regime_indemnitaire import (
    GroupeCompare,
    LigneRegime,
    comparer_regimes,
)
from pilotage.regimes.dessin import ETROIT, LARGE, dessiner


@acces(*ROLES_EMPLOYEUR)
def comparer_regimes_des_quatre(request: Requete) -> HttpResponse:
    """Amounts of délibérations, never of a person: they may be shown to élus. Three queries."""
    regimes = list(
        Regime.objects.visibles_par(request.acteur)
        .en_vigueur()
        .select_related("collectivite")
        .prefetch_related("groupes")
    )
    collectivites = [r.collectivite for r in regimes]
    groupes = comparer_regimes(_lignes(regimes))
    plafond = max(
        [
            1.0,
            *(float(ligne.maximum or ligne.indicatif or 0) for g in groupes for ligne in g.lignes),
        ]
    )
    contexte = {
        "regimes": regimes,
        "figures": [
            (dessiner(groupes, collectivites, plafond, forme), classe)
            for forme, classe in ((LARGE, "q-large"), (ETROIT, "q-etroit"))
        ]
        if groupes
        else [],
        "groupes": [_groupe(groupe, collectivites) for groupe in groupes],
        "constat": _constat(groupes),
        "manquants": _manquants(request, collectivites),
    }
    return render(request, "pilotage/regimes/comparer_regimes.html", contexte)


def _lignes(regimes: list[Regime]) -> list[LigneRegime]:
    return [
        LigneRegime(
            regime.collectivite.nom_court,
            groupe.code,
            groupe.ifse_min,
            groupe.ifse_max,
            groupe.ifse_indicatif,
            regime.deliberee_le,
        )
        for regime in regimes
        for groupe in regime.groupes.all()
    ]


def _groupe(groupe: GroupeCompare, collectivites: list[Collectivite]) -> dict[str, Any]:
    lues = {ligne.collectivite: ligne for ligne in groupe.lignes}
    return {
        "groupe": groupe.groupe,
        "lignes": [(c, lues.get(c.nom_court)) for c in collectivites],
        "ecart": groupe.maximum.ecart if groupe.maximum else None,
    }


def _constat(groupes: list[GroupeCompare]) -> str:
    """« Pour le groupe A2, le maximum varie de 6 000 € par an d’un employeur à l’autre »."""
    compares = [g for g in groupes if g.maximum and len(g.lignes) > 1]
    if not compares:
        return "Il faut deux délibérations au moins pour comparer"
    pire = max(compares, key=lambda g: g.maximum.ecart if g.maximum else 0)
    assert pire.maximum is not None
    if not pire.maximum.ecart:
        return "Les maximums délibérés sont les mêmes partout"
    return (
        f"Groupe {pire.groupe} : le maximum d’IFSE varie de {euros_texte(pire.maximum.ecart, 0)} par "
        "an d’un employeur à l’autre"
    )


def _manquants(request: Requete, presents: list[Collectivite]) -> list[Collectivite]:
    connus = {c.pk for c in presents}
    siennes = Collectivite.objects.filter(demarche=request.acteur.demarche).order_by("pk")
    return [c for c in siennes if c.pk not in connus]
