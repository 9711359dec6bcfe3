"""The canonical solution under caps: cadres in lot order, a handful in each integer programme.

By now the levels are rows of the programme, and most columns are fixed (`Programme.elaguer`): a cadre
who already has the best option left costs nothing.
"""

import numpy as np

from opportunites.mouvement.calcul.plafonds import Modele
from opportunites.mouvement.calcul.programme import OPTIMAL, Moteur, Programme, Reels
from opportunites.mouvement.normalisation import Entiers

#: A programme orders as many cadres as this leaves room for (product of their numbers of options).
POIDS_MAX = 20_000


def departager(
    modele: Modele, programme: Programme, moteur: Moteur, x: Reels
) -> tuple[Reels, bool]:
    """The solution, and whether the time allowed to settle all ties."""
    return _Departage(modele, programme, moteur, x).derouler()


class _Departage:
    def __init__(self, modele: Modele, programme: Programme, moteur: Moteur, x: Reels) -> None:
        self.modele = modele
        self.programme = programme
        self.moteur = moteur
        self.x = x
        self.base = modele.usage.shape[1]
        self.choix = self._choix()
        debuts = np.searchsorted(
            modele.instance.v_cadre, np.arange(len(modele.instance.cadres) + 1)
        )
        self.debuts: list[int] = debuts.tolist()

    def derouler(self) -> tuple[Reels, bool]:
        cadres = sorted(self.modele.ligne_du_cadre)
        nombre = len(cadres)
        while cadres:
            i = cadres[0]
            options = self._options(i)
            if not options or options[0] == self.choix[i]:
                self._figer(cadres.pop(0))
                continue
            self.moteur.conduite.etape("départage", 1 - 0.3 * len(cadres) / nombre)
            lot, cadres = self._lot(cadres)
            if not self._ordonner(lot):
                return self.x[: self.base], False
            for j in lot:
                self._figer(j)
        return self.x[: self.base], True

    def _choix(self) -> Entiers:
        usage = np.round(self.modele.usage @ self.x[: self.base])
        choix = np.full(len(self.modele.instance.cadres), -1, dtype=np.int64)
        pris = np.flatnonzero(usage)
        choix[self.modele.instance.v_cadre[pris]] = pris
        return choix

    def _colonnes(self, voeu: int) -> Entiers:
        debut, fin = self.modele.usage.indptr[voeu : voeu + 2]
        return self.modele.usage.indices[debut:fin].astype(np.int64)

    def _options(self, i: int) -> list[int]:
        """The wishes that some column may still take, best first."""
        return [
            w
            for w in range(self.debuts[i], self.debuts[i + 1])
            if (self.programme.plafond[self._colonnes(w)] > 0).any()
        ]

    def _lot(self, cadres: list[int]) -> tuple[list[int], list[int]]:
        produit, taille = 1, 0
        for i in cadres:
            produit *= len(self._options(i)) + 1
            if taille and produit > POIDS_MAX:
                break
            taille += 1
        return cadres[:taille], cadres[taille:]

    def _ordonner(self, lot: list[int]) -> bool:
        couts = np.zeros(len(self.programme.plafond))
        poids = 1
        for i in reversed(lot):
            options = self._options(i)
            for rang, w in enumerate(options):
                couts[self._colonnes(w)] += poids * (rang - len(options))
            poids *= len(options) + 1
        reponse = self.moteur.resoudre(self.programme, couts)
        if reponse.etat != OPTIMAL or reponse.x is None:
            return False
        self.x = np.round(reponse.x)
        self.choix = self._choix()
        return True

    def _figer(self, i: int) -> None:
        """This cadre keeps what they have in all that follows."""
        for w in range(self.debuts[i], self.debuts[i + 1]):
            if w != self.choix[i]:
                self.programme.plafond[self._colonnes(w)] = 0
        if self.choix[i] >= 0:
            self.programme.bas[self.modele.ligne_du_cadre[i]] = 1
        np.minimum(self.programme.plancher, self.programme.plafond, out=self.programme.plancher)
