"""Integer programmes solved in this process, or in one that can be stopped.

scipy has no callback: where somebody may cancel (`Conduite.annuler`), HiGHS runs in a child
(`a_part.py`), killed when they do, or when this object is closed.
"""

import math
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack

from opportunites.mouvement.calcul import a_part
from opportunites.mouvement.donnees import CalculAnnule, Conduite

Reels = npt.NDArray[np.float64]
OPTIMAL, LIMITE, IRREALISABLE = 0, 1, 2
_ENFANT = Path(a_part.__file__)
_ATTENTE = 0.2  # seconds between two looks at the cancel hook
#: A killed parent leaves a child that nobody reads: it ends by itself then, at the latest.
_LIMITE_DE_L_ENFANT = 3_600.0
#: HiGHS works to 1e-6; the totals that we compare are integers.
TOLERANCE = 1e-4


@dataclass(slots=True)
class Programme:
    """min c·x, bas ≤ A·x ≤ haut, plancher ≤ x ≤ plafond, some x integer."""

    matrice: csr_array
    bas: Reels
    haut: Reels
    plancher: Reels
    plafond: Reels
    entieres: npt.NDArray[np.bool_]

    def ajouter(self, ligne: Reels, bas: float, haut: float) -> None:
        self.ajouter_lignes(csr_array(ligne[None, :]), bas, haut)

    def ajouter_lignes(self, lignes: csr_array, bas: float, haut: float) -> None:
        self.matrice = csr_array(vstack([self.matrice, lignes]))
        self.bas = np.append(self.bas, np.full(lignes.shape[0], bas))
        self.haut = np.append(self.haut, np.full(lignes.shape[0], haut))

    def elargir(self, nombre: int, plafond: float) -> None:
        """So many more integer columns, in no row yet."""
        vides = csr_array((self.matrice.shape[0], nombre))
        self.matrice = csr_array(hstack([self.matrice, vides]))
        self.plancher = np.append(self.plancher, np.zeros(nombre))
        self.plafond = np.append(self.plafond, np.full(nombre, plafond))
        self.entieres = np.append(self.entieres, np.ones(nombre, dtype=np.bool_))

    def elaguer(self, couts: Reels, optimum: float) -> None:
        """Fixes what no optimum of this level uses: the reduced cost of the relaxation, added to its
        value, already goes beyond the optimum. Exact, and most of the work of the next levels."""
        if not len(couts):
            return
        inf = np.isinf(self.haut)
        egal = self.bas == self.haut
        dessus, dessous = ~egal & ~inf, ~egal & ~np.isinf(self.bas)
        lp = linprog(
            couts,
            A_ub=vstack([self.matrice[dessus], -self.matrice[dessous]]),
            b_ub=np.concatenate([self.haut[dessus], -self.bas[dessous]]),
            A_eq=self.matrice[egal] if egal.any() else None,
            b_eq=self.haut[egal] if egal.any() else None,
            bounds=np.column_stack([self.plancher, self.plafond]),
            method="highs",
        )
        if lp.status != 0:
            return
        marge = optimum - lp.fun + TOLERANCE
        jamais = self.entieres & (lp.lower.marginals > marge)
        toujours = self.entieres & (-lp.upper.marginals > marge)
        self.plafond[jamais] = self.plancher[jamais]
        self.plancher[toujours] = self.plafond[toujours]


@dataclass(frozen=True, slots=True)
class Reponse:
    etat: int
    x: Reels | None
    #: Proven: no solution costs less.
    borne: float


class Moteur:
    """Solves programmes one after another within one time limit; a context manager."""

    def __init__(self, conduite: Conduite) -> None:
        self.conduite = conduite
        self.fin = math.inf if conduite.limite is None else time.monotonic() + conduite.limite
        self.enfant: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Moteur":
        return self

    def __exit__(
        self,
        sorte: type[BaseException] | None,
        erreur: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.enfant is not None:
            self.enfant.kill()
            self.enfant.communicate()

    @property
    def reste(self) -> float:
        return self.fin - time.monotonic()

    def resoudre(self, p: Programme, couts: Reels) -> Reponse:
        if self.reste <= 0:
            return Reponse(LIMITE, None, -math.inf)
        entree = {
            "couts": couts,
            "donnees": p.matrice.data,
            "indices": p.matrice.indices,
            "debuts": p.matrice.indptr,
            "bas": p.bas,
            "haut": p.haut,
            "plancher": p.plancher,
            "plafond": p.plafond,
            "entieres": p.entieres.astype(np.int8),
            "limite": np.array([self.reste]),
        }
        sortie = self._a_part(entree) if self.conduite.surveillee else a_part.executer(entree)
        x = sortie["x"]
        trouve = len(x) == len(couts) and sortie["etat"][0] != IRREALISABLE
        return Reponse(int(sortie["etat"][0]), x if trouve else None, float(sortie["borne"][0]))

    def _a_part(self, entree: a_part.Tableaux) -> a_part.Tableaux:
        if self.enfant is None:
            self.enfant = subprocess.Popen(  # noqa: S603 (this Python, our own file)
                [sys.executable, "-P", _ENFANT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        assert self.enfant.stdin is not None
        assert self.enfant.stdout is not None
        entree["limite"] = np.minimum(entree["limite"], _LIMITE_DE_L_ENFANT)
        a_part.ecrire(self.enfant.stdin, entree)
        while not select.select([self.enfant.stdout], [], [], _ATTENTE)[0]:
            if self.conduite.annuler():
                raise CalculAnnule("optimum")
        sortie = a_part.lire(self.enfant.stdout)
        if sortie is None:
            raise RuntimeError("the process that solves has died")
        return sortie
