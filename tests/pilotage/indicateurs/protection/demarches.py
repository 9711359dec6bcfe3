"""Démarches made at random: people, how far each went, who moved where; and the same some months later."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import numpy as np

from pilotage.indicateurs.protection.moteur import Jour, Moteur, valeur
from pilotage.indicateurs.protection.releve import Releve
from tests.pilotage.indicateurs.protection.attaquant import EMPLOYEURS, ENTREE, ETAPES, Verite

FEMME, HOMME = 0, 1


@dataclass(frozen=True)
class Personne:
    """`vers` is None as long as the last step is not reached."""

    de: int
    sexe: int
    etape: int
    vers: int | None = None
    promotion: int = 0


def autre(hasard: random.Random, employeur: int) -> int:
    return hasard.choice([e for e in range(EMPLOYEURS) if e != employeur])


def peupler(hasard: random.Random, mobilites: int, recenses: int = 100) -> list[Personne]:
    gens = [
        Personne(
            hasard.randrange(EMPLOYEURS),
            hasard.choice((FEMME, HOMME)),
            hasard.choices(range(6), [30, 8, 4, 18, 8, 6])[0],
        )
        for _ in range(recenses)
    ]
    for _ in range(mobilites):
        de = hasard.randrange(EMPLOYEURS)
        gens.append(Personne(de, hasard.choice((FEMME, HOMME)), 6, autre(hasard, de)))
    return gens


def avancer(hasard: random.Random, gens: list[Personne], mobilites: int) -> list[Personne]:
    """Some months later: one in ten one step further, and `mobilites` more who moved."""
    suite = [
        replace(p, etape=p.etape + 1) if p.etape < 5 and hasard.random() < 0.1 else p for p in gens
    ]
    partants = hasard.sample([i for i, p in enumerate(suite) if p.etape < 6], mobilites)
    for i in partants:
        suite[i] = replace(suite[i], etape=6, vers=autre(hasard, suite[i].de))
    return suite


def repartir(hasard: random.Random, gens: list[Personne], promotions: int) -> list[Personne]:
    """The same, each in a promotion, by an hour of entry: the first is further on."""
    return [
        replace(p, promotion=min(promotions - 1, hasard.randrange(promotions + (p.etape < 5))))
        for p in gens
    ]


def verite(gens: list[Personne], promotions: int = 0) -> Verite:
    """As the attacker counts: without the engine."""
    classes = 2 * (promotions + 1) if promotions else 2
    etapes = np.zeros((ETAPES, EMPLOYEURS, classes), int)
    mouvements = np.zeros((EMPLOYEURS, EMPLOYEURS, classes), int)
    for p in gens:
        rang = p.promotion if p.etape >= ENTREE else promotions
        classe = 2 * rang + p.sexe if promotions else p.sexe
        etapes[: p.etape + 1, p.de, classe] += 1
        if p.vers is not None:
            mouvements[p.de, p.vers, classe] += 1
    return Verite(etapes, mouvements)


def releve(gens: list[Personne], promotions: int = 0) -> Releve:
    """As the engine takes them."""
    suivies = [
        verite([p for p in gens if p.etape >= ENTREE and p.promotion == rang])
        for rang in range(promotions)
    ]
    v = verite(gens)

    def tableau(t: np.ndarray) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(int(n) for n in ligne) for ligne in t)

    etapes, mouvements = tableau(v.etapes.sum(axis=2)), tableau(v.mouvements.sum(axis=2))
    return Releve(
        employeurs=("ville", "agglomeration", "departement", "region"),
        etapes=etapes,
        femmes=tableau(v.etapes[:, :, FEMME]),
        hommes=tableau(v.etapes[:, :, HOMME]),
        mouvements=mouvements,
        mouvements_femmes=tableau(v.mouvements[:, :, FEMME]),
        mouvements_hommes=tableau(v.mouvements[:, :, HOMME]),
        engagees=sum(etapes[5]) - sum(map(sum, mouvements)),
        promotions=tuple(str(rang) for rang in range(promotions)),
        etapes_promotions=tuple(tableau(v.etapes.sum(axis=2)) for v in suivies),
        mouvements_promotions=tuple(tableau(v.mouvements.sum(axis=2)) for v in suivies),
    )


def imprimer(
    jours: list[list[Personne]],
    seuil: int = 5,
    secret: bytes = b"secret",
    promotions: int = 0,
) -> list[dict]:
    """What the engine lets print of each day: figure → value, of that day alone."""
    passes: list[Jour] = []
    imprimes = []
    for gens in jours:
        r = releve(gens, promotions)
        dites = Moteur(r, passes, seuil, secret).imprimables()
        passes.append(Jour(r, dites))
        imprimes.append({cle: valeur(r, cle) for cle in dites})
    return imprimes
