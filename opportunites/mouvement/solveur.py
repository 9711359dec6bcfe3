"""`resoudre`: the one door of the solver.

    resultat = resoudre(lire(octets), conduite=Conduite(limite=120, annuler=…, progres=…))

Pure: reads nothing but its arguments, writes nothing; same input in any order, same answer.
"""

import time
from dataclasses import replace

import numpy as np

from opportunites.mouvement.calcul import avec_plafonds, sans_plafond
from opportunites.mouvement.calcul.ecarts import critere, ecarts
from opportunites.mouvement.calcul.objectif import niveaux, valeur
from opportunites.mouvement.calcul.sans_plafond import Solution
from opportunites.mouvement.composantes import apparier, decomposer
from opportunites.mouvement.donnees import MODES, Conduite, Couple, Probleme
from opportunites.mouvement.empreinte import versions
from opportunites.mouvement.normalisation import SANS_BORNE, Instance, normaliser
from opportunites.mouvement.resultat import IRREALISABLE, OPTIMAL, REALISABLE, Resultat


def resoudre(
    probleme: Probleme, mode: str = "moves_first", conduite: Conduite | None = None
) -> Resultat:
    if mode not in MODES:
        raise ValueError(mode)
    conduite = _sans_recul(conduite or Conduite())
    debut = time.perf_counter()
    conduite.etape("lecture", 0.0)
    instance = normaliser(probleme)
    solution = None if instance.impossibles else optimum(instance, mode, conduite)
    if solution is None:
        resultat = _irrealisable(instance, mode, conduite)
    else:
        resultat = decrire(instance, solution, mode)
    conduite.etape("fin", 1.0)
    return replace(resultat, secondes=time.perf_counter() - debut)


def _sans_recul(conduite: Conduite) -> Conduite:
    """Progress that never goes back, whatever is solved again on the way."""
    haut = 0.0

    def progres(etape: str, part: float) -> None:
        nonlocal haut
        haut = max(haut, part)
        conduite.progres(etape, haut)

    return replace(conduite, progres=progres)


def optimum(
    instance: Instance, mode: str, conduite: Conduite, souple: bool = False
) -> Solution | None:
    moteur = sans_plafond if instance.probleme.reglages.sans_plafond else avec_plafonds
    return moteur.optimum(instance, mode, conduite, souple)


def decrire(instance: Instance, solution: Solution, mode: str) -> Resultat:
    choix = solution.choix
    pris = choix[choix >= 0]
    sources = solution.appariement
    if sources is None:
        sources = apparier(instance, choix)
    soldes = instance.soldes(choix)
    apres = ecarts(instance, choix)
    immobiles = np.full_like(choix, -1)
    ids = instance.collectivites
    vecteur: dict[str, int | list[int]] = {n.nom: valeur(n, choix) for n in niveaux(instance, mode)}
    plus_grands = sorted(apres, reverse=True)
    vecteur[critere(instance)] = plus_grands if instance.credits else sum(apres)
    return Resultat(
        instance=instance,
        solution=solution,
        statut=OPTIMAL if solution.prouvee else REALISABLE,
        mode=mode,
        mouvements=len(pris),
        points=int(instance.points[pris].sum()),
        points_hotes=int(instance.points_hote[pris].sum()),
        desequilibre=int(abs(soldes).sum()),
        soldes=dict(zip(ids, soldes.tolist(), strict=True)),
        affectation={
            instance.cadres[instance.v_cadre[w]]: instance.postes[instance.v_poste[w]]
            for w in pris.tolist()
        },
        composantes=decomposer(sources),
        sources=sources,
        gardes=int(instance.v_propose[pris].sum()),
        borne=len(pris) if solution.borne is None else solution.borne,
        critere=critere(instance),
        ecarts_avant=dict(zip(ids, ecarts(instance, immobiles), strict=True)),
        ecarts_apres=dict(zip(ids, apres, strict=True)),
        vecteur=vecteur,
        versions=versions(),
    )


def _irrealisable(instance: Instance, mode: str, conduite: Conduite) -> Resultat:
    tombes = _tombes(instance, mode, conduite)
    return Resultat(
        instance=instance,
        solution=None,
        statut=IRREALISABLE,
        mode=mode,
        soldes=dict.fromkeys(instance.collectivites, 0),
        tombes=tombes or [],
        raisons=[] if tombes else _raisons(instance, mode, conduite),
        critere=critere(instance),
        versions=versions(),
    )


def _tombes(instance: Instance, mode: str, conduite: Conduite) -> list[Couple] | None:
    """The accepted moves that fall so that most of the others hold; None: even without any of them
    nothing is feasible."""
    solution = optimum(instance, mode, conduite, souple=True)
    if solution is None:
        return None
    perdus = np.flatnonzero((instance.impose >= 0) & (solution.choix != instance.impose))
    couples = [
        (instance.cadres[i], instance.postes[instance.v_poste[instance.impose[i]]])
        for i in perdus.tolist()
    ]
    return sorted(instance.impossibles + couples)


def _raisons(instance: Instance, mode: str, conduite: Conduite) -> list[str]:
    sans_minimum = replace(instance, minimum=np.zeros_like(instance.minimum))
    sans_tolerance = replace(
        instance,
        bas=np.full_like(instance.bas, -SANS_BORNE),
        haut=np.full_like(instance.haut, SANS_BORNE),
    )
    raisons = []
    if optimum(sans_minimum, mode, conduite, souple=True) is not None:
        vides = [
            poste
            for poste, tenus, minimum in zip(
                instance.postes, instance.tenus, instance.minimum, strict=True
            )
            if tenus < minimum
        ]
        raisons.append(
            "des postes critiques ne peuvent pas tous être pourvus"
            + (f" (sans titulaire aujourd’hui : {', '.join(vides)})" if vides else "")
        )
    if optimum(sans_tolerance, mode, conduite, souple=True) is not None:
        raisons.append("aucune solution ne tient toutes les collectivités dans leur tolérance")
    return raisons or [
        "les postes critiques et les tolérances, ensemble, ne laissent aucune solution"
    ]
