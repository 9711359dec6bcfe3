"""Somebody who wants the small numbers: all that is printed, one's own figures, and a solver.

Written without the engine: unknowns are people by day, step, employer and class (a sex, in a promotion),
and moves from one employer to another by class; each printed figure is an equation. Whole numbers
(HiGHS). A cell is found when only one value agrees with everything.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

ETAPES, EMPLOYEURS, SEXES = 7, 4, 2
#: The step at which one enters a promotion.
ENTREE = 3
#: (figure, step or employer, employer): what the documents print
Chiffre = tuple[str, int, int]
PLAFOND = 4000


@dataclass(frozen=True)
class Verite:
    """People and moves of a day. `etapes[k, o, c]`, `mouvements[o, h, c]`, where `c` is a sex; with
    promotions, twice the rank of the promotion, plus the sex; the last rank is that of nobody's."""

    etapes: np.ndarray
    mouvements: np.ndarray


class Attaquant:
    """`imprimes`: one mapping a day, of what was printed on it. `employeur`: who reads, if one of them."""

    def __init__(
        self,
        verites: Sequence[Verite],
        imprimes: Sequence[Mapping[Chiffre, int]],
        employeur: int | None = None,
    ) -> None:
        self.verites = verites
        self.classes = verites[0].etapes.shape[2]
        self.promotions = self.classes // SEXES - 1
        self.par_jour = (ETAPES + EMPLOYEURS) * EMPLOYEURS * self.classes
        self.taille = self.par_jour * len(verites)
        self.vraie = np.concatenate(
            [np.concatenate([v.etapes.ravel(), v.mouvements.ravel()]) for v in verites]
        )
        self.lignes: list[np.ndarray] = []
        self.bas: list[float] = []
        self.haut: list[float] = []
        for jour, imprime in enumerate(imprimes):
            self._logique(jour)
            for chiffre, valeur in imprime.items():
                self._egale(self.forme(jour, chiffre), valeur)
            if employeur is not None:
                self._connaitre(jour, employeur)
        self.employeur = employeur
        self.contraintes = LinearConstraint(
            csr_array(np.array(self.lignes)), np.array(self.bas), np.array(self.haut)
        )
        self.hasard = random.Random(7)

    # --- What is known ----------------------------------------------------------------------------

    def etape(self, jour: int, k: int, o: int, s: int) -> int:
        return jour * self.par_jour + (k * EMPLOYEURS + o) * self.classes + s

    def mouvement(self, jour: int, o: int, h: int, s: int) -> int:
        debut = jour * self.par_jour + ETAPES * EMPLOYEURS * self.classes
        return debut + (o * EMPLOYEURS + h) * self.classes + s

    def _somme(self, places: Sequence[int]) -> np.ndarray:
        ligne = np.zeros(self.taille)
        np.add.at(ligne, list(places), 1)
        return ligne

    def _ajouter(self, ligne: np.ndarray, bas: float, haut: float) -> None:
        self.lignes.append(ligne)
        self.bas.append(bas)
        self.haut.append(haut)

    def _egale(self, ligne: np.ndarray, valeur: float) -> None:
        self._ajouter(ligne, valeur, valeur)

    def _logique(self, jour: int) -> None:
        """Each step is in the one before, the last one is that of the moves, nothing is undone."""
        for o in range(EMPLOYEURS):
            for s in range(self.classes):
                if self.promotions and s >= self.promotions * SEXES:
                    self._egale(self._somme([self.etape(jour, ENTREE, o, s)]), 0)
                for k in range(1, ETAPES):
                    difference = self._somme([self.etape(jour, k - 1, o, s)])
                    difference -= self._somme([self.etape(jour, k, o, s)])
                    self._ajouter(difference, 0, np.inf)
                partis = [self.mouvement(jour, o, h, s) for h in range(EMPLOYEURS)]
                fin = self._somme([self.etape(jour, ETAPES - 1, o, s)])
                self._egale(fin - self._somme(partis), 0)
        if jour:
            for places in self._ce_qui_croit():
                avant, apres = (
                    [j * self.par_jour + place for place in places] for j in (jour - 1, jour)
                )
                self._ajouter(self._somme(apres) - self._somme(avant), 0, np.inf)

    def _ce_qui_croit(self) -> Iterator[list[int]]:
        """Places of a day whose sum never goes down: each, but for those who are in no promotion, who
        enter one; with these, all who came as far."""
        sans = self.promotions * SEXES if self.promotions else self.classes
        yield from ([place] for place in range(self.par_jour) if place % self.classes < sans)
        for premiere in range(0, self.par_jour, self.classes) if self.promotions else ():
            for sexe in range(SEXES):
                yield list(range(premiere + sexe, premiere + self.classes, SEXES))

    def _connaitre(self, jour: int, employeur: int) -> None:
        """Its own people, those who came to it, and the steps that these went through."""
        places = [
            self.etape(jour, k, employeur, s) for k in range(ETAPES) for s in range(self.classes)
        ]
        for autre in range(EMPLOYEURS):
            for s in range(self.classes):
                places.append(self.mouvement(jour, autre, employeur, s))
                places.append(self.mouvement(jour, employeur, autre, s))
        for place in places:
            self._egale(self._somme([place]), self.vraie[place])

    def forme(self, jour: int, chiffre: Chiffre) -> np.ndarray:
        """The sum that a printed figure is."""
        genre, a, b = chiffre
        tous, sexes = range(EMPLOYEURS), range(self.classes)
        if genre == "etape":
            employeurs = tous if b < 0 else [b]
            return self._somme([self.etape(jour, a, o, s) for o in employeurs for s in sexes])
        if genre == "sexe":
            return self._somme(
                [self.etape(jour, a, o, s) for o in tous for s in sexes if s % SEXES == b]
            )
        if genre == "promotion":
            return self._somme(
                [self.etape(jour, a, o, s) for o in tous for s in sexes if s // SEXES == b]
            )
        if genre == "arret":  # open files: who accepted and has not moved
            ligne = self.forme(jour, ("etape", a, b))
            return ligne - self.forme(jour, ("etape", a + 1, b))
        paires = {
            "depart": [(a, h) for h in tous if h != a],
            "arrivee": [(o, a) for o in tous if o != a],
            "echange": [(o, h) for o in tous for h in tous if o != h],
        }[genre]
        return self._somme([self.mouvement(jour, o, h, s) for o, h in paires for s in sexes])

    # --- What is sought ---------------------------------------------------------------------------

    def cellules(self, seuil: int) -> list[tuple[str, np.ndarray]]:
        """The small figures of others: by step, employer and sex, their differences, the moves, and
        what changed between two days."""
        formes: list[tuple[str, np.ndarray]] = []
        for jour in range(len(self.verites)):
            du_jour = list(self._cellules_du_jour(jour))
            formes += du_jour
            if jour:
                formes += [
                    (f"hausse de {nom}", apres - avant)
                    for (nom, apres), (_, avant) in zip(
                        du_jour, self._cellules_du_jour(jour - 1), strict=True
                    )
                    if "écart" not in nom
                ]
        return [(nom, f) for nom, f in formes if 0 < f @ self.vraie < seuil]

    def _cellules_du_jour(self, jour: int):
        autres = [o for o in range(EMPLOYEURS) if o != self.employeur]
        for k in range(ETAPES):
            for o in autres:
                parts = [
                    (f"étape {k} de {o}, sexe {s}", self._somme([self.etape(jour, k, o, s)]))
                    for s in range(self.classes)
                ]
                yield from parts
                yield f"étape {k} de {o}", self.forme(jour, ("etape", k, o))
                if k:
                    ecart = self.forme(jour, ("etape", k - 1, o)) - self.forme(
                        jour, ("etape", k, o)
                    )
                    yield f"écart {k} de {o} au jour {jour}", ecart
            if self.employeur is None:
                for s in range(SEXES):
                    yield f"sexe {s}, étape {k}", self.forme(jour, ("sexe", k, s))
                for p in range(self.promotions if k >= ENTREE else 0):
                    yield f"promotion {p}, étape {k}", self.forme(jour, ("promotion", k, p))
                yield f"étape {k}", self.forme(jour, ("etape", k, -1))
        for o in autres:
            for h in autres:
                if o != h:
                    places = [self.mouvement(jour, o, h, s) for s in range(self.classes)]
                    yield f"de {o} vers {h}", self._somme(places)
            if self.employeur is None:
                yield f"départs de {o}", self.forme(jour, ("depart", o, -1))
                yield f"arrivées de {o}", self.forme(jour, ("arrivee", o, -1))

    def _monde(self, objectif: np.ndarray) -> np.ndarray:
        """Whole numbers that agree with all that is known, where `objectif` is least."""
        resultat = milp(
            objectif,
            constraints=self.contraintes,
            bounds=Bounds(0, PLAFOND),
            integrality=np.ones(self.taille),
        )
        assert resultat.status == 0, resultat.message
        return np.round(resultat.x)

    def trouvees(self, seuil: int) -> list[str]:
        """The small figures that this reader finds, exactly."""
        cellules = self.cellules(seuil)
        restent = [(nom, forme, forme @ self.vraie) for nom, forme in cellules]
        for _ in range(4):  # one solution puts many cells in doubt at once
            if not restent:
                return []
            for signe in (1, -1):
                poids = sum(
                    forme * signe * self.hasard.choice((1, 0.3, -0.2)) for _, forme, _ in restent
                )
                monde = self._monde(poids)
                restent = [c for c in restent if c[1] @ monde == c[2]]
                if not restent:
                    return []
        return [
            nom
            for nom, forme, vraie in restent
            if all(forme @ self._monde(signe * forme) == vraie for signe in (1, -1))
        ]

    def sous_le_seuil(self, seuil: int) -> list[str]:
        """The small figures that this reader knows to be under the threshold."""
        restent = self.cellules(seuil)
        for _ in range(3):
            if not restent:
                return []
            monde = self._monde(-sum(forme * self.hasard.choice((1, 0.5)) for _, forme in restent))
            restent = [c for c in restent if c[1] @ monde < seuil]
        return [nom for nom, forme in restent if forme @ self._monde(-forme) < seuil]
