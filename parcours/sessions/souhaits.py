"""Sockets of the parcours: where the rooms above add to its pages (see `cadres.prises`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cadres.prises import Prise
from collectivites.acteurs.acteur import Acteur


@dataclass(frozen=True)
class Souhait:
    """An immersion spoken of with the host of a poste: not yet days, not yet known to the employer.

    `suite`: where the person asks for their days, once the host said yes; or "".
    """

    titre: str
    url: str
    accueil: str
    etat: str
    suite: str = ""


#: (acteur) -> the immersions that the person spoke of elsewhere. One query.
SOUHAITS: Prise[Callable[[Acteur], Iterable[Souhait]]] = Prise("opportunites")
