"""The capped movement as an integer programme: cycles enumerated, chains indexed by position (PICEF,
Dickerson, Manlove, Plaut, Sandholm and Trimble, 2016), with balances and `min_fill` as rows.

A column takes one wish (at a position of a chain) or all those of a cycle. Where only one of the two
lengths is capped, the other kind is free: cycles as a circulation, chains as a flow that each vacancy
feeds and each move consumes, so that a ring cannot pass for a chain.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from opportunites.mouvement.donnees import CalculImpossible
from opportunites.mouvement.normalisation import Entiers, Instance

BOUCLES_MAX = 300_000


@dataclass(slots=True)
class Colonnes:
    """`position`: of a chain from 1; 0 for a cycle, -1 for what is no move (a helper)."""

    voeux: list[tuple[int, ...]] = field(default_factory=list)
    position: list[int] = field(default_factory=list)
    entiere: list[bool] = field(default_factory=list)
    haut: list[float] = field(default_factory=list)

    def ajouter(
        self, voeux: tuple[int, ...], position: int, entiere: bool = True, haut: float = 1
    ) -> int:
        self.voeux.append(voeux)
        self.position.append(position)
        self.entiere.append(entiere)
        self.haut.append(haut)
        return len(self.voeux) - 1


@dataclass(slots=True)
class Lignes:
    ligne: list[int] = field(default_factory=list)
    colonne: list[int] = field(default_factory=list)
    valeur: list[float] = field(default_factory=list)
    bas: list[float] = field(default_factory=list)
    haut: list[float] = field(default_factory=list)

    def ajouter(self, termes: dict[int, float], bas: float, haut: float) -> None:
        self.ligne += [len(self.bas)] * len(termes)
        self.colonne += termes.keys()
        self.valeur += termes.values()
        self.bas.append(bas)
        self.haut.append(haut)


@dataclass(slots=True)
class Modele:
    instance: Instance
    colonnes: Colonnes
    lignes: Lignes
    #: usage[w, j]: column j takes wish w.
    usage: csr_array
    #: The row « at most one » of each cadre who has a column.
    ligne_du_cadre: dict[int, int] = field(default_factory=dict)

    @property
    def par_cadre(self) -> csr_array:
        n = len(self.instance.cadres)
        w = len(self.instance.v_cadre)
        regroupe = csr_array((np.ones(w), (self.instance.v_cadre, np.arange(w))), shape=(n, w))
        return csr_array(regroupe @ self.usage)


def construire(instance: Instance, souple: bool = False) -> Modele:
    reglages = instance.probleme.reglages
    impose = np.full_like(instance.impose, -1) if souple else instance.impose
    du_cadre = impose[instance.v_cadre]
    voeux = np.flatnonzero((du_cadre < 0) | (du_cadre == np.arange(len(du_cadre))))
    graphe = _Graphe(instance, voeux.tolist())
    colonnes, lignes = Colonnes(), Lignes()
    if reglages.sans_plafond:
        _sans_plafond(graphe, colonnes, lignes)
    elif reglages.boucle_max is None:
        _circulation(graphe, colonnes, lignes)
    else:
        for boucle in _boucles(graphe, reglages.boucle_max):
            colonnes.ajouter(boucle, 0)
    if reglages.chaine_max is not None:
        _chaines(graphe, reglages.chaine_max, colonnes, lignes)
    elif not reglages.sans_plafond:
        _chaines_libres(graphe, colonnes, lignes)
    usage = _usage(colonnes, len(instance.v_cadre))
    modele = Modele(instance, colonnes, lignes, usage)
    _un_voeu_chacun(modele, impose)
    _bornes(modele)
    return modele


class _Graphe:
    """Who may take whose place."""

    def __init__(self, instance: Instance, voeux: list[int]) -> None:
        self.instance = instance
        self.poste = instance.v_poste.tolist()
        self.cadre = instance.v_cadre.tolist()
        self.origine = instance.origine.tolist()
        self.par_cadre: dict[int, list[int]] = {}
        self.par_poste: dict[int, list[int]] = {}
        for w in voeux:
            self.par_cadre.setdefault(self.cadre[w], []).append(w)
            self.par_poste.setdefault(self.poste[w], []).append(w)
        #: For each poste, the wishes whose taking frees a place of it.
        self.libere: dict[int, list[int]] = {}
        for w in voeux:
            if self.origine[self.cadre[w]] >= 0:
                self.libere.setdefault(self.origine[self.cadre[w]], []).append(w)
        self.libres = (instance.places - instance.tenus).tolist()


def _sans_plafond(g: _Graphe, colonnes: Colonnes, lignes: Lignes) -> None:
    """The network as rows, for what a network does not hold (`moindre_envie`)."""
    rang = {w: colonnes.ajouter((w,), 1) for siens in g.par_cadre.values() for w in siens}
    for poste, voeux in sorted(g.par_poste.items()):
        termes = {rang[w]: 1.0 for w in voeux}
        termes |= {rang[w]: -1.0 for w in g.libere.get(poste, ())}
        lignes.ajouter(termes, -np.inf, g.libres[poste])


def _boucles(g: _Graphe, longueur: int) -> list[tuple[int, ...]]:
    """Every cycle of at most so many cadres, no poste twice: each from its smallest poste."""
    trouvees: list[tuple[int, ...]] = []
    pile: list[tuple[int, list[int], tuple[int, ...]]] = [
        (p, [p], ()) for p in sorted(g.libere) if longueur > 1
    ]
    while pile:
        depart, visites, chemin = pile.pop()
        for w in g.libere.get(visites[-1], ()):
            suivant = g.poste[w]
            if suivant == depart and chemin:
                trouvees.append((*chemin, w))
                if len(trouvees) > BOUCLES_MAX:
                    raise CalculImpossible(
                        f"plus de {BOUCLES_MAX} boucles possibles : baissez leur longueur maximale"
                    )
            elif suivant > depart and suivant not in visites and len(visites) < longueur:
                pile.append((depart, [*visites, suivant], (*chemin, w)))
    return trouvees


def _circulation(g: _Graphe, colonnes: Colonnes, lignes: Lignes) -> None:
    rang = {
        w: colonnes.ajouter((w,), 0)
        for siens in g.par_cadre.values()
        for w in siens
        if g.origine[g.cadre[w]] >= 0 and g.poste[w] in g.libere
    }
    for poste in sorted(g.libere):
        termes = {rang[w]: 1.0 for w in g.par_poste.get(poste, ()) if w in rang}
        for w in g.libere[poste]:
            if w in rang:
                termes[rang[w]] = -1.0
        lignes.ajouter(termes, 0, 0)


def _chaines(g: _Graphe, longueur: int, colonnes: Colonnes, lignes: Lignes) -> None:
    """A move at position k + 1 of a poste takes the place that a move at position k has freed."""
    avant: dict[int, int] = {}
    for position in range(1, longueur + 1):
        ici: dict[int, int] = {}
        for poste, voeux in sorted(g.par_poste.items()):
            places = {avant[w]: -1.0 for w in g.libere.get(poste, ()) if w in avant}
            if not (g.libres[poste] > 0 if position == 1 else places):
                continue
            termes: dict[int, float] = {}
            for w in voeux:
                ici[w] = colonnes.ajouter((w,), position)
                termes[ici[w]] = 1.0
            lignes.ajouter(termes | places, -np.inf, g.libres[poste] if position == 1 else 0)
        avant = ici


def _chaines_libres(g: _Graphe, colonnes: Colonnes, lignes: Lignes) -> None:
    """`suite` counts, for a move, itself and the moves behind it; it runs out along the chain."""
    beaucoup = float(len(g.par_cadre))
    prise = {w: colonnes.ajouter((w,), 1) for siens in g.par_cadre.values() for w in siens}
    suite = {w: colonnes.ajouter((), -1, False, beaucoup) for w in prise}
    for w in prise:
        lignes.ajouter({suite[w]: 1.0, prise[w]: -1.0}, 0, np.inf)
        lignes.ajouter({suite[w]: 1.0, prise[w]: -beaucoup}, -np.inf, 0)
    for poste, voeux in sorted(g.par_poste.items()):
        places = max(0, g.libres[poste])
        neuves = colonnes.ajouter((), -1, True, places)
        libere = g.libere.get(poste, [])
        nombre = {prise[w]: 1.0 for w in voeux} | {prise[w]: -1.0 for w in libere}
        lignes.ajouter(nombre | {neuves: -1.0}, -np.inf, 0)
        flux = {suite[w]: 1.0 for w in voeux} | {suite[w]: -1.0 for w in libere}
        flux |= {prise[w]: 1.0 for w in libere}
        lignes.ajouter(flux | {neuves: -beaucoup}, -np.inf, 0)


def _usage(colonnes: Colonnes, voeux: int) -> csr_array:
    w = [v for siens in colonnes.voeux for v in siens]
    j = [rang for rang, siens in enumerate(colonnes.voeux) for _ in siens]
    return csr_array((np.ones(len(w)), (w, j)), shape=(voeux, len(colonnes.voeux)))


def _termes(vecteur: np.ndarray) -> dict[int, float]:
    return {int(j): float(vecteur[j]) for j in np.flatnonzero(vecteur)}


def _un_voeu_chacun(modele: Modele, impose: Entiers) -> None:
    par_cadre = modele.par_cadre
    for i in range(len(impose)):
        debut, fin = par_cadre.indptr[i : i + 2]
        if debut == fin and impose[i] < 0:
            continue
        termes = dict(
            zip(
                par_cadre.indices[debut:fin].tolist(),
                par_cadre.data[debut:fin].tolist(),
                strict=True,
            )
        )
        modele.ligne_du_cadre[i] = len(modele.lignes.bas)
        modele.lignes.ajouter(termes, 1 if impose[i] >= 0 else 0, 1)


def _bornes(modele: Modele) -> None:
    """`min_fill` of each poste, tolerance of each collectivité."""
    instance = modele.instance
    tenus = instance.tenus
    depart = instance.origine[instance.v_cadre]
    for poste in np.flatnonzero(instance.minimum > 0):
        gain = (instance.v_poste == poste).astype(np.int64) - (depart == poste)
        modele.lignes.ajouter(
            _termes(gain @ modele.usage), int(instance.minimum[poste] - tenus[poste]), np.inf
        )
    ecarts = ecarts_avant(instance)
    for k in range(len(instance.collectivites)):
        modele.lignes.ajouter(
            _termes(effet(instance, k) @ modele.usage),
            int(instance.bas[k] - ecarts[k]),
            int(instance.haut[k] - ecarts[k]),
        )


def effet(instance: Instance, collectivite: int) -> Entiers:
    """What each wish, once taken, adds to the balance of a collectivité."""
    arrive = instance.coll[instance.v_poste] == collectivite
    part = instance.employeur[instance.v_cadre] == collectivite
    return arrive.astype(np.int64) - part


def ecarts_avant(instance: Instance) -> Entiers:
    """balance − target when nobody moves."""
    return instance.soldes(np.full(len(instance.cadres), -1, dtype=np.int64)) - instance.cible
