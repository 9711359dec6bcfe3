"""Which figures of a day may be printed, given all that was printed before: the one engine.

Five readers are held off at once. An outsider, and a reader of several documents of one day, know all
that is printed; one of the employers knows besides its own people and those who came to it; a reader
of two days knows both, and that what was reached stays reached. No figure between one and the
threshold, and no change of one between two days, may then be told from one at the threshold. A reader
of this code does not know which figure was hidden to cover another: that is drawn by a secret of the
démarche.

Each proof is a flow (`reseau`), never a guess: what is printed is safe or is not printed.
"""

from __future__ import annotations

import hashlib
import heapq
import hmac
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from pilotage.indicateurs.protection.releve import (
    ETAPES,
    PAR_EMPLOYEUR,
    PAR_PROMOTION,
    Releve,
)
from pilotage.indicateurs.protection.reseau import (
    DERNIERE,
    ENTREE,
    SANS_BORNE,
    TOUS,
    Arc,
    Chemin,
    Cle,
    Noeud,
    Reseau,
    arcs_des_etapes,
    arcs_des_promotions,
    arcs_des_sexes,
    remonter,
)
from pilotage.indicateurs.protection.vue import ECHANGES, RESTE, Lecture, est_interieure, libre

FEMMES = 0
ENGAGEES: Cle = ("arret", ETAPES.index("acceptees"), TOUS)
EFFECTIVES: Cle = ("etape", DERNIERE, TOUS)
RECENSES, VOLONTAIRES, EN_PARCOURS = (ETAPES.index(code) for code in PAR_EMPLOYEUR)

#: What the loss of a figure costs to whoever reads: the engine hides the cheapest that will do.
COUTS = {
    EFFECTIVES: 600,
    ECHANGES: 500,
    ENGAGEES: 90,
    ("etape", RECENSES, TOUS): 400,
    ("etape", VOLONTAIRES, TOUS): 300,
    ("etape", EN_PARCOURS, TOUS): 300,
}
COUTS_DU_GENRE = {"depart": 40, "arrivee": 40, "sexe": 15, "etape": 30, "promotion": 10}


def figures(nb_employeurs: int, nb_promotions: int = 0) -> list[Cle]:
    """All that may be printed of a day."""
    rangs = range(nb_employeurs)
    des_promotions = [ETAPES.index(code) for code in PAR_PROMOTION]
    etapes = [ETAPES.index(code) for code in PAR_EMPLOYEUR]
    return [
        *(("etape", k, TOUS) for k in range(len(ETAPES))),
        ECHANGES,
        ENGAGEES,
        *(("etape", k, o) for k in etapes for o in rangs),
        *(("depart", o, TOUS) for o in rangs),
        *(("arrivee", h, TOUS) for h in rangs),
        *(("sexe", k, FEMMES) for k in (*etapes, DERNIERE)),
        *(("promotion", k, p) for p in range(nb_promotions) for k in des_promotions),
    ]


Graphe = Callable[[Releve, "int | None"], list[Arc]]


@dataclass(frozen=True)
class Jour:
    """The true counts of a day, and which of them were printed on it."""

    releve: Releve
    imprimees: frozenset[Cle]


def valeur(releve: Releve, cle: Cle) -> int:
    """A figure, from the true counts."""
    genre, k, o = cle
    mouvements = releve.mouvements
    rangs = range(len(mouvements))
    if genre == "sexe":
        par_sexe = releve.mouvements_femmes if k == DERNIERE else (releve.femmes[k],)
        return sum(map(sum, par_sexe))
    if genre == "promotion":
        tableaux = releve.mouvements_promotions if k == DERNIERE else releve.etapes_promotions
        return sum(map(sum, tableaux[o])) if k == DERNIERE else sum(tableaux[o][k])
    if genre == "depart":
        return sum(n for h, n in enumerate(mouvements[k]) if h != k)
    if genre == "arrivee":
        return sum(mouvements[autre][k] for autre in rangs if autre != k)
    if cle == ECHANGES:
        return releve.effectives - sum(mouvements[i][i] for i in rangs)
    if cle == ENGAGEES:
        return releve.engagees
    if cle == EFFECTIVES:
        return releve.effectives
    return sum(releve.etapes[k]) if o == TOUS else releve.etapes[k][o]


#: The three graphs, and the kind of figures that stand in each alone.
ETAPE, SEXE, PROMOTION = "etape", "sexe", "promotion"


def _figees(cles: Iterable[Cle], graphe: str) -> set[Cle]:
    """The arcs of a graph that printed figures freeze."""
    cles = list(cles)
    if graphe == ETAPE:
        return {cle for cle in cles if cle[0] not in (SEXE, PROMOTION)}
    debut = ENTREE if graphe == PROMOTION else 0
    communs = {cle for cle in cles if cle[0] == graphe or cle == ENGAGEES}
    return communs | {
        (graphe, k, TOUS) for genre, k, o in cles if genre == ETAPE and o == TOUS and k >= debut
    }


def _equivalente(cle: Cle, graphe: str) -> Cle:
    """The figure that is printed behind an arc."""
    return (ETAPE, *cle[1:]) if cle[0] == graphe and cle[2] == TOUS else cle


class Moteur:
    """Protects one more day. `cle_secrete`: the démarche's own, which no reader of the code has."""

    def __init__(
        self, releve: Releve, anterieurs: Sequence[Jour], seuil: int, cle_secrete: bytes
    ) -> None:
        self.releve, self.anterieurs, self.seuil = releve, list(anterieurs), seuil
        self.cle_secrete = cle_secrete

    def imprimables(self) -> frozenset[Cle]:
        """The figures of this day that may be printed."""
        toutes = figures(len(self.releve.employeurs), len(self.releve.promotions))
        permises = {cle for cle in toutes if self._a_un_sens(cle)}
        permises -= {cle for cle in permises if self._a_peu_change(cle)}
        permises -= {cle for cle in permises if cle[0] == "sexe" and self._un_sexe_est_seul(cle)}
        permises -= {c for c in permises if c[0] == PROMOTION and c[1] in self._dites_de_tous}
        for lecteur in self._lecteurs:
            for graphe, arcs in self._graphes.items():
                self._proteger(self._lire(arcs, lecteur), permises, graphe)
        return frozenset(self._coherentes(permises))

    @cached_property
    def _graphes(self) -> dict[str, Graphe]:
        graphes: dict[str, Graphe] = {ETAPE: arcs_des_etapes, SEXE: arcs_des_sexes}
        if self.releve.promotions:
            releves = (self.releve, *(jour.releve for jour in self.anterieurs))
            reste = any(releve.a_des_gens_sans_promotion for releve in releves)
            graphes[PROMOTION] = partial(arcs_des_promotions, avec_reste=reste)
        return graphes

    @cached_property
    def _dites_de_tous(self) -> set[int]:
        """The steps that nearly all those of a promotion have reached, one's own people taken away or
        not: who is in it is known by name, so the number would say it of each. Then it is told of no
        promotion, or the total would give it. Who has moved is known to all."""
        if not self.releve.promotions:
            return set()
        trouvees = set()
        for lecteur in self._lecteurs:
            lues = {a.cle: a.valeur for a in self._graphes[PROMOTION](self.releve, lecteur)}
            for p in range(len(self.releve.promotions)):
                for k in range(ENTREE + 1, DERNIERE):
                    n = lues[PROMOTION, k, p]
                    if n > 0 and lues[PROMOTION, ENTREE, p] - n < RESTE:
                        trouvees.add(k)
        return trouvees

    def _a_peu_change(self, cle: Cle) -> bool:
        """A figure is told anew once it has changed by the threshold: until then the former stands."""
        dernier = next((j for j in reversed(self.anterieurs) if cle in j.imprimees), None)
        if dernier is None:
            return False
        return abs(valeur(self.releve, cle) - valeur(dernier.releve, cle)) < self.seuil

    def _un_sexe_est_seul(self, cle: Cle) -> bool:
        """Whether an employer, its own people taken away, is left with women alone, or men: then who
        they are is told by where they come from. The same of those who came since the last time."""
        dernier = next((j for j in reversed(self.anterieurs) if cle in j.imprimees), None)
        for lecteur in self._lecteurs[1:]:
            restent = [
                {a.cle: a.valeur for a in arcs_des_sexes(releve, lecteur)}
                for releve in (self.releve, *([dernier.releve] if dernier else []))
            ]
            femmes, hommes = (
                [r["sexe", cle[1], sexe] for r in restent] for sexe in (FEMMES, 1 - FEMMES)
            )
            ecarts = [(femmes[0], hommes[0])]
            if dernier:
                ecarts.append((femmes[0] - femmes[1], hommes[0] - hommes[1]))
            if any(f + h > 0 and min(f, h) < RESTE for f, h in ecarts):
                return True
        return False

    @cached_property
    def _lecteurs(self) -> list[int | None]:
        return [None, *range(len(self.releve.employeurs))]

    def _a_un_sens(self, cle: Cle) -> bool:
        """Open files are told when they are those who accepted and did not move yet: else two
        staircases would cross."""
        if cle[0] == "sexe":
            return self._sexes_connus
        acceptees = sum(self.releve.etapes[ETAPES.index("acceptees")])
        attendues = acceptees - self.releve.effectives
        return cle != ENGAGEES or attendues == self.releve.engagees

    @cached_property
    def _sexes_connus(self) -> bool:
        r = self.releve
        return all(
            sum(tous) == sum(femmes) + sum(hommes)
            for tous, femmes, hommes in (
                *zip(r.etapes, r.femmes, r.hommes, strict=True),
                (
                    map(sum, r.mouvements),
                    map(sum, r.mouvements_femmes),
                    map(sum, r.mouvements_hommes),
                ),
            )
        )

    def _lire(self, arcs: Graphe, lecteur: int | None) -> Lecture:
        releves = [*(jour.releve for jour in self.anterieurs), self.releve]
        entiers = [arcs(r, None) for r in releves]
        return Lecture(
            [arcs(r, lecteur) for r in releves], entiers, self.seuil, initie=lecteur is not None
        )

    def _proteger(self, lecture: Lecture, permises: set[Cle], graphe: str) -> None:
        """Take out of `permises` what would tell a small figure of any day to this reader."""
        dernier = len(lecture.jours) - 1
        reseaux = [lecture.reseau(du, dernier) for du in range(dernier + 1)]
        for du in range(dernier + 1):
            seul = lecture.reseau(du, du) if du < dernier else None
            de_ce_jour = _figees(self.anterieurs[du].imprimees, graphe) if seul else set()
            for cle, besoin, est_hausse in sorted(lecture.besoins(du)):
                doute = lecture.initie and est_interieure(cle)
                if seul and seul.est_sur(cle, besoin, doute, de_ce_jour):
                    continue
                # A figure of this day moves with the days before as well as alone; a change does not.
                debuts = [du] if est_hausse else range(du, -1, -1)
                for debut in debuts:
                    self._ajuster(lecture, reseaux[debut], debut, permises, graphe)
                    figees = self._avant(debut, graphe) | _figees(permises, graphe)
                    if reseaux[debut].est_sur(cle, besoin, doute, figees):
                        break
                else:
                    self._liberer(lecture, reseaux[du], du, cle, besoin, permises, graphe)

    def _avant(self, debut: int, graphe: str) -> set[Cle]:
        return _figees({c for jour in self.anterieurs[debut:] for c in jour.imprimees}, graphe)

    def _ajuster(
        self, lecture: Lecture, reseau: Reseau, debut: int, permises: set[Cle], graphe: str
    ) -> None:
        """Where no later day prints the steps above, these can be higher on it: what moves on the
        first day is then made up for."""
        apres = {c for jour in self.anterieurs[debut + 1 :] for c in jour.imprimees}
        if debut < len(self.anterieurs):
            apres |= permises
        premieres: dict[int, int] = {}
        for g, k, o in _figees(apres, graphe):
            if g == graphe:
                premieres[o] = min(premieres.get(o, len(ETAPES)), k)
        tous = premieres.get(TOUS, len(ETAPES))
        for cle, bas in lecture.seul(debut).items():
            if cle[1] < min(premieres.get(cle[2], len(ETAPES)), tous):
                reseau.bas[cle] = bas
            else:
                plus_bas = min(v[cle] for v in lecture.valeurs[debut:])
                reseau.bas[cle] = libre(plus_bas)

    def _liberer(
        self,
        lecture: Lecture,
        reseau: Reseau,
        debut: int,
        cle: Cle,
        besoin: int,
        permises: set[Cle],
        graphe: str,
    ) -> None:
        """Hide the cheapest figures of this day that leave `cle` in doubt."""
        permises.discard(_equivalente(cle, graphe))
        pousse: dict[Cle, int] = {}
        avant = self._avant(debut, graphe)
        while besoin > 0:
            chemin = self._moindre_cout(reseau, cle, avant, permises, pousse, graphe)
            if chemin is None:  # nothing more can be done by hiding: then nothing is told
                permises.clear()
                return
            for voie, _ in chemin:
                permises.discard(_equivalente(voie, graphe))
            self._ajuster(lecture, reseau, debut, permises, graphe)
            besoin -= reseau.pousser(chemin, pousse, besoin)

    def _moindre_cout(
        self,
        reseau: Reseau,
        cle: Cle,
        avant: set[Cle],
        permises: set[Cle],
        pousse: dict[Cle, int],
        graphe: str,
    ) -> Chemin | None:
        """A way round by what is not printed yet, else by what costs least to hide."""
        arc = reseau.par_cle[cle]
        figees = _figees(permises, graphe)
        depart, but = arc.extremite, arc.origine
        couts: dict[Noeud, int] = {depart: 0}
        venus: dict[Noeud, tuple[Noeud, Cle, bool] | None] = {depart: None}
        file, ordre = [(0, 0, depart)], 0
        while file:
            cout, _, noeud = heapq.heappop(file)
            if noeud == but:
                return remonter(venus, noeud)
            if cout > couts[noeud]:
                continue
            for suivant, voie, avance in reseau.voisins[noeud]:
                if voie.cle in avant or not reseau.peut(voie, avance, pousse, cle=cle):
                    continue
                prix = self._cout(_equivalente(voie.cle, graphe)) if voie.cle in figees else 0
                if cout + 1 + prix < couts.get(suivant, SANS_BORNE * 1000):
                    couts[suivant] = cout + 1 + prix
                    venus[suivant] = (noeud, voie.cle, avance)
                    ordre += 1
                    heapq.heappush(file, (couts[suivant], ordre, suivant))
        return None

    def _cout(self, cle: Cle) -> int:
        """What hiding it costs, with a draw that only the démarche's secret tells."""
        base = COUTS.get(cle) or COUTS_DU_GENRE.get(cle[0], 20)
        message = f"{len(self.anterieurs)}:{cle}".encode()
        tirage = hmac.new(self.cle_secrete, message, hashlib.sha256).digest()[0]
        return base * 1000 * (256 + tirage) // 256

    def _coherentes(self, permises: set[Cle]) -> Iterable[Cle]:
        """A share of women is told of a number that is; promotions, of a total that is: all told, they
        would add up to it."""
        return (
            cle
            for cle in permises
            if cle[0] not in (SEXE, PROMOTION) or (ETAPE, cle[1], TOUS) in permises
        )
