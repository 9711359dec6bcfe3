"""What a DGS reads before retaining several people: criteria, profile, parity, places left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from cadres.models import Cadre, Candidature, Critere
from cadres.prises import PLACES
from cadres.registre.criteres.conditions import Condition, avec_etats, condition, raisons
from collectivites.acteurs.acteur import Acteur


@dataclass(frozen=True)
class Eclaire:
    """One person: their profile, how many criteria they meet, and what they miss."""

    cadre: Cadre
    profil: str
    tenus: int
    manques: str


def eclairer(acteur: Acteur, montres: list[Cadre], possibles: list[Cadre]) -> dict[str, Any]:
    """`montres`: those named on the page; `possibles`: all that the decision would reach. Four
    queries, whatever their number."""
    conditions = [
        condition(acteur, critere.genre, critere.valeurs)
        for critere in Critere.objects.filter(collectivite=acteur.collectivite).order_by("pk")
    ]
    cles = [cadre.pk for cadre in montres]
    lus = avec_etats(Cadre.objects.visibles_par(acteur), conditions).filter(pk__in=cles)
    par_cle = {cadre.pk: cadre for cadre in lus.select_related("poste")}
    return {
        "eclaires": [_eclairer(par_cle.get(c.pk, c), conditions) for c in montres],
        "nb_criteres": len(conditions),
        "parite": _parite(acteur, possibles),
        "places": [place for lire in PLACES for place in lire(acteur)],
    }


def _eclairer(cadre: Cadre, conditions: list[Condition]) -> Eclaire:
    manques = raisons(cadre, conditions) if conditions else []
    return Eclaire(
        cadre=cadre,
        profil=cadre.get_profil_display() if cadre.profil else "",
        tenus=len(conditions) - len(manques),
        manques=", ".join(raison.mots for raison in manques),
    )


def _parite(acteur: Acteur, possibles: list[Cadre]) -> dict[str, int]:
    """Women and men retained by this employer today, and with these. One query."""
    deja = Candidature.objects.filter(
        cadre__collectivite=acteur.collectivite, etat=Candidature.Etat.RETENU
    ).aggregate(
        femmes=Count("pk", filter=Q(cadre__civilite=Cadre.Civilite.FEMME)),
        hommes=Count("pk", filter=Q(cadre__civilite=Cadre.Civilite.HOMME)),
    )
    femmes = sum(cadre.civilite == Cadre.Civilite.FEMME for cadre in possibles)
    hommes = sum(cadre.civilite == Cadre.Civilite.HOMME for cadre in possibles)
    return {
        "femmes": deja["femmes"],
        "hommes": deja["hommes"],
        "femmes_avec": deja["femmes"] + femmes,
        "hommes_avec": deja["hommes"] + hommes,
    }
