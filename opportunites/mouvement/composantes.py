"""The moves cut into chains, which begin at a free place, and rings.

`Appariement`: for each mover, the cadre whose departure frees the place they take, or -1 for a free
place. With one place a poste it is unique; with several, who follows whom is a convention, and a free
place serves first, since nobody then waits for anybody.
"""

from dataclasses import dataclass

from opportunites.mouvement.normalisation import Entiers, Instance

Appariement = dict[int, int]
LIBRE = -1


@dataclass(frozen=True, slots=True)
class Composante:
    """`cadres` from the free place down; in a ring, each takes the place of the one before, and the
    first that of the last."""

    boucle: bool
    cadres: tuple[int, ...]


def apparier(instance: Instance, choix: Entiers) -> Appariement:
    partants: dict[int, list[int]] = {}
    libres = instance.places - instance.tenus
    mobiles = [(i, int(choix[i])) for i in (choix >= 0).nonzero()[0].tolist()]
    for i, _ in reversed(mobiles):
        if instance.origine[i] >= 0:
            partants.setdefault(int(instance.origine[i]), []).append(i)
    reste: dict[int, int] = {}
    sources: Appariement = {}
    for i, voeu in mobiles:
        poste = int(instance.v_poste[voeu])
        place = reste.setdefault(poste, int(libres[poste]))
        if place > 0:
            reste[poste] = place - 1
            sources[i] = LIBRE
        else:
            sources[i] = partants[poste].pop()
    return sources


def decomposer(sources: Appariement) -> list[Composante]:
    """In order of their first cadre (the smallest of a ring)."""
    suivant = {avant: i for i, avant in sources.items() if avant != LIBRE}
    composantes = [
        Composante(False, tuple(_suivre(i, suivant)))
        for i, avant in sources.items()
        if avant == LIBRE
    ]
    vus = {i for composante in composantes for i in composante.cadres}
    for i in sorted(sources):
        if i not in vus:
            boucle = Composante(True, tuple(_suivre(i, suivant)))
            composantes.append(boucle)
            vus.update(boucle.cadres)
    return sorted(composantes, key=lambda c: c.cadres[0])


def _suivre(depuis: int, suivant: dict[int, int]) -> list[int]:
    chemin = [depuis]
    while (apres := suivant.get(chemin[-1])) is not None and apres != depuis:
        chemin.append(apres)
    return chemin


def respecte(instance: Instance, sources: Appariement) -> bool:
    """Whether these chains and rings are within the caps."""
    reglages = instance.probleme.reglages
    for composante in decomposer(sources):
        plafond = reglages.boucle_max if composante.boucle else reglages.chaine_max
        if plafond is not None and len(composante.cadres) > plafond:
            return False
    return True


def derriere(composantes: list[Composante]) -> dict[int, int]:
    """For each mover, how many moves would fall without theirs."""
    ouverts = {}
    for composante in composantes:
        longueur = len(composante.cadres)
        for rang, i in enumerate(composante.cadres):
            ouverts[i] = longueur - 1 - (0 if composante.boucle else rang)
    return ouverts


def tiennent(composantes: list[Composante], refus: set[int]) -> set[int]:
    """Who still moves after these refusals, nothing being solved again: a chain holds from its free
    place down to the first refusal, a ring whole or not at all."""
    encore: set[int] = set()
    for composante in composantes:
        refuses = [rang for rang, i in enumerate(composante.cadres) if i in refus]
        if composante.boucle and refuses:
            continue
        encore.update(composante.cadres[: refuses[0] if refuses else None])
    return encore
