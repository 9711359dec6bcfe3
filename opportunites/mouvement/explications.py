"""What makes each move possible, in words: for those who decide, and for the cadre, whom no sentence
tells the name of anybody else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from opportunites.mouvement.composantes import LIBRE
from opportunites.mouvement.resultat import Resultat


def _tel_quel(identifiant: str) -> str:
    return identifiant


@dataclass(frozen=True, slots=True)
class Libelles:
    """How a screen calls a cadre or a poste: their ids, failing better."""

    cadre: Callable[[str], str] = _tel_quel
    poste: Callable[[str], str] = _tel_quel


@dataclass(frozen=True, slots=True)
class _Mouvement:
    """One move among the others, all by id."""

    cadre: str
    vers: str
    depuis: str | None
    #: Who frees the place by moving, and where to; or who leaves; or nobody (vacant).
    libere_par: str | None
    libere_vers: str | None
    sorti: str | None
    suivant: str | None


def expliquer(resultat: Resultat, libelles: Libelles | None = None) -> dict[str, dict[str, Any]]:
    """By cadre: `vers`, `libere_par`, `texte` (as the reference instances write it, in ASCII),
    `phrase` (for a DGS) and `phrase_cadre` (no name of another)."""
    libelles = libelles or Libelles()
    return {
        m.cadre: {
            "vers": m.vers,
            "libere_par": m.libere_par,
            "texte": _texte(m),
            "phrase": phrase(m, libelles),
            "phrase_cadre": phrase_cadre(m, libelles),
        }
        for m in _mouvements(resultat)
    }


def _mouvements(resultat: Resultat) -> list[_Mouvement]:
    instance, sources = resultat.instance, resultat.sources
    suivants = {avant: i for i, avant in sources.items() if avant != LIBRE}
    sortis = _places_des_partants(resultat)
    mouvements = []
    for i in sorted(sources):
        vers = resultat.affectation[instance.cadres[i]]
        avant = None if sources[i] == LIBRE else instance.cadres[sources[i]]
        sien = int(instance.origine[i])
        mouvements.append(
            _Mouvement(
                cadre=instance.cadres[i],
                vers=vers,
                depuis=instance.postes[sien] if sien >= 0 else None,
                libere_par=avant,
                libere_vers=resultat.affectation[avant] if avant else None,
                sorti=None if avant or not sortis.get(vers) else sortis[vers].pop(0),
                suivant=instance.cadres[suivants[i]] if i in suivants else None,
            )
        )
    return mouvements


def _places_des_partants(resultat: Resultat) -> dict[str, list[str | None]]:
    """By poste, whom each free place comes from: nobody for those vacant before, then who leaves."""
    instance = resultat.instance
    places: dict[str, list[str | None]] = {}
    tenus = instance.tenus
    for i in instance.part.nonzero()[0].tolist():
        poste = int(instance.origine[i])
        if poste < 0:
            continue
        nom = instance.postes[poste]
        if nom not in places:
            partants = int(((instance.origine == poste) & instance.part).sum())
            vacantes = int(instance.places[poste] - tenus[poste]) - partants
            places[nom] = [None] * max(0, vacantes)
        places[nom].append(instance.cadres[i])
    return places


def _texte(m: _Mouvement) -> str:
    if m.libere_par:
        return f"{m.vers} libere par {m.libere_par} qui part vers {m.libere_vers}"
    return f"{m.vers} libere par {m.sorti} (depart)" if m.sorti else f"{m.vers} est vacant"


def phrase(m: _Mouvement, libelles: Libelles) -> str:
    """« E → poste r1 : possible parce que A quitte r1 pour v9 ; libère v2, qui reste vacant »"""
    nom, poste = libelles.cadre, libelles.poste
    if m.libere_par and m.libere_vers:
        raison = f"{nom(m.libere_par)} quitte {poste(m.vers)} pour {poste(m.libere_vers)}"
    elif m.sorti:
        raison = f"{nom(m.sorti)} part et laisse {poste(m.vers)}"
    else:
        raison = f"{poste(m.vers)} est vacant"
    if m.depuis is None:
        suite = "ne libère aucun poste"
    elif m.suivant:
        suite = f"libère {poste(m.depuis)}, que prend {nom(m.suivant)}"
    else:
        suite = f"libère {poste(m.depuis)}, qui reste vacant"
    return f"{nom(m.cadre)} → poste {poste(m.vers)} : possible parce que {raison} ; {suite}"


def phrase_cadre(m: _Mouvement, libelles: Libelles) -> str:
    poste = libelles.poste
    raison = "le titulaire part" if m.libere_par or m.sorti else "ce poste est vacant"
    if m.depuis is None:
        suite = ""
    elif m.suivant:
        suite = f" ; {poste(m.depuis)}, que vous quittez, est repris"
    else:
        suite = f" ; {poste(m.depuis)}, que vous quittez, reste vacant"
    return f"Poste {poste(m.vers)} : possible parce que {raison}{suite}"
