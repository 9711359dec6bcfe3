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
    instance = resultat.instance
    libre, borne = un_par_un(instance), un_par_un_borne(instance)
    return {
        "reponse": resultat.json(expliquer(resultat, ANONYMES), rapport(resultat, ANONYMES)),
        "resume": _resume_du(resultat),
        "reference": resumer(instance, borne, decomposer(apparier(instance, borne))),
        "reference_sans_limite": resumer(instance, libre, decomposer(apparier(instance, libre))),
    }


def un_par_un_borne(instance: Instance) -> Entiers:
    """Today's practice held to the same rules: answers already given first, then one at a time, each
    freed poste offered again, and no move that takes a balance out of its tolerance."""
    choix = instance.impose.copy()
    places = (instance.places - instance.tenus).tolist()
    soldes = instance.soldes(choix) - instance.cible
    for w in choix[choix >= 0].tolist():
        _occuper(instance, places, w)
    encore = True
    while encore:
        encore = False
        for w in range(len(instance.v_cadre)):
            i, poste = int(instance.v_cadre[w]), int(instance.v_poste[w])
            if choix[i] >= 0 or places[poste] <= 0 or not _tolere(instance, soldes, w):
                continue
            choix[i] = w
            _occuper(instance, places, w)
            soldes = instance.soldes(choix) - instance.cible
            encore = True
    return choix


def _occuper(instance: Instance, places: list[int], w: int) -> None:
    places[int(instance.v_poste[w])] -= 1
    origine = int(instance.origine[instance.v_cadre[w]])
    if origine >= 0:
        places[origine] += 1


def _tolere(instance: Instance, soldes: Entiers, w: int) -> bool:
    """Whether the balances hold after this move, or come no further from holding."""
    arrivee = int(instance.coll[instance.v_poste[w]])
    depart = int(instance.employeur[instance.v_cadre[w]])
    if arrivee == depart:
        return True
    monte = soldes[arrivee] + 1 <= instance.haut[arrivee]
    descend = depart < 0 or soldes[depart] - 1 >= instance.bas[depart]
    return bool(monte and descend)


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
        "servis": [instance.cadres[i] for i in instance.v_cadre[pris].tolist()],
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
