"""The capped optimum: one integer programme a group of levels, then the canonical solution."""

import numpy as np
from scipy.sparse import csr_array

from opportunites.mouvement.calcul import sans_plafond
from opportunites.mouvement.calcul.appariement import apparier_colonnes
from opportunites.mouvement.calcul.departage import departager
from opportunites.mouvement.calcul.ecarts import critere
from opportunites.mouvement.calcul.objectif import MOUVEMENTS, Niveau, fondre, niveaux
from opportunites.mouvement.calcul.plafonds import Modele, construire, ecarts_avant, effet
from opportunites.mouvement.calcul.programme import (
    IRREALISABLE,
    OPTIMAL,
    TOLERANCE,
    Moteur,
    Programme,
    Reels,
)
from opportunites.mouvement.calcul.sans_plafond import Solution
from opportunites.mouvement.composantes import apparier, decomposer, respecte
from opportunites.mouvement.donnees import CalculInterrompu, Conduite
from opportunites.mouvement.normalisation import Entiers, Instance

#: HiGHS is exact to 1e-6 of what it is given: costs stay small.
COUT_MAX = 20_000


def optimum(
    instance: Instance,
    mode: str = "moves_first",
    conduite: Conduite | None = None,
    souple: bool = False,
    canonique: bool = True,
) -> Solution | None:
    """None when nothing satisfies the bounds, the caps and the accepted moves."""
    conduite = conduite or Conduite()
    libre = sans_plafond.optimum(instance, mode, souple=souple)
    if libre is None:
        return None
    if respecte(instance, apparier(instance, libre.choix)):
        return libre  # the best of all, which happens to be within the caps
    if mode != "moves_first":
        libre = sans_plafond.optimum(instance, souple=souple, canonique=False)
        assert libre is not None  # the same bounds
    conduite.etape("plafonds", 0.1)
    modele = construire(instance, souple)
    with Moteur(conduite) as moteur:
        borne = int((libre.choix >= 0).sum())
        recherche = Recherche(modele, moteur, libre.choix, borne, souple)
        return recherche.mener(niveaux(instance, mode, souple), canonique)


def programme_de(modele: Modele) -> Programme:
    colonnes, lignes = modele.colonnes, modele.lignes
    taille = (len(lignes.bas), len(colonnes.voeux))
    return Programme(
        matrice=csr_array((lignes.valeur, (lignes.ligne, lignes.colonne)), shape=taille),
        bas=np.array(lignes.bas, dtype=np.float64),
        haut=np.array(lignes.haut, dtype=np.float64),
        plancher=np.zeros(taille[1]),
        plafond=np.array(colonnes.haut, dtype=np.float64),
        entieres=np.array(colonnes.entiere, dtype=np.bool_),
    )


class Recherche:
    """The programme, its best solution so far, and what is proven of it."""

    def __init__(
        self,
        modele: Modele,
        moteur: Moteur,
        libre: Entiers,
        borne: int,
        souple: bool = False,
    ) -> None:
        """`libre`: a solution without caps; `borne`: no solution has more moves."""
        self.modele = modele
        self.instance = modele.instance
        self.moteur = moteur
        self.libre = libre
        self.borne = borne
        self.souple = souple
        self.part = 0.1
        self.programme = programme_de(modele)
        self.base = len(modele.colonnes.voeux)
        self.x: Reels | None = None

    def mener(self, ordre: list[Niveau], canonique: bool = True) -> Solution | None:
        suite = np.zeros(len(self.programme.plafond) - self.base)
        gains = [
            (np.append(-(n.gains @ self.modele.usage), suite), n.nom, self._etendue(n))
            for n in ordre
        ]
        etat = self.groupes(gains)
        if etat == OPTIMAL:
            etat = self._equilibrer()
        return self.conclure(etat, canonique)

    def conclure(self, etat: int, canonique: bool) -> Solution | None:
        if etat == IRREALISABLE:
            return None
        if self.x is None:
            return self._secours()
        x = self.x[: self.base]
        departage = False
        if etat == OPTIMAL and canonique:
            x, departage = departager(self.modele, self.programme, self.moteur, self.x)
        choix, sources = apparier_colonnes(self.modele, x)
        if not (self.instance.admissible(choix, self.souple) and respecte(self.instance, sources)):
            raise RuntimeError("HiGHS's solution breaks a rule of the movement")
        prouvee = etat == OPTIMAL
        return Solution(choix, prouvee, None if prouvee else self.borne, sources, departage)

    def _secours(self) -> Solution:
        """Without time for more: the chains of the uncapped optimum cut at their length, or nobody."""
        personne = np.full(len(self.instance.cadres), -1, dtype=np.int64)
        coupe = personne.copy()
        plafond = self.instance.probleme.reglages.chaine_max
        for composante in decomposer(apparier(self.instance, self.libre)):
            if not composante.boucle:
                gardes = list(composante.cadres[:plafond])
                coupe[gardes] = self.libre[gardes]
        for choix in (coupe, personne):
            sources = apparier(self.instance, choix)
            if self.instance.admissible(choix, self.souple) and respecte(self.instance, sources):
                return Solution(choix, False, self.borne, sources, canonique=False)
        raise CalculInterrompu("aucune solution trouvée dans le temps donné")

    def _etendue(self, niveau: Niveau) -> int:
        """No solution has more moves than the uncapped optimum, so no more points either."""
        return min(niveau.etendue, self.borne * int(niveau.gains.max(initial=0)))

    def groupes(self, par_niveau: list[tuple[Reels, str, int]]) -> int:
        tailles = [(int(abs(c).max(initial=0)), etendue) for c, _, etendue in par_niveau]
        for poids in fondre(tailles, COUT_MAX):
            self.part += (0.7 - self.part) / 2  # how many groups follow is not known yet
            self.moteur.conduite.etape("plafonds", self.part)
            siens, par_niveau = par_niveau[: len(poids)], par_niveau[len(poids) :]
            etages = [c for c, _, _ in siens]
            etat = self._etage(etages, poids, siens[0][1] == MOUVEMENTS)
            if etat != OPTIMAL:
                return etat
        return OPTIMAL

    def _etage(self, etages: list[Reels], poids: list[int], mouvements: bool) -> int:
        couts = np.array(poids, dtype=np.float64) @ np.array(etages)
        reponse = self.moteur.resoudre(self.programme, couts)
        if mouvements and np.isfinite(reponse.borne):
            self.borne = min(self.borne, int((-reponse.borne + TOLERANCE) // poids[0]))
        if reponse.x is not None:
            self.x = np.where(self.programme.entieres, np.round(reponse.x), reponse.x)
            if reponse.etat == OPTIMAL:
                self.programme.elaguer(couts, round(float(couts @ self.x)))
                for niveau in etages:
                    atteint = round(float(niveau @ self.x))
                    self.programme.ajouter(niveau, atteint, atteint)
        return reponse.etat

    def _equilibrer(self) -> int:
        """|balance − target| of each collectivité as columns of their own, then their levels."""
        assert self.x is not None
        instance, programme = self.instance, self.programme
        nombre = len(instance.collectivites)
        avant = ecarts_avant(instance)
        effets = [effet(instance, k) @ self.modele.usage for k in range(nombre)]
        atteints = [
            abs(int(avant[k]) + round(float(effets[k] @ self.x[: self.base])))
            for k in range(nombre)
        ]
        marches = max(atteints, default=0) if instance.credits else 1
        premiere = len(programme.plafond)
        programme.elargir(nombre * marches, 1 if instance.credits else float(sum(atteints)))
        largeur = len(programme.plafond)
        for k in range(nombre):
            unites = slice(premiere + k * marches, premiere + (k + 1) * marches)
            for signe in (1, -1):
                ligne = np.zeros(largeur)
                ligne[: self.base] = signe * effets[k]
                ligne[unites] = -1
                programme.ajouter(ligne, -np.inf, -signe * int(avant[k]))
        par_niveau = []
        for rang in range(marches - 1, -1, -1):
            couts = np.zeros(largeur)
            couts[premiere + rang :: marches] = 1
            par_niveau.append((couts, critere(instance), nombre))
        return self.groupes(par_niveau)
