"""One run: the solver on what was read, and today's practice on the same data beside it."""

from __future__ import annotations

from typing import Any

from opportunites.campagne.calcul.instance import Entree
from opportunites.campagne.calcul.parametres import Parametres
from opportunites.campagne.mots import Scenario
from opportunites.mouvement.comparaison.references import un_par_un
from opportunites.mouvement.composantes import Composante, apparier, decomposer
from opportunites.mouvement.donnees import Conduite
from opportunites.mouvement.envie import rapport
from opportunites.mouvement.explications import Libelles, expliquer
from opportunites.mouvement.moindre_envie import moindre_envie
from opportunites.mouvement.normalisation import Entiers, Instance
from opportunites.mouvement.resultat import Resultat
from opportunites.mouvement.schema import valider
from opportunites.mouvement.solveur import resoudre

#: The chance of a yes taken to say how much of a scenario would survive: a convention, the same for
#: everybody, never a guess about somebody.
PART_DES_OUI = 0.8
#: Names come when a page is made: a run keeps keys alone.
ANONYMES = Libelles(cadre=lambda cle: f"{{{cle}}}", poste=lambda cle: f"{{{cle}}}")


def calculer(entree: Entree, parametres: Parametres, conduite: Conduite) -> dict[str, Any]:
    """What the row of the run keeps. Raises what the solver raises."""
    resultat = calculer_brut(entree, parametres, conduite)
    un_a_un = un_par_un(resultat.instance)
    return {
        "reponse": resultat.json(expliquer(resultat, ANONYMES), rapport(resultat, ANONYMES)),
        "resume": _resume_du(resultat),
        "reference": resumer(
            resultat.instance, un_a_un, decomposer(apparier(resultat.instance, un_a_un))
        ),
    }


def calculer_brut(entree: Entree, parametres: Parametres, conduite: Conduite) -> Resultat:
    """The solver's own answer."""
    resultat = resoudre(valider(entree), parametres["mode"], conduite)
    if parametres["scenario"] == Scenario.ENVIE:
        resultat = moindre_envie(resultat, conduite=conduite)
    return resultat


def _resume_du(resultat: Resultat) -> dict[str, Any]:
    if resultat.solution is None:
        return {}
    return resumer(resultat.instance, resultat.solution.choix, resultat.composantes)


def resumer(instance: Instance, choix: Entiers, composantes: list[Composante]) -> dict[str, Any]:
    """What scenarios are compared by."""
    pris = choix[choix >= 0]
    rangs = instance.v_rang[pris].tolist()
    soldes = instance.soldes(choix).tolist()
    return {
        "mouvements": len(rangs),
        "rangs": {str(r): rangs.count(r) for r in sorted(set(rangs))},
        "chaine": max((len(c.cadres) for c in composantes if not c.boucle), default=0),
        "boucle": max((len(c.cadres) for c in composantes if c.boucle), default=0),
        "restent": round(sum(_esperance(c) for c in composantes)),
        "soldes": dict(zip(instance.collectivites, soldes, strict=True)),
    }


def _esperance(composante: Composante) -> float:
    """Moves that hold on average: a chain down to its first no, an exchange whole or not at all."""
    longueur = len(composante.cadres)
    if composante.boucle:
        return longueur * PART_DES_OUI**longueur
    return sum(PART_DES_OUI**n for n in range(1, longueur + 1))
