"""Synthetic campaigns, for the bench and the tests: same seed, same campaign.

Some postes are wanted more than others (log-normal): with uniform wishes, chains would be much easier
to find than they are, for every method alike.
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
    attrait: float = 1.0


NOMS = ("Ville", "Agglomération", "Département", "Région")


def campagne(
    taille: Taille, graine: int, reglages: Reglages | None = None, credits: tuple[int, ...] = ()
) -> Probleme:
    hasard = np.random.default_rng(graine)
    n = taille.cadres
    postes = n + max(1, round(n * taille.vacance))
    coll = hasard.integers(0, len(NOMS), postes)
    origine = hasard.permutation(postes)[:n]
    attrait = np.cumsum(hasard.lognormal(0, taille.attrait, postes))
    tirage = hasard.permutation(n) + 1
    voulus = _voeux(hasard, attrait / attrait[-1], origine, taille.voeux)
    avis: dict[str, dict[str, int]] = {}
    for i, siens in enumerate(voulus):
        for p in siens:
            if hasard.random() < taille.accueil:
                avis.setdefault(_poste(p), {})[_cadre(i)] = int(hasard.integers(1, 6))
    credits = credits or (0,) * len(NOMS)
    tau = taille.tolerance
    return Probleme(
        collectivites=tuple(
            Collectivite(nom[0], nom, None if tau is None else -tau, tau, credits[k])
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
    hasard: np.random.Generator, repartition: np.ndarray, origine: np.ndarray, combien: int
) -> list[list[int]]:
    """For each cadre, postes drawn by attraction without repetition nor their own: at least as many
    draws as needed, of which the first different ones are kept."""
    tires = np.searchsorted(repartition, hasard.random((len(origine), 4 * combien)))
    return [
        [p for p in dict.fromkeys(siens) if p != sien][:combien]
        for siens, sien in zip(tires.tolist(), origine.tolist(), strict=True)
    ]
