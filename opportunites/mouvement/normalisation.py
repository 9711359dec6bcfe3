"""From the file to arrays: everything sorted, only admissible wishes kept.

Sorting by id and by tirage here is what makes the answer independent of the order of the file.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from opportunites.mouvement.donnees import Cadre, Couple, Probleme

Entiers = npt.NDArray[np.int64]
Booleens = npt.NDArray[np.bool_]

#: « No bound »: far beyond any number of cadres, far below 64 bits.
SANS_BORNE = 2**40
#: A poste whose host accepts nobody.
PERSONNE: tuple[int, dict[str, int]] = (-1, {})


@dataclass(frozen=True, slots=True)
class Instance:
    """Indices everywhere; cadres in (tirage, id) order, postes and collectivités in id order."""

    probleme: Probleme
    collectivites: list[str]
    postes: list[str]
    cadres: list[str]
    # collectivités: tolerance on balance − target
    bas: Entiers
    haut: Entiers
    cible: Entiers
    # postes
    coll: Entiers
    places: Entiers
    minimum: Entiers
    # cadres
    origine: Entiers  # poste held, or -1
    employeur: Entiers  # collectivité that homes the cadre, or -1
    part: Booleens
    # admissible wishes, by cadre then (rank, poste)
    v_cadre: Entiers
    v_poste: Entiers
    v_rang: Entiers
    v_hote: Entiers
    v_propose: Booleens
    #: For each cadre, the wish that an accepted decision imposes, or -1.
    impose: Entiers
    #: Accepted moves that are no admissible wish, or contradict another of the same cadre.
    impossibles: list[Couple]

    @property
    def credits(self) -> bool:
        return bool(self.cible.any())

    @property
    def points(self) -> Entiers:
        return np.maximum(1, self.probleme.reglages.rang_max + 1 - self.v_rang)

    @property
    def points_hote(self) -> Entiers:
        return np.maximum(1, self.probleme.reglages.rang_hote_max + 1 - self.v_hote)

    @property
    def compte_avant(self) -> Entiers:
        """Per collectivité, whom it homes before: those who leave are counted with `count_exits`."""
        compte = (self.employeur >= 0) & (
            ~self.part | np.full_like(self.part, self.probleme.reglages.compter_departs)
        )
        return np.bincount(self.employeur[compte], minlength=len(self.collectivites))

    @property
    def tenus(self) -> Entiers:
        """Per poste, the holders who do not leave."""
        la = (self.origine >= 0) & ~self.part
        return np.bincount(self.origine[la], minlength=len(self.postes))

    def soldes(self, choix: Entiers) -> Entiers:
        """Balances of a solution (`choix`: for each cadre its wish, or -1)."""
        n = len(self.collectivites)
        pris = choix[choix >= 0]
        arrivee = self.coll[self.v_poste[pris]]
        depart = self.employeur[self.v_cadre[pris]]
        dehors = arrivee != depart
        soldes = np.bincount(arrivee[dehors], minlength=n)
        soldes -= np.bincount(depart[dehors & (depart >= 0)], minlength=n)
        if self.probleme.reglages.compter_departs:
            partis = self.employeur[self.part & (self.employeur >= 0)]
            soldes -= np.bincount(partis, minlength=n)
        return soldes

    def admissible(self, choix: Entiers, souple: bool = False) -> bool:
        """The rules of the specification, caps aside, checked from the solution alone (`souple`:
        accepted moves aside)."""
        pris = choix[choix >= 0]
        la = (choix < 0) & ~self.part & (self.origine >= 0)
        remplis = np.bincount(self.origine[la], minlength=len(self.postes))
        remplis += np.bincount(self.v_poste[pris], minlength=len(self.postes))
        ecarts = self.soldes(choix) - self.cible
        imposes = self.impose >= 0
        return bool(
            (self.v_cadre[pris] == np.flatnonzero(choix >= 0)).all()
            and (remplis <= self.places).all()
            and (remplis >= self.minimum).all()
            and (ecarts >= self.bas).all()
            and (ecarts <= self.haut).all()
            and (souple or (choix[imposes] == self.impose[imposes]).all())
        )


def ordre_des_cadres(probleme: Probleme) -> list[Cadre]:
    """In (tirage, id) order; whoever has no lot number comes after those who have one."""
    return sorted(probleme.cadres, key=lambda c: (c.tirage is None, c.tirage or 0, c.id))


def normaliser(probleme: Probleme) -> Instance:
    collectivites = sorted(probleme.collectivites, key=lambda c: c.id)
    postes = sorted(probleme.postes, key=lambda p: p.id)
    cadres = ordre_des_cadres(probleme)
    rang_coll = {c.id: k for k, c in enumerate(collectivites)}
    rang_poste = {p.id: k for k, p in enumerate(postes)}
    coll = _entiers(rang_coll[p.collectivite] for p in postes)
    origine = _entiers(-1 if c.poste is None else rang_poste[c.poste] for c in cadres)
    sans_poste = _entiers(-1 if c.employeur is None else rang_coll[c.employeur] for c in cadres)
    employeur = np.where(origine >= 0, coll[origine], sans_poste) if len(postes) else sans_poste
    voeux = _voeux(probleme, cadres, rang_poste)
    proposes = {(d.cadre, d.poste) for d in probleme.decisions if d.statut == "proposed"}
    impose, impossibles = _acceptes(probleme, cadres, rang_poste, voeux)
    return Instance(
        probleme=probleme,
        collectivites=[c.id for c in collectivites],
        postes=[p.id for p in postes],
        cadres=[c.id for c in cadres],
        bas=_entiers(-SANS_BORNE if c.solde_min is None else c.solde_min for c in collectivites),
        haut=_entiers(SANS_BORNE if c.solde_max is None else c.solde_max for c in collectivites),
        cible=_entiers(-c.credit for c in collectivites),
        coll=coll,
        places=_entiers(p.places for p in postes),
        minimum=_entiers(p.minimum for p in postes),
        origine=origine,
        employeur=employeur,
        part=np.array([c.part for c in cadres], dtype=np.bool_),
        v_cadre=voeux[:, 0],
        v_poste=voeux[:, 1],
        v_rang=voeux[:, 2],
        v_hote=voeux[:, 3],
        v_propose=_proposes(proposes, cadres, postes, voeux),
        impose=impose,
        impossibles=impossibles,
    )


def _entiers(valeurs: Iterable[int]) -> Entiers:
    return np.array(list(valeurs), dtype=np.int64)


def _par_rang_decroissant(voeu: tuple[str, int]) -> int:
    return -voeu[1]


def rangs_voulus(cadre: Cadre) -> dict[str, int]:
    """What a cadre strictly prefers to what they hold: best rank of each, own poste as cut-off."""
    rangs = dict(cadre.voeux)
    if len(rangs) < len(cadre.voeux):  # some poste twice: its best rank counts
        rangs = dict(sorted(cadre.voeux, key=_par_rang_decroissant))
    borne = rangs.get(cadre.poste) if cadre.poste is not None else None
    if borne is None:
        return rangs
    return {poste: rang for poste, rang in rangs.items() if rang < borne}


def _voeux(probleme: Probleme, cadres: list[Cadre], rang_poste: dict[str, int]) -> Entiers:
    """Rows (cadre, poste, rank, host rank): the only moves that may happen."""
    fermes = {p.id for p in probleme.postes if p.ferme}
    refuses = {(d.cadre, d.poste or "") for d in probleme.decisions if d.statut == "refused"}
    retires = {d.cadre for d in probleme.decisions if d.statut == "withdrawn"}
    # {poste: (its index, {cadre: host rank})}: those that somebody may join.
    ouverts = {
        poste: (rang_poste[poste], rangs)
        for poste, rangs in probleme.avis.items()
        if rangs and poste not in fermes
    }
    lignes: list[tuple[int, int, int, int]] = []
    for i, cadre in enumerate(cadres):
        if not cadre.voeux or cadre.part or cadre.id in retires:
            continue
        siens = []
        for poste, rang in rangs_voulus(cadre).items():
            numero, rangs = ouverts.get(poste, PERSONNE)
            if cadre.id in rangs and (cadre.id, poste) not in refuses:
                siens.append((i, numero, rang, rangs[cadre.id]))
        siens.sort(key=_rang_puis_poste)
        lignes += siens
    return np.array(lignes, dtype=np.int64).reshape(len(lignes), 4)


def _rang_puis_poste(ligne: tuple[int, int, int, int]) -> tuple[int, int]:
    return ligne[2], ligne[1]


def _proposes(
    proposes: set[tuple[str, str | None]], cadres: list[Cadre], postes: list, voeux: Entiers
) -> Booleens:
    if not proposes:
        return np.zeros(len(voeux), dtype=np.bool_)
    return np.array(
        [(cadres[i].id, postes[p].id) in proposes for i, p in voeux[:, :2]], dtype=np.bool_
    )


def _acceptes(
    probleme: Probleme, cadres: list[Cadre], rang_poste: dict[str, int], voeux: Entiers
) -> tuple[Entiers, list[Couple]]:
    impose = np.full(len(cadres), -1, dtype=np.int64)
    couples = {(d.cadre, d.poste or "") for d in probleme.decisions if d.statut == "accepted"}
    if not couples:
        return impose, []
    rang_cadre = {c.id: k for k, c in enumerate(cadres)}
    lignes = {(int(i), int(p)): w for w, (i, p) in enumerate(voeux[:, :2])}
    impossibles = []
    for cadre, poste in sorted(couples, key=lambda c: (rang_cadre[c[0]], c[1])):
        i = rang_cadre[cadre]
        voeu = lignes.get((i, rang_poste[poste]), -1)
        if voeu < 0 or impose[i] >= 0:
            impossibles.append((cadre, poste))
        else:
            impose[i] = voeu
    return impose, impossibles
