"""What is done today, or elsewhere, on the same campaign: for an honest comparison.

Each answers, for each cadre, the wish taken or -1. None of them looks at the tolerances on balances nor
at `min_fill`, which only helps them.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from opportunites.mouvement.calcul import sans_plafond
from opportunites.mouvement.normalisation import SANS_BORNE, Entiers, Instance


def premier_arrive(instance: Instance, rouvrir: bool = False) -> Entiers:
    """Cadres in lot order take the best vacancy that is left. `rouvrir`: the postes they free are
    offered in turn, until nobody takes any."""
    choix = _personne(instance)
    libres = (instance.places - instance.tenus).tolist()
    postes, origine = instance.v_poste.tolist(), instance.origine.tolist()
    voeux = _par_cadre(instance)
    reste = list(range(len(choix)))
    while True:
        encore = []
        for i in reste:
            pris = next((w for w in voeux[i] if libres[postes[w]] > 0), None)
            if pris is None:
                encore.append(i)
                continue
            choix[i] = pris
            libres[postes[pris]] -= 1
            if rouvrir and origine[i] >= 0:
                libres[origine[i]] += 1
        if not rouvrir or len(encore) == len(reste):
            return choix
        reste = encore


def un_par_un(instance: Instance) -> Entiers:
    """Today's practice: one move at a time, each freed poste offered again."""
    return premier_arrive(instance, rouvrir=True)


def acceptation_differee(instance: Instance) -> Entiers:
    """Deferred acceptance in which an incumbent comes before all others on their own poste."""
    return _differee(instance, instance.places, titulaires=True)


def deux_phases(instance: Instance) -> Entiers:
    """The ministry's: vacancies by points, then the best permutations of those left."""
    vacances = _differee(instance, instance.places - instance.tenus, titulaires=False)
    return _permuter(instance, vacances)


def deux_phases_fortes(instance: Instance) -> Entiers:
    """Its strong form: one by one with freed postes, then the best permutations of those left."""
    return _permuter(instance, un_par_un(instance))


def _personne(instance: Instance) -> Entiers:
    return np.full(len(instance.cadres), -1, dtype=np.int64)


def _par_cadre(instance: Instance) -> list[list[int]]:
    debuts = np.searchsorted(instance.v_cadre, np.arange(len(instance.cadres) + 1)).tolist()
    return [list(range(debuts[i], debuts[i + 1])) for i in range(len(instance.cadres))]


def _differee(instance: Instance, places: Entiers, titulaires: bool) -> Entiers:
    """Cadres propose, best wish first, and last to their own poste, where they come before anybody;
    each poste keeps those its host likes best (then the lot), as many as it has places."""
    voeux = _par_cadre(instance)
    postes, hote = instance.v_poste.tolist(), instance.v_hote.tolist()
    tenues: dict[int, list[tuple[int, int, int]]] = {}
    suivant = [0] * len(voeux)
    file = [i for i in range(len(voeux)) if not instance.part[i]]
    while file:
        i = file.pop()
        if suivant[i] < len(voeux[i]):
            w = voeux[i][suivant[i]]
            poste, priorite = postes[w], (hote[w], i, w)
        elif titulaires and instance.origine[i] >= 0:
            poste, priorite = int(instance.origine[i]), (0, i, -1)
        else:
            continue
        suivant[i] += 1
        la = tenues.setdefault(poste, [])
        la.append(priorite)
        if len(la) > places[poste]:
            la.sort()
            file.append(la.pop()[1])
    choix = _personne(instance)
    for la in tenues.values():
        for _, i, w in la:
            choix[i] = w
    return choix


def _permuter(instance: Instance, choix: Entiers) -> Entiers:
    """The most exchanges among those who have not moved, over the postes they hold."""
    restent = (choix < 0) & ~instance.part
    tenus = restent & (instance.origine >= 0)
    places = np.bincount(instance.origine[tenus], minlength=len(instance.postes))
    voeux = np.flatnonzero(restent[instance.v_cadre] & (places[instance.v_poste] > 0))
    sans_borne = np.full_like(instance.bas, SANS_BORNE)
    entre_eux = replace(
        instance,
        places=places,
        minimum=np.zeros_like(places),
        bas=-sans_borne,
        haut=sans_borne,
        cible=np.zeros_like(instance.cible),
        part=~restent,
        v_cadre=instance.v_cadre[voeux],
        v_poste=instance.v_poste[voeux],
        v_rang=instance.v_rang[voeux],
        v_hote=instance.v_hote[voeux],
        v_propose=np.zeros(len(voeux), dtype=np.bool_),
        impose=_personne(instance),
    )
    trouve = sans_plafond.optimum(entre_eux, canonique=False)
    assert trouve is not None  # everybody may stay
    return np.where(trouve.choix >= 0, voeux[trouve.choix.clip(min=0)], choix)


def cycles_d_echange(instance: Instance) -> Entiers:
    """Top trading cycles: each points to the best place left, a held place to its holder, a free one
    to the cadre its host likes best (then the lot); whoever is on a cycle gets what they point to."""
    return _Echanges(instance).derouler()


class _Echanges:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.voeux = _par_cadre(instance)
        self.postes = instance.v_poste.tolist()
        self.cadres = instance.v_cadre.tolist()
        self.origine = instance.origine.tolist()
        self.libres = (instance.places - instance.tenus).tolist()
        self.choix = _personne(instance)
        self.restent = dict.fromkeys(np.flatnonzero(~instance.part).tolist())
        self.titulaires: dict[int, list[int]] = {}
        for i in reversed(self.restent):
            if self.origine[i] >= 0:
                self.titulaires.setdefault(self.origine[i], []).append(i)
        ordre = np.lexsort((instance.v_cadre, instance.v_hote, instance.v_poste)).tolist()
        self.appreciees: dict[int, list[int]] = {}
        for w in reversed(ordre):  # the best at the end, to be popped
            self.appreciees.setdefault(self.postes[w], []).append(self.cadres[w])

    def derouler(self) -> Entiers:
        chemin: list[int] = []
        rang: dict[int, int] = {}
        vise: dict[int, int] = {}
        while self.restent:
            if not chemin:
                chemin.append(next(iter(self.restent)))
                rang[chemin[0]] = 0
            i = chemin[-1]
            vise[i], suivant = self._viser(i)
            if suivant not in rang:
                rang[suivant] = len(chemin)
                chemin.append(suivant)
                continue
            boucle = chemin[rang[suivant] :]
            self._servir(boucle, vise)
            # Whoever pointed at one of them points elsewhere now: start again from nobody.
            chemin.clear()
            rang.clear()
        return self.choix

    def _viser(self, i: int) -> tuple[int, int]:
        """(wish or -1, the cadre whom that place points to)."""
        voeux = self.voeux[i]
        while voeux:
            poste = self.postes[voeux[0]]
            if self.libres[poste] > 0:
                return voeux[0], self._prefere(poste)
            la = self.titulaires.get(poste, [])
            if la:
                return voeux[0], la[-1]
            voeux.pop(0)
        return -1, i

    def _prefere(self, poste: int) -> int:
        appreciees = self.appreciees[poste]
        while appreciees[-1] not in self.restent:
            appreciees.pop()
        return appreciees[-1]

    def _servir(self, boucle: list[int], vise: dict[int, int]) -> None:
        prises: list[int] = []
        for i in boucle:
            if vise[i] >= 0:
                self.choix[i] = vise[i]
                prises.append(self.postes[vise[i]])
        for i in boucle:
            del self.restent[i]
            if self.origine[i] >= 0:
                self.titulaires[self.origine[i]].remove(i)
                if vise[i] >= 0:
                    self.libres[self.origine[i]] += 1
        for poste in prises:
            self.libres[poste] -= 1


REFERENCES: dict[str, Callable[[Instance], Entiers]] = {
    "vacances, premier arrivé": premier_arrive,
    "un par un, postes libérés reproposés": un_par_un,
    "acceptation différée": acceptation_differee,
    "cycles d’échange (TTC)": cycles_d_echange,
    "deux phases (vacances, puis permutations)": deux_phases,
    "deux phases fortes (un par un, puis permutations)": deux_phases_fortes,
}
