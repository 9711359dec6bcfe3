"""What a reader can find: the published figures as a circulation, attacked by moving people in it.

Down each employer's staircase runs the number of its people who reached each step; at each step those
who stop there leave it for the column of that step; the columns join again into the totals. The last
stair goes through the matrix of moves. Every figure that is printed, and every one that would be found
by a subtraction, is an arc of this one graph. Other figures agree with all that is printed exactly when
they differ from the true ones by cycles of arcs that are not printed: so the most that a hidden number
may be, for somebody who knows all that is printed, is a maximum flow.

A cycle may move the figures of one day alone or of several days that follow one another. Figures
that only grow with time (who reached a step) then bound how far one may go down.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from pilotage.indicateurs.protection.releve import (
    ETAPES,
    PAR_PROMOTION,
    Classe,
    Releve,
    Tableau,
)

Noeud = tuple[str, int, int]
Cle = tuple[str, int, int]
"""What a figure is: its kind, and two ranks (step and employer, or employer and employer; -1: all)."""

Chemin = list[tuple[Cle, bool]]
"""Arcs that follow one another, each forwards (its figure goes up) or backwards."""

SANS_BORNE = 1_000_000
MONDE: Noeud = ("monde", 0, 0)
TOUS = -1
DERNIERE = len(ETAPES) - 1
ENTREE = ETAPES.index(PAR_PROMOTION[0])
"""The step at which one enters a promotion."""


@dataclass(frozen=True)
class Arc:
    """A figure that flows from a node to another. `croit`: it never goes down with time."""

    cle: Cle
    origine: Noeud
    extremite: Noeud
    valeur: int
    croit: bool = True


def escaliers(lignes: Tableau, genre: str, debut: int = 0) -> Iterator[Arc]:
    """The staircases of each line (employers, sexes, promotions), and their totals, from the step
    `debut` on. `lignes[k][o]`."""
    for k, ligne in enumerate(lignes):
        if k < debut:
            continue
        suivante = lignes[k + 1] if k < DERNIERE else (0,) * len(ligne)
        for o, valeur in enumerate(ligne):
            avant = _marche(k - 1, o) if k > debut else MONDE
            yield Arc((genre, k, o), avant, _marche(k, o), valeur)
            if k < DERNIERE:
                arret = valeur - suivante[o]
                yield Arc(("arret", k, o), _marche(k, o), ("colonne", k, 0), arret, croit=False)
        total: Noeud = ("total", k, 0)
        if k < DERNIERE:
            arret = sum(ligne) - sum(suivante)
            yield Arc(("arret", k, TOUS), ("colonne", k, 0), total, arret, croit=False)
        plus_haut = ("total", k - 1, 0) if k > debut else MONDE
        yield Arc((genre, k, TOUS), total, plus_haut, sum(ligne))


def _marche(k: int, o: int) -> Noeud:
    """Where people of `o` stand once at step `k`."""
    return ("marche", k, o)


def mouvements(matrice: Tableau) -> Iterator[Arc]:
    """From the last stair of each employer to the last total, through who went where."""
    rangs = range(len(matrice))
    fin: Noeud = ("total", DERNIERE, 0)
    for o in rangs:
        dehors = sum(n for h, n in enumerate(matrice[o]) if h != o)
        yield Arc(("interne", o, o), _marche(DERNIERE, o), ("internes", 0, 0), matrice[o][o])
        yield Arc(("depart", o, TOUS), _marche(DERNIERE, o), ("sortie", o, 0), dehors)
        for h in rangs:
            if h != o:
                yield Arc(("echange", o, h), ("sortie", o, 0), ("entree", h, 0), matrice[o][h])
    for h in rangs:
        venus = sum(matrice[o][h] for o in rangs if o != h)
        yield Arc(("arrivee", h, TOUS), ("entree", h, 0), ("echanges", 0, 0), venus)
    internes = sum(matrice[o][o] for o in rangs)
    tous = sum(map(sum, matrice))
    yield Arc(("interne", TOUS, TOUS), ("internes", 0, 0), fin, internes)
    yield Arc(("echange", TOUS, TOUS), ("echanges", 0, 0), fin, tous - internes)


def arcs_des_etapes(releve: Releve, lecteur: int | None) -> list[Arc]:
    """All that is counted by employer, without those whom the reader knows: the people who come from
    `lecteur` or went to it, at each step."""
    rangs = range(len(releve.employeurs))
    matrice = tuple(
        tuple(0 if lecteur in (o, h) else releve.mouvements[o][h] for h in rangs) for o in rangs
    )
    lignes = []
    for k, ligne in enumerate(releve.etapes):
        # The last stair is that of the moves: somebody who moved twice stands there twice.
        if k == DERNIERE:
            lignes.append(tuple(sum(matrice[o]) for o in rangs))
            continue
        connus = [0 if lecteur is None else releve.mouvements[o][lecteur] for o in rangs]
        lignes.append(tuple(0 if o == lecteur else max(0, ligne[o] - connus[o]) for o in rangs))
    arcs = [*escaliers(tuple(lignes), "etape"), *mouvements(matrice)]
    return [arc for arc in arcs if not _est_connu(arc.cle, lecteur)]


def _est_connu(cle: Cle, lecteur: int | None) -> bool:
    """Whether it is the reader's own figure."""
    if lecteur is None:
        return False
    genre, premier, second = cle
    if genre in ("etape", "arret"):
        return second == lecteur
    return lecteur in (premier, second)


def arcs_des_sexes(releve: Releve, lecteur: int | None) -> list[Arc]:
    """The staircases of women and of men."""
    classes = (
        (releve.femmes, releve.mouvements_femmes),
        (releve.hommes, releve.mouvements_hommes),
    )
    return _arcs_des_classes(releve, lecteur, "sexe", classes, 0)


def arcs_des_promotions(releve: Releve, lecteur: int | None, *, avec_reste: bool) -> list[Arc]:
    """The staircases of the promotions, from their first step on; and, where the démarche has some, of
    those who are in none: nobody may be supposed among them at the step where one enters."""
    classes = releve.par_promotion()
    if not avec_reste:
        return _arcs_des_classes(releve, lecteur, "promotion", classes[:-1], ENTREE)
    arcs = _arcs_des_classes(releve, lecteur, "promotion", classes, ENTREE)
    return [arc for arc in arcs if arc.cle != ("promotion", ENTREE, len(classes) - 1)]


def _arcs_des_classes(
    releve: Releve, lecteur: int | None, genre: str, classes: Sequence[Classe], debut: int
) -> list[Arc]:
    """Staircases that add up to the same totals, whatever the employer."""
    autres = [o for o in range(len(releve.employeurs)) if o != lecteur]

    def restent(etapes: Tableau, mouvements: Tableau, k: int) -> int:
        if k == DERNIERE:
            return sum(mouvements[o][h] for o in autres for h in autres)
        connus = [0 if lecteur is None else mouvements[o][lecteur] for o in autres]
        return sum(max(0, etapes[k][o] - n) for o, n in zip(autres, connus, strict=True))

    lignes = [
        tuple(restent(etapes, mouvements, k) for etapes, mouvements in classes)
        for k in range(len(ETAPES))
    ]
    fin = [
        Arc(("fin", 0, s), _marche(DERNIERE, s), ("total", DERNIERE, 0), n)
        for s, n in enumerate(lignes[-1])
    ]
    return [*escaliers(tuple(lignes), genre, debut), *fin]


@dataclass
class Reseau:
    """What is left to move, for one reader. `bas[cle]`, `haut[cle]`: how far down and up a figure may
    go."""

    arcs: list[Arc]
    bas: dict[Cle, int]
    haut: Mapping[Cle, int]
    voisins: dict[Noeud, list[tuple[Noeud, Arc, bool]]] = field(init=False)
    par_cle: dict[Cle, Arc] = field(init=False)

    def __post_init__(self) -> None:
        self.voisins = {}
        self.par_cle = {arc.cle: arc for arc in self.arcs}
        for arc in self.arcs:
            self.voisins.setdefault(arc.origine, []).append((arc.extremite, arc, True))
            self.voisins.setdefault(arc.extremite, []).append((arc.origine, arc, False))

    def est_sur(self, cle: Cle, besoin: int, doute: bool, figees: AbstractSet[Cle]) -> bool:
        """Whether `cle` may be `besoin` higher when the `figees` are printed; or, if a `doute` is
        enough, lower."""
        if cle in figees:
            return False
        if self.haut[cle] >= besoin and self._monte(cle, figees, besoin):
            return True
        return doute and self._descend(cle, figees)

    def _monte(self, cle: Cle, figees: AbstractSet[Cle], besoin: int) -> bool:
        """Whether it may be `besoin` higher."""
        arc = self.par_cle[cle]
        pousse: dict[Cle, int] = {}
        fait = 0
        while fait < besoin:
            chemin = self._chemin(arc, arc.extremite, arc.origine, figees, pousse)
            if chemin is None:
                return False
            fait += self.pousser(chemin, pousse, besoin - fait)
        return True

    def _descend(self, cle: Cle, figees: AbstractSet[Cle]) -> bool:
        arc = self.par_cle[cle]
        if self.bas[cle] <= 0:
            return False
        return self._chemin(arc, arc.origine, arc.extremite, figees, {}) is not None

    def _chemin(
        self,
        arc: Arc,
        depart: Noeud,
        but: Noeud,
        figees: AbstractSet[Cle],
        pousse: Mapping[Cle, int],
    ) -> Chemin | None:
        """The shortest way from an end of the arc to the other, without it."""
        venus: dict[Noeud, tuple[Noeud, Cle, bool] | None] = {depart: None}
        file = deque([depart])
        while file:
            noeud = file.popleft()
            if noeud == but:
                return remonter(venus, noeud)
            for suivant, voie, avance in self.voisins[noeud]:
                if suivant in venus or voie.cle in figees:
                    continue
                if self.peut(voie, avance, pousse, cle=arc.cle):
                    venus[suivant] = (noeud, voie.cle, avance)
                    file.append(suivant)
        return None

    def peut(self, voie: Arc, avance: bool, pousse: Mapping[Cle, int], *, cle: Cle) -> bool:
        """Whether a cycle through `cle` may go on by this arc, forwards or backwards."""
        if voie.cle == cle:
            return False
        fait = pousse.get(voie.cle, 0)
        return (self.haut[voie.cle] - fait if avance else self.bas[voie.cle] + fait) > 0

    def pousser(self, chemin: Chemin, pousse: dict[Cle, int], reste: int) -> int:
        """Move people along the path, `reste` at most. Returns how many."""
        quantite = reste
        for cle, avance in chemin:
            fait = pousse.get(cle, 0)
            libre = self.haut[cle] - fait if avance else self.bas[cle] + fait
            quantite = min(quantite, libre)
        for cle, avance in chemin:
            pousse[cle] = pousse.get(cle, 0) + (quantite if avance else -quantite)
        return quantite


def remonter(venus: Mapping[Noeud, tuple[Noeud, Cle, bool] | None], noeud: Noeud) -> Chemin:
    chemin = []
    while (pas := venus[noeud]) is not None:
        noeud, cle, avance = pas
        chemin.append((cle, avance))
    return chemin
