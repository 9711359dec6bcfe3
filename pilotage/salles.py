"""TEMPORARY: rooms still being furnished (replaced by plain imports)."""
from importlib import import_module

from collectivites.acteur import Acteur
from collectivites.attentes import Attente


def attentes_des_salles(acteur: Acteur) -> list[Attente]:
    liste: list[Attente] = []
    for nom in ("cadres", "parcours", "opportunites"):
        try:
            module = import_module(f"{nom}.a_faire")
        except ModuleNotFoundError:
            continue
        liste += module.a_faire(acteur)
    return liste
