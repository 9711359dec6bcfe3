"""Synthetic campaigns, for the bench and the tests: same seed, same campaign.

Cadres want postes of their own métier, some much more than others (log-normal), and vacant ones, which
are published, more than those that are held. The shape is set so that the ways of today serve about as
many as in the cases the simulator was specified on (60 cadres: 18 one by one, 28 in two strong phases).
"""

from dataclasses import dataclass

import numpy as np

from opportunites.mouvement.donnees import Cadre, Collectivite, Poste, Probleme, Reglages


@dataclass(frozen=True, slots=True)
class Taille:
    cadres: int
    #: Vacant postes, as a share of the cadres.
    vacance: float = 0.10
    #: Chance that a host accepts a cadre who wants its poste.
    accueil: float = 0.30
    voeux: int = 8
    #: Tolerance on each balance; None for none.
    tolerance: int | None = None
    #: How unequally postes are wanted: sigma of a log-normal popularity (0: all alike).
    attrait: float = 1.3
    #: How much more a vacancy is wanted than if somebody held it.
    annonce: float = 4.0
    #: Postes of a métier.
    metier: int = 45


NOMS = ("Ville", "Agglomération", "Département", "Région")


def campagne(
    taille: Taille, graine: int, reglages: Reglages | None = None, cumuls: tuple[int, ...] = ()
) -> Probleme:
    hasard = np.random.default_rng(graine)
    n = taille.cadres
    postes = n + max(1, round(n * taille.vacance))
    coll = hasard.integers(0, len(NOMS), postes)
    origine = hasard.permutation(postes)[:n]
    tirage = hasard.permutation(n) + 1
    voulus = _voeux(hasard, taille, postes, origine)
    avis: dict[str, dict[str, int]] = {}
    for i, siens in enumerate(voulus):
        for p in siens:
            if hasard.random() < taille.accueil:
                avis.setdefault(_poste(p), {})[_cadre(i)] = int(hasard.integers(1, 6))
    cumuls = cumuls or (0,) * len(NOMS)
    tau = taille.tolerance
    return Probleme(
        collectivites=tuple(
            Collectivite(nom[0], nom, None if tau is None else -tau, tau, cumuls[k])
            for k, nom in enumerate(NOMS)
        ),
        postes=tuple(Poste(_poste(p), NOMS[coll[p]][0]) for p in range(postes)),
        cadres=tuple(
            Cadre(
                _cadre(i),
                int(tirage[i]),
                _poste(int(origine[i])),
                voeux=tuple((_poste(p), rang) for rang, p in enumerate(siens, 1)),
            )
            for i, siens in enumerate(voulus)
        ),
        avis=avis,
        reglages=reglages or Reglages(),
    )


def _poste(rang: int) -> str:
    return f"p{rang:06d}"


def _cadre(rang: int) -> str:
    return f"c{rang:06d}"


def _voeux(
    hasard: np.random.Generator, taille: Taille, postes: int, origine: np.ndarray
) -> list[list[int]]:
    """For each cadre, postes of their métier drawn by attraction, without repetition nor their own:
    the first different ones of more draws than needed."""
    metiers = max(1, round(postes / taille.metier))
    metier = hasard.integers(0, metiers, postes)
    ordre = np.argsort(metier, kind="stable")
    attrait = hasard.lognormal(0, taille.attrait, postes) * taille.annonce
    attrait[origine] /= taille.annonce
    cumul = np.cumsum(attrait[ordre])
    fins = np.searchsorted(metier[ordre], np.arange(metiers), side="right")
    haut = np.concatenate([[0.0], cumul])[fins]
    bas = np.concatenate([[0.0], haut[:-1]])
    siens = metier[origine][:, None]
    hauteur = bas[siens] + hasard.random((len(origine), 4 * taille.voeux)) * (haut - bas)[siens]
    tires = ordre[np.searchsorted(cumul, hauteur).clip(max=postes - 1)]
    return [
        [p for p in dict.fromkeys(ligne) if p != sien][: taille.voeux]
        for ligne, sien in zip(tires.tolist(), origine.tolist(), strict=True)
    ]
