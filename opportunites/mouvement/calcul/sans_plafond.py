"""The uncapped optimum: levels packed in groups, one flow a group, then the canonical one."""

from dataclasses import dataclass, field

import numpy as np

from opportunites.mouvement.calcul import flot
from opportunites.mouvement.calcul.canonique import rendre_canonique
from opportunites.mouvement.calcul.ecarts import ecarts
from opportunites.mouvement.calcul.objectif import fondre, niveaux
from opportunites.mouvement.calcul.reseau import Reseau, construire
from opportunites.mouvement.donnees import Conduite
from opportunites.mouvement.normalisation import Entiers, Instance


@dataclass(frozen=True, slots=True)
class Certificat:
    """For each group of levels, potentials that prove the flow: anyone can check them again."""

    preuves: list[tuple[flot.Graphe, flot.Preuve]]
    flots: list[Entiers]

    def verifie(self) -> bool:
        return all(
            flot.prouve(preuve, graphe, f)
            for (graphe, preuve), f in zip(self.preuves, self.flots, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Solution:
    """`choix`: for each cadre the wish taken, or -1."""

    choix: Entiers
    prouvee: bool = True
    #: Most moves any solution may have.
    borne: int | None = None
    #: For each mover, whose departure makes room (or -1: a free place); None: to be paired.
    appariement: dict[int, int] | None = None
    canonique: bool = True
    certificat: Certificat | None = field(default=None, repr=False)


def optimum(
    instance: Instance,
    mode: str = "moves_first",
    conduite: Conduite | None = None,
    souple: bool = False,
    canonique: bool = True,
) -> Solution | None:
    """None when no solution satisfies the bounds and the accepted moves."""
    conduite = conduite or Conduite()
    reseau = construire(instance, souple)
    if reseau is None:
        return None
    resolution = Resolution(reseau, conduite)
    par_niveau = [(reseau.couts(n.gains), n.etendue) for n in niveaux(instance, mode, souple)]
    if not instance.credits:
        par_niveau.append((reseau.ecart, 2 * len(instance.cadres)))
    if not resolution.groupes(par_niveau):
        return None
    if instance.credits:
        resolution = _plus_grands_ecarts(instance, resolution, souple)
    conduite.etape("départage", 0.8)
    resultat = resolution.flot
    if canonique:
        resultat = rendre_canonique(resolution.graphe, resultat, len(instance.cadres))
    return Solution(
        choix=resolution.reseau.choix(resultat, instance),
        canonique=canonique,
        certificat=Certificat(resolution.preuves, [resultat] * len(resolution.preuves))
        if not instance.credits
        else None,
    )


class Resolution:
    """A network, the face of its optima so far, a flow of it, and the proofs."""

    def __init__(self, reseau: Reseau, conduite: Conduite) -> None:
        self.reseau = reseau
        self.conduite = conduite
        self.graphe = reseau.graphe
        self.flot: Entiers = np.zeros(0, dtype=np.int64)
        self.passes: list[tuple[Entiers, Entiers]] = []  # costs, potentials of each group
        self.preuves: list[tuple[flot.Graphe, flot.Preuve]] = []

    def groupes(self, par_niveau: list[tuple[Entiers, int]]) -> bool:
        limite = flot.COUT_TOTAL_MAX // (self.graphe.noeuds + 1)
        tailles = [(int(abs(c).max(initial=0)), etendue) for c, etendue in par_niveau]
        groupes = fondre(tailles, limite)
        reste = [couts for couts, _ in par_niveau]
        for rang, poids in enumerate(groupes):
            self.conduite.etape("optimum", 0.1 + 0.6 * rang / len(groupes))
            couts = np.zeros(len(self.reseau.voeu), dtype=np.int64)
            for facteur, siens in zip(poids, reste, strict=False):
                couts += facteur * siens
            reste = reste[len(poids) :]
            trouve = flot.flot_minimal(self.graphe, couts)
            if trouve is None:
                return False
            self._retenir(trouve, couts)
        return True

    def _retenir(self, trouve: Entiers, couts: Entiers) -> None:
        d = flot.potentiels(self.graphe, trouve, couts)
        preuve = flot.Preuve(couts, self.graphe.bas, self.graphe.haut, d)
        self.preuves.append((self.reseau.graphe, preuve))
        self.passes.append((couts, d))
        self.flot = trouve
        self.graphe, _ = flot.face(self.graphe, couts, d)

    def sur(self, reseau: Reseau) -> "Resolution":
        """The same face on a network that differs by its last arcs, which had no cost so far."""
        autre = Resolution(reseau, self.conduite)
        for couts, d in self.passes:
            prolonges = np.zeros(len(reseau.voeu), dtype=np.int64)
            prolonges[: reseau.communs] = couts[: reseau.communs]
            autre.graphe, _ = flot.face(autre.graphe, prolonges, d)
        return autre


def _plus_grands_ecarts(instance: Instance, avant: Resolution, souple: bool) -> Resolution:
    choix = avant.reseau.choix(avant.flot, instance)
    plus_grand = max(ecarts(instance, choix), default=0)
    reseau = construire(instance, souple, ecart_max=plus_grand)
    assert reseau is not None  # the flow at hand lies within it
    resolution = avant.sur(reseau)
    etendue = 2 * len(instance.collectivites)
    marches = [
        (np.where(reseau.marche == k, reseau.ecart, 0), etendue) for k in range(plus_grand, 0, -1)
    ]
    # A last level without cost, so that a flow is found even where nothing deviates.
    marches.append((np.zeros(len(reseau.voeu), dtype=np.int64), 0))
    assert resolution.groupes(marches)
    return resolution
