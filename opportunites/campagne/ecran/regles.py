"""« Comment le simulateur choisit »: the rules in force, and what people made of what it found.

Fit to be published (CRPA L311-3-1): everything comes from the code's own settings and from the rows of
the runs; a number so small that it would point to somebody is not told.
"""

from __future__ import annotations

from typing import Any

from collectivites.communs.typographie import capitale, enumerer
from collectivites.models import Demarche
from opportunites.campagne.calcul.instance import cumuls
from opportunites.campagne.calcul.parametres import LIMITE, par_defaut
from opportunites.campagne.lectures import DECIDENT, JAMAIS, LUES
from opportunites.campagne.mots import EtatSimulation
from opportunites.models import Campagne, Ensemble, Maillon, Simulation
from opportunites.mouvement.calcul.objectif import (
    GARDES,
    MOUVEMENTS,
    ORDRES,
    PLUS_GRAND_ECART,
    POINTS,
    POINTS_HOTE,
    SOMME,
)
from opportunites.mouvement.donnees import Reglages
from opportunites.mouvement.moindre_envie import PART

#: Each level of the solver, in words; `regles.html` adds the points of a wish to `POINTS`.
NIVEAUX = {
    MOUVEMENTS: "Le plus de mobilités possibles ensemble.",
    GARDES: "Ce qui est déjà proposé, gardé autant que possible.",
    POINTS: "Les vœux les mieux classés.",
    POINTS_HOTE: "Les préférences des employeurs, après celles des personnes.",
    SOMME: "L’équilibre : la plus petite somme des écarts entre arrivées et départs.",
    PLUS_GRAND_ECART: "L’équilibre, avec ce que doivent les campagnes passées : le plus grand écart "
    "d’une collectivité d’abord, puis le suivant.",
}


def regles_de(demarche: Demarche) -> dict[str, Any]:
    campagne = Campagne.objects.filter(demarche=demarche).first()
    calculees = Simulation.objects.filter(campagne__demarche=demarche, etat=EtatSimulation.CALCULEE)
    defaut = par_defaut(demarche)
    reglages = Reglages()
    parametres = _derniers(campagne) or defaut
    return {
        "campagne": campagne,
        "parametres": parametres,
        "tolerances": [
            (c, _tolerance(parametres["tolerances"].get(c.code)))
            for c in demarche.collectivites.order_by("pk")
        ],
        "lues": [lecture.phrase for lecture in LUES],
        "jamais": capitale(enumerer(list(JAMAIS))),
        "decident": [decideur.phrase for decideur in DECIDENT],
        "limite": LIMITE,
        "rang_max": reglages.rang_max,
        "rang_hote_max": reglages.rang_hote_max,
        "ordre": _ordre(campagne, "moves_first"),
        "ordre_apres": _ordre(campagne, "kept_first"),
        "points": [(r, max(1, reglages.rang_max + 1 - r)) for r in range(1, reglages.rang_max + 1)],
        "part": round(100 * PART),
        "versions": calculees.values_list("versions", flat=True).first() or {},
        **_bilan(demarche, calculees.count()),
    }


def _ordre(campagne: Campagne | None, mode: str) -> list[str]:
    """What the solver compares, in its own order, with the criterion of balance in force."""
    credits_en_vigueur = campagne is not None and any(cumuls(campagne).values())
    equilibre = PLUS_GRAND_ECART if credits_en_vigueur else SOMME
    return [NIVEAUX[nom] for nom in (*ORDRES[mode], equilibre)]


def _tolerance(valeur: int | None) -> str:
    if valeur is None:
        return "sans limite"
    return f"{valeur} au plus, dans un sens ou dans l’autre" if valeur else "aucun"


def _derniers(campagne: Campagne | None) -> dict[str, Any] | None:
    """Those of the last scenario that became propositions."""
    if campagne is None:
        return None
    ensemble = Ensemble.objects.filter(campagne=campagne).select_related("simulation").last()
    return ensemble.simulation.parametres if ensemble is not None else None


def _bilan(demarche: Demarche, calculees: int) -> dict[str, Any]:
    """Of the moves in the scenarios that became propositions, how many a person had kept out, kept in
    or forced."""
    retenues = Simulation.objects.filter(
        campagne__demarche=demarche, ensembles__isnull=False
    ).distinct()
    changes: set[tuple[int, int, int]] = set()
    for pk, parametres in retenues.values_list("campagne", "parametres"):
        changes |= {
            (pk, d["cadre"], d["poste"])
            for d in parametres["decisions"]
            if d["geste"] in {"ecarter", "imposer"}
        }
    proposes = Maillon.objects.filter(ensemble__campagne__demarche=demarche).count()
    assez = proposes >= demarche.seuil_secret
    return {
        "calculees": calculees,
        "proposes": proposes if assez else None,
        "changes": len(changes) if assez else None,
        "part_changee": round(100 * len(changes) / (proposes + len(changes)))
        if assez and proposes
        else None,
        "seuil": demarche.seuil_secret,
    }
