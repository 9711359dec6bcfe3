"""What a run answers, and its JSON (the keys of `mouvement/1`)."""

from dataclasses import dataclass, field
from typing import Any

from opportunites.mouvement.calcul.sans_plafond import Certificat, Solution
from opportunites.mouvement.composantes import Appariement, Composante
from opportunites.mouvement.donnees import Couple
from opportunites.mouvement.empreinte import empreinte
from opportunites.mouvement.normalisation import Instance

OPTIMAL, REALISABLE, IRREALISABLE = "optimal", "feasible", "infeasible"


@dataclass(frozen=True, slots=True)
class Resultat:
    instance: Instance = field(repr=False)
    solution: Solution | None = field(repr=False)
    statut: str
    mode: str
    mouvements: int = 0
    points: int = 0
    points_hotes: int = 0
    #: Σ |balance|, whatever the criterion in force.
    desequilibre: int = 0
    soldes: dict[str, int] = field(default_factory=dict)
    #: Those who move, and where.
    affectation: dict[str, str] = field(default_factory=dict)
    composantes: list[Composante] = field(default_factory=list)
    sources: Appariement = field(default_factory=dict, repr=False)
    gardes: int = 0
    #: No solution has more moves than this: proven.
    borne: int = 0
    #: Accepted moves that cannot all hold, and in words why, when nothing is feasible.
    tombes: list[Couple] = field(default_factory=list)
    raisons: list[str] = field(default_factory=list)
    #: Which criterion of balance is in force, and |balance − target| by collectivité.
    critere: str = ""
    ecarts_avant: dict[str, int] = field(default_factory=dict)
    ecarts_apres: dict[str, int] = field(default_factory=dict)
    #: Each level in force and what it reaches, the most important first.
    vecteur: dict[str, int | list[int]] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    secondes: float = 0.0

    @property
    def empreinte(self) -> str:
        """The hash of what the run was given, whatever the order of the file."""
        return empreinte(self.instance.probleme, self.mode)

    @property
    def prouve(self) -> bool:
        return self.statut == OPTIMAL

    @property
    def departage(self) -> bool:
        """Whether there was time to settle all ties: the canonical solution, else another optimum."""
        return self.solution is not None and self.solution.canonique

    @property
    def ecart_a_la_borne(self) -> int:
        """Moves that a better solution might still have: 0 when proven."""
        return self.borne - self.mouvements

    @property
    def certificat(self) -> Certificat | None:
        return self.solution.certificat if self.solution is not None else None

    def json(self, explications: dict[str, Any], envie: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "status": self.statut,
            "moves": self.mouvements,
            "cadre_score": self.points,
            "host_score": self.points_hotes,
            "imbalance": self.desequilibre,
            "balance": self.soldes,
            "assignment": self.affectation,
            "components": [self._composante(c) for c in self.composantes],
            "explanations": explications,
            "envy": envie,
            "bound": self.borne,
            "kept": self.gardes,
            "canonical": self.departage,
            "seconds": round(self.secondes, 3),
            "fallen": [{"cadre": c, "poste": p} for c, p in self.tombes],
            "reasons": self.raisons,
            "criterion": self.critere,
            "deviations": {"before": self.ecarts_avant, "after": self.ecarts_apres},
            "objective": self.vecteur,
            "mode": self.mode,
            "input_hash": self.empreinte,
            "versions": self.versions,
        }

    def _composante(self, composante: Composante) -> dict[str, Any]:
        cadres = [self.instance.cadres[i] for i in composante.cadres]
        return {
            "kind": "cycle" if composante.boucle else "chain",
            "length": len(cadres),
            "moves": [{"cadre": c, "poste": self.affectation[c]} for c in cadres],
            "collectivites": self.collectivites(composante),
            "balance": self.effet(composante),
        }

    def collectivites(self, composante: Composante) -> list[str]:
        """Those it goes through, hosts and origins, in order of first appearance."""
        instance = self.instance
        vues: dict[str, None] = {}
        for i in composante.cadres:
            vues[instance.collectivites[instance.coll[self._poste(i)]]] = None
            if instance.employeur[i] >= 0:
                vues[instance.collectivites[instance.employeur[i]]] = None
        return list(vues)

    def effet(self, composante: Composante) -> dict[str, int]:
        """What it alone adds to each balance."""
        instance = self.instance
        effet = dict.fromkeys(self.collectivites(composante), 0)
        for i in composante.cadres:
            arrivee, depart = int(instance.coll[self._poste(i)]), int(instance.employeur[i])
            if arrivee != depart:
                effet[instance.collectivites[arrivee]] += 1
                if depart >= 0:
                    effet[instance.collectivites[depart]] -= 1
        return effet

    def _poste(self, i: int) -> int:
        assert self.solution is not None
        return int(self.instance.v_poste[self.solution.choix[i]])
