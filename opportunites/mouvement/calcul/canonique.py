"""Among equal optima, the canonical one: each cadre in lot order gets the best option any optimum
left gives them, staying last.

The optima are the flows of the last face (`flot.face`), so a cadre may change option when a path of
the residual graph brings the place they would take back to the place they leave. Paths are searched
from both ends at once, among places only (a cadre is a step from the place they have to another).
"""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from opportunites.mouvement.calcul.flot import Graphe
from opportunites.mouvement.normalisation import Booleens, Entiers

#: Who makes a step: a cadre, or else an arc between places, filled (AVANCE) or emptied (RECULE).
Pas = int
AVANCE, RECULE = -1, -2


def arcs_vivants(g: Graphe, flot: Entiers) -> Booleens:
    """Arcs that some other flow of the face uses otherwise: both ends in one strong component."""
    avance, recule = flot < g.haut, flot > g.bas
    de = np.concatenate([g.queue[avance], g.tete[recule]])
    a = np.concatenate([g.tete[avance], g.queue[recule]])
    # Rows written in order: what a conversion would cost is felt on a small campaign.
    ordre = np.argsort(de, kind="stable")
    debuts = np.zeros(g.noeuds + 1, dtype=np.int32)
    np.cumsum(np.bincount(de, minlength=g.noeuds), out=debuts[1:])
    poids = np.ones(len(de))
    matrice = csr_array((poids, a[ordre].astype(np.int32), debuts), shape=(g.noeuds, g.noeuds))
    _, groupe = connected_components(matrice, directed=True, connection="strong")
    return (avance | recule) & (groupe[g.queue] == groupe[g.tete])


def rendre_canonique(g: Graphe, flot: Entiers, cadres: int) -> Entiers:
    """The canonical flow of the face `g`, arcs of each cadre being given in order of preference."""
    vivants = arcs_vivants(g, flot)
    if not vivants[g.queue < cadres].any():
        return flot
    rotation = _Rotation(g, flot, cadres, vivants)
    rotation.derouler()
    return np.array(rotation.flot, dtype=np.int64)


class _Rotation:
    def __init__(self, g: Graphe, flot: Entiers, cadres: int, vivants: Booleens) -> None:
        self.flot: list[int] = flot.tolist()
        self.bas: list[int] = g.bas.tolist()
        self.haut: list[int] = g.haut.tolist()
        self.queue: list[int] = g.queue.tolist()
        self.tete: list[int] = g.tete.tolist()
        #: For each cadre who may change: their arcs, best first, and the one they have.
        self.options: dict[int, list[int]] = {}
        self.actuel: dict[int, int] = {}
        #: For each place: the cadres who have it, those who may, and its arcs to and from others.
        self.presents: dict[int, set[int]] = {}
        self.candidats: dict[int, dict[int, int]] = {}
        self.sortants: dict[int, list[int]] = {}
        self.entrants: dict[int, list[int]] = {}
        for arc in np.flatnonzero(vivants).tolist():
            if self.queue[arc] < cadres:
                self._option(self.queue[arc], arc)
            else:
                self.sortants.setdefault(self.queue[arc], []).append(arc)
                self.entrants.setdefault(self.tete[arc], []).append(arc)

    def _option(self, cadre: int, arc: int) -> None:
        place = self.tete[arc]
        self.options.setdefault(cadre, []).append(arc)
        self.candidats.setdefault(place, {})[cadre] = arc
        if self.flot[arc]:
            self.actuel[cadre] = arc
            self.presents.setdefault(place, set()).add(cadre)

    def derouler(self) -> None:
        for cadre in sorted(self.options):
            for arc in self.options[cadre]:
                if arc == self.actuel[cadre]:
                    break
                chemin = self._chemin(self.tete[arc], self.tete[self.actuel[cadre]])
                if chemin is not None:
                    self._deplacer(cadre, arc)
                    self._pousser(chemin)
                    break
            self._figer(cadre)

    def _figer(self, cadre: int) -> None:
        self.presents[self.tete[self.actuel[cadre]]].discard(cadre)
        for arc in self.options[cadre]:
            del self.candidats[self.tete[arc]][cadre]

    def _deplacer(self, cadre: int, arc: int) -> None:
        avant = self.actuel[cadre]
        self.flot[avant], self.flot[arc] = 0, 1
        self.presents[self.tete[avant]].discard(cadre)
        self.presents.setdefault(self.tete[arc], set()).add(cadre)
        self.actuel[cadre] = arc

    def _pousser(self, chemin: list[tuple[Pas, int]]) -> None:
        for qui, arc in chemin:
            if qui >= 0:
                self._deplacer(qui, arc)
            else:
                self.flot[arc] += 1 if qui == AVANCE else -1

    def _suivants(self, place: int) -> list[tuple[int, Pas, int]]:
        """(next place, who, arc): where one unit too many in this place may go."""
        pas = [
            (self.tete[arc], cadre, arc)
            for cadre in self.presents.get(place, ())
            for arc in self.options[cadre]
            if arc != self.actuel[cadre]
        ]
        pas += [
            (self.tete[a], AVANCE, a)
            for a in self.sortants.get(place, ())
            if self.flot[a] < self.haut[a]
        ]
        pas += [
            (self.queue[a], RECULE, a)
            for a in self.entrants.get(place, ())
            if self.flot[a] > self.bas[a]
        ]
        return pas

    def _precedents(self, place: int) -> list[tuple[int, Pas, int]]:
        """(previous place, who, arc): whence one unit may come to this place."""
        pas = [
            (self.tete[self.actuel[cadre]], cadre, arc)
            for cadre, arc in self.candidats.get(place, {}).items()
            if arc != self.actuel[cadre]
        ]
        pas += [
            (self.queue[a], AVANCE, a)
            for a in self.entrants.get(place, ())
            if self.flot[a] < self.haut[a]
        ]
        pas += [
            (self.tete[a], RECULE, a)
            for a in self.sortants.get(place, ())
            if self.flot[a] > self.bas[a]
        ]
        return pas

    def _chemin(self, depuis: int, vers: int) -> list[tuple[Pas, int]] | None:
        """A path of the residual graph, or None: the side with the smaller frontier advances."""
        if depuis == vers:
            return []
        aller: dict[int, tuple[int, Pas, int]] = {depuis: (-1, 0, 0)}
        retour: dict[int, tuple[int, Pas, int]] = {vers: (-1, 0, 0)}
        devant, derriere = [depuis], [vers]
        while devant and derriere:
            avance = len(devant) <= len(derriere)
            front, vus, autres = (devant, aller, retour) if avance else (derriere, retour, aller)
            voisins = self._suivants if avance else self._precedents
            nouveau: list[int] = []
            for place in front:
                for voisin, qui, arc in voisins(place):
                    if voisin in vus:
                        continue
                    vus[voisin] = (place, qui, arc)
                    if voisin in autres:
                        return _recoller(aller, retour, voisin)
                    nouveau.append(voisin)
            if avance:
                devant = nouveau
            else:
                derriere = nouveau
        return None


def _recoller(
    aller: dict[int, tuple[int, Pas, int]], retour: dict[int, tuple[int, Pas, int]], milieu: int
) -> list[tuple[Pas, int]]:
    return [*reversed(_remonter(aller, milieu)), *_remonter(retour, milieu)]


def _remonter(vus: dict[int, tuple[int, Pas, int]], place: int) -> list[tuple[Pas, int]]:
    pas = []
    while vus[place][0] >= 0:
        avant, qui, arc = vus[place]
        pas.append((qui, arc))
        place = avant
    return pas
