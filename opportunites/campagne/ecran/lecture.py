"""A run as people read it: names, postes, sentences, from the keys that its row keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cadres.models import Cadre
from collectivites.communs.typographie import capitale, compter_en_lettres, enumerer
from collectivites.models import Poste
from opportunites.campagne.calcul.instance import numero
from opportunites.campagne.ecran.composantes import INCONNU, Composante, Mouvement, lettre
from opportunites.campagne.ecran.effectifs import Effectif, effectifs
from opportunites.models import Maillon, Simulation
from opportunites.mouvement.resultat import IRREALISABLE, OPTIMAL


def reponses(simulation: Simulation) -> dict[tuple[str, str], str]:
    """What was answered or proposed already, when the run read it: pair of keys → status."""
    decidees = {(f"c{d['cadre']}", f"p{d['poste']}") for d in simulation.parametres["decisions"]}
    return {
        couple: d["status"]
        for d in simulation.entree["decisions"]
        if (couple := (d["cadre"], d["poste"])) not in decidees
    }


def trouves(campagne: int) -> set[tuple[str, str]]:
    """The pairs of the campaign's linked propositions: moves that a run has found. One query."""
    lies = Maillon.objects.filter(ensemble__campagne=campagne).values_list(
        "proposition__cadre_id", "proposition__opportunite__poste_id"
    )
    return {(f"c{cadre}", f"p{poste}") for cadre, poste in lies}


def tus(
    simulation: Simulation, lies: set[tuple[str, str]], sues: Container[tuple[int, int]]
) -> set[str]:
    """Those whose move another employer made by hand: not named to this reader."""
    attribues = simulation.resultat["reponse"]["assignment"]
    return {
        cadre
        for cadre, poste in reponses(simulation).keys() - lies
        if (numero(cadre), numero(poste)) not in sues and attribues.get(cadre) == poste
    }


@dataclass
class Scenario:
    """Reads the names once, in four queries. `sues`: the pairs (cadre, poste) whose proposition the
    reader may see. One that another employer made by hand is no move found: its person is not named to
    those whom it does not concern."""

    simulation: Simulation
    seuil: int
    sues: Container[tuple[int, int]] = ()
    #: Whom its sentences have named to the reader so far: they will read that it was read.
    nommes: set[int] = field(default_factory=set)
    _cadres: dict[int, Cadre] = field(default_factory=dict)
    _postes: dict[int, Poste] = field(default_factory=dict)

    def __post_init__(self) -> None:
        entree = self.simulation.entree
        cadres = [numero(c["id"]) for c in entree["cadres"]]
        postes = [numero(p["id"]) for p in entree["postes"]]
        self._cadres = Cadre.objects.filter(anonymise_le__isnull=True).in_bulk(cadres)
        self._postes = Poste.objects.select_related("collectivite").in_bulk(postes)
        self._collectivites = {
            c.code: c for c in self.simulation.campagne.demarche.collectivites.order_by("pk")
        }
        self._entree_cadres = {c["id"]: c for c in entree["cadres"]}
        self._reponses = reponses(self.simulation)
        self._decisions = {
            (d["cadre"], d["poste"]): d for d in self.simulation.parametres["decisions"]
        }
        self._tus = tus(self.simulation, trouves(self.simulation.campagne_id), self.sues)

    @property
    def reponse(self) -> dict[str, Any]:
        reponse: dict[str, Any] = self.simulation.resultat["reponse"]
        return reponse

    @property
    def possible(self) -> bool:
        return bool(self.reponse["status"] != IRREALISABLE)

    @property
    def prouve(self) -> bool:
        return bool(self.reponse["status"] == OPTIMAL)

    @property
    def nombre(self) -> int:
        return int(self.reponse["moves"])

    @property
    def reserve(self) -> str:
        """What the result does not prove, marked as such; empty when all is proven."""
        if not self.possible or (self.prouve and self.reponse["canonical"]):
            return ""
        borne = self.reponse["bound"]
        if borne > self.nombre:
            return (
                f"Le temps accordé est écoulé : c’est la meilleure solution trouvée, et aucune ne "
                f"dépasse {borne} mobilités. Elle n’est pas garantie la meilleure."
            )
        return (
            "Le temps accordé est écoulé avant d’avoir départagé toutes les égalités : le nombre de "
            "mobilités est sûr, le choix entre solutions équivalentes ne l’est pas."
        )

    @cached_property
    def composantes(self) -> list[Composante]:
        lues = []
        # The longest first: they are what nobody sees alone.
        rangees = sorted(
            ((n, c) for n, c in enumerate(self.reponse["components"]) if not self._tue(c)),
            key=lambda c: (-c[1]["length"], c[0]),
        )
        for rang, (n, composante) in enumerate(rangees):
            repere, boucle = lettre(rang), composante["kind"] == "cycle"
            mouvements = self._mouvements(composante["moves"], repere, boucle)
            lues.append(Composante(n, boucle, repere, mouvements))
        return lues

    def _tue(self, composante: dict[str, Any]) -> bool:
        """Nothing in it is the reader's to know."""
        return all(m["cadre"] in self._tus for m in composante["moves"])

    @property
    def ailleurs(self) -> int:
        """Moves that count in the total, and are told by their number alone."""
        return sum(c["length"] for c in self.reponse["components"] if self._tue(c))

    def _mouvements(
        self, moves: list[dict[str, str]], repere: str, boucle: bool
    ) -> list[Mouvement]:
        lus = []
        for rang, move in enumerate(moves, 1):
            if rang > 1:
                condition = f"départ de {repere}{rang - 1}"
            else:
                condition = f"départ de {repere}{len(moves)}" if boucle else self._libre(move)
            lus.append(self._mouvement(move, f"{repere}{rang}", condition))
        return lus

    def _libre(self, move: dict[str, str]) -> str:
        part = any(
            c["poste"] == move["poste"] and c.get("leaving") for c in self._entree_cadres.values()
        )
        return "départ annoncé" if part else "poste vacant"

    def _mouvement(self, move: dict[str, str], repere: str, condition: str) -> Mouvement:
        lui = self._entree_cadres[move["cadre"]]
        vers = self._postes[numero(move["poste"])]
        hote = self.simulation.entree["host"].get(move["poste"], [])
        cle = (numero(move["cadre"]), numero(move["poste"]))
        cadre = None if move["cadre"] in self._tus else self._cadres.get(cle[0])
        depuis = self._postes.get(numero(lui["poste"])) if lui["poste"] else None
        if depuis is None and cadre is not None and cadre.poste_id in self._postes:
            depuis = self._postes[cadre.poste_id]
        explication = self.reponse["explanations"].get(move["cadre"], {})
        return Mouvement(
            repere=repere,
            cadre=self._lu(cadre),
            depuis=depuis,
            origine=self._collectivites[lui["home"]],
            vers=vers,
            rang=next((w["rank"] for w in lui["wishes"] if w["poste"] == move["poste"]), 0),
            accueil=next((h["rank"] for h in hote if h["cadre"] == move["cadre"]), 0),
            condition=condition,
            phrase=self.nommer(explication.get("phrase", "")),
            decision=self._decisions.get(cle),
            reponse=self._reponses.get((move["cadre"], move["poste"]), ""),
            sue=cle in self.sues,
        )

    def nommer(self, phrase: str) -> str:
        """« {c12} → poste {p34} » with the names of today."""
        postes = {f"p{pk}": f"« {p.intitule} »" for pk, p in self._postes.items()}
        return capitale(phrase.format_map(_Noms(postes, self._nom)))

    def _nom(self, cle: str) -> str:
        cadre = self._cadres.get(numero(cle))
        if cadre is None or cle in self._tus:
            return INCONNU
        self.nommes.add(cadre.pk)
        return cadre.nom_complet

    def _lu(self, cadre: Cadre | None) -> Cadre | None:
        if cadre is not None:
            self.nommes.add(cadre.pk)
        return cadre

    @property
    def titre_des_composantes(self) -> str:
        """« Un échange, trois chaînes et quatre postes vacants pourvus »."""
        boucles = sum(c.boucle for c in self.composantes)
        seules = sum(len(c.mouvements) == 1 for c in self.composantes)
        chaines = len(self.composantes) - boucles - seules
        morceaux = []
        if boucles:
            morceaux.append(compter_en_lettres(boucles, "échange"))
        if chaines:
            morceaux.append(compter_en_lettres(chaines, "chaîne", feminin=True))
        if seules:
            morceaux.append(
                compter_en_lettres(seules, "poste vacant pourvu,postes vacants pourvus")
            )
        if not morceaux and not self.prouve:
            return "Aucun mouvement trouvé dans le temps accordé"
        return capitale(enumerer(morceaux)) or "Aucun mouvement possible"

    def decisions(self, lisibles: Container[tuple[int, int]]) -> list[dict[str, Any]]:
        """What people decided on top of the data, with names. A wish that its host forces is still
        nobody else's to read (`lisibles`: those that the reader may), unless it is served."""
        gestes = {"garder": "Gardé", "ecarter": "Écarté", "imposer": "Imposé"}
        lues = []
        for d in self.simulation.parametres["decisions"]:
            servi = self.reponse["assignment"].get(f"c{d['cadre']}") == f"p{d['poste']}"
            lisible = d["geste"] != "imposer" or servi or (d["cadre"], d["poste"]) in lisibles
            lues.append(
                {
                    "geste": gestes[d["geste"]],
                    "nom": self._nom(f"c{d['cadre']}") if lisible else "",
                    "poste": self._postes.get(d["poste"]),
                    "cadre_pk": d["cadre"],
                    "poste_pk": d["poste"],
                    "motif": d["motif"],
                    "lisible": lisible,
                }
            )
        return lues

    def tombes(self, lisibles: Container[tuple[int, int]]) -> list[tuple[str, Poste | None]]:
        """Accepted moves that cannot all hold; one that a host forces is nobody else's to read."""
        imposes = {
            (d["cadre"], d["poste"])
            for d in self.simulation.parametres["decisions"]
            if d["geste"] == "imposer"
        }
        tombes = []
        for t in self.reponse["fallen"]:
            couple = (numero(t["cadre"]), numero(t["poste"]))
            cache = couple in imposes and couple not in lisibles
            tombes.append(
                ("", None) if cache else (self._nom(t["cadre"]), self._postes.get(couple[1]))
            )
        return tombes

    @property
    def raisons(self) -> list[str]:
        return [f"{capitale(r)}." for r in self.reponse["reasons"]]

    def par_sexe(self) -> list[Effectif]:
        return self._effectifs(
            [("F", "Femmes", None), ("M", "Hommes", None)],
            lambda cle: c.civilite if (c := self._cadres.get(numero(cle))) else "",
        )

    def par_collectivite(self) -> list[Effectif]:
        return self._effectifs(
            [(code, c.nom_court, c) for code, c in self._collectivites.items()],
            lambda cle: self._entree_cadres[cle]["home"],
        )

    def _effectifs(self, lignes: list[tuple[str, str, Any]], classe: Any) -> list[Effectif]:
        # Those who are named to the reader: a total would give back, by subtraction, who is not.
        candidats = [cle for cle, c in self._entree_cadres.items() if c["wishes"]]
        servis = Counter(classe(cle) for cle in self.reponse["assignment"] if cle not in self._tus)
        return effectifs(lignes, servis, Counter(map(classe, candidats)), self.seuil)

    @property
    def non_repartis(self) -> int:
        """Moves of the total that « Qui ce scénario sert » leaves out."""
        return len(self._tus)

    def soldes(self) -> list[dict[str, Any]]:
        """Balance, and distance from the target before and after when credits are in force."""
        ecarts = self.reponse["deviations"]
        return [
            {
                "collectivite": c,
                "solde": self.reponse["balance"].get(code, 0),
                "credit": self._credit(code),
                "avant": ecarts["before"].get(code, 0),
                "apres": ecarts["after"].get(code, 0),
            }
            for code, c in self._collectivites.items()
        ]

    def _credit(self, code: str) -> int:
        return next(
            (int(c["credit"]) for c in self.simulation.entree["collectivites"] if c["id"] == code),
            0,
        )

    @property
    def critere(self) -> str:
        """How balance is measured here: the solver's own word for it."""
        return str(self.reponse["criterion"])

    @property
    def a_des_credits(self) -> bool:
        return any(c["credit"] for c in self.simulation.entree["collectivites"])


class _Noms(dict[str, str]):
    """Those of the postes; a person's only where the sentence names them."""

    def __init__(self, postes: dict[str, str], nom: Callable[[str], str]) -> None:
        super().__init__(postes)
        self.nom = nom

    def __missing__(self, cle: str) -> str:
        return self.nom(cle) if cle.startswith("c") else INCONNU
