"""What waits for somebody: the rows of « À faire », gathered from every app."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone


@dataclass(frozen=True)
class Attente:
    """One thing expected of the reader. `echeance`: the day by which; None when there is none.
    `sans_nom`: the detail as a mail says it, when the page names somebody."""

    titre: str
    detail: str
    url: str
    bouton: str
    echeance: date | None = None
    #: An appointment happens on that day; anything else is due by it.
    rendez_vous: bool = False
    sans_nom: str | None = None
    #: The subject of a mail that says nothing else; empty: it counts its lines.
    objet: str = ""

    @property
    def detail_ecrit(self) -> str:
        return self.detail if self.sans_nom is None else self.sans_nom

    @property
    def jours(self) -> int | None:
        """Days left, negative once it is late."""
        return None if self.echeance is None else (self.echeance - timezone.localdate()).days

    @property
    def en_retard(self) -> bool:
        return self.jours is not None and self.jours < 0


def grouper(attentes: list[Attente], ensemble: Callable[[int], Attente]) -> list[Attente]:
    """Two lines alike stay as they are; beyond, one line that counts them."""
    return attentes if len(attentes) <= 2 else [ensemble(len(attentes))]


def par_echeance(attentes: list[Attente]) -> list[Attente]:
    """The most pressing first; those without a date last, in the order they came."""
    return sorted(attentes, key=cle_d_echeance)


def cle_d_echeance(attente: Attente) -> tuple[bool, date]:
    return (attente.echeance is None, attente.echeance or date.max)
