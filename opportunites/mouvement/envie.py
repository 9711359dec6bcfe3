"""Justified envy, said plainly: somebody would rather have a poste, and its host rather them, than the
cadre who gets it. Only arrivals are envied: one's own poste is an absolute right."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from opportunites.mouvement.composantes import derriere
from opportunites.mouvement.explications import Libelles
from opportunites.mouvement.normalisation import Entiers, Instance
from opportunites.mouvement.resultat import Resultat


@dataclass(frozen=True, slots=True)
class Envie:
    """`envieux` prefers `poste` to what they get, and its host prefers them to `servi`."""

    envieux: str
    poste: str
    servi: str
    #: Moves that would fall without that of `servi`.
    ouverts: int
    #: Where `envieux` goes instead, if anywhere.
    ailleurs: str | None


def envies(resultat: Resultat) -> list[Envie]:
    if resultat.solution is None:
        return []
    instance, choix = resultat.instance, resultat.solution.choix
    ouverts = derriere(resultat.composantes)
    return [
        Envie(
            instance.cadres[b],
            instance.postes[p],
            instance.cadres[a],
            ouverts[a],
            resultat.affectation.get(instance.cadres[b]),
        )
        for b, p, a in couples(instance, choix)
    ]


def couples(instance: Instance, choix: Entiers) -> list[tuple[int, int, int]]:
    """(who envies, poste, who is served), by index."""
    pris = choix[choix >= 0]
    if not len(pris):
        return []
    obtenu = np.full(len(choix), np.iinfo(np.int64).max)
    obtenu[instance.v_cadre[pris]] = instance.v_rang[pris]
    pire = np.full(len(instance.postes), -1, dtype=np.int64)
    np.maximum.at(pire, instance.v_poste[pris], instance.v_hote[pris])
    envie = (instance.v_rang < obtenu[instance.v_cadre]) & (
        instance.v_hote < pire[instance.v_poste]
    )
    arrives: dict[int, list[int]] = {}
    for w in pris.tolist():
        arrives.setdefault(int(instance.v_poste[w]), []).append(w)
    return [
        (int(instance.v_cadre[w]), int(instance.v_poste[w]), int(instance.v_cadre[autre]))
        for w in np.flatnonzero(envie).tolist()
        for autre in arrives[int(instance.v_poste[w])]
        if instance.v_hote[autre] > instance.v_hote[w]
    ]


def phrase(e: Envie, prouve: bool, libelles: Libelles | None = None) -> str:
    libelles = libelles or Libelles()
    envieux, servi = libelles.cadre(e.envieux), libelles.cadre(e.servi)
    debut = f"l’hôte de {libelles.poste(e.poste)} préfère {envieux} à {servi}"
    if e.ouverts:
        mouvements = f"{e.ouverts} mouvement{'s' if e.ouverts > 1 else ''}"
        return f"{debut} ; {servi} obtient ce poste parce que son départ ouvre {mouvements}"
    if e.ailleurs:
        debut += f", et {envieux} obtient {libelles.poste(e.ailleurs)}"
    if not prouve:
        return f"{debut} ; il en est ainsi dans la meilleure solution trouvée"
    return f"{debut} ; aucune solution avec {envieux} sur ce poste ne fait mieux au total"


def rapport(resultat: Resultat, libelles: Libelles | None = None) -> list[dict[str, Any]]:
    return [
        {
            "cadre": e.envieux,
            "poste": e.poste,
            "servi": e.servi,
            "ouvre": e.ouverts,
            "obtient": e.ailleurs,
            "phrase": phrase(e, resultat.prouve, libelles),
        }
        for e in envies(resultat)
    ]
