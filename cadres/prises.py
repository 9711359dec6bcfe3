"""Sockets: where the rooms above add to what the registre shows and does, from their `AppConfig.ready`.

The layers run down only: `cadres` knows neither the parcours nor the opportunités; it calls what they
plugged in here, in the order written here, whatever the order of the installed apps. Plugging the
same subject again replaces it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Demarche


@dataclass(frozen=True)
class Etape:
    """The next step of a cadre, as the reader may know it. `url` leads to where it is taken.
    `jour`: it happens on that very day (an appointment); otherwise, it is due by then."""

    texte: str
    echeance: date | None = None
    url: str = ""
    jour: bool = False

    @property
    def en_retard(self) -> bool:
        return self.echeance is not None and self.echeance < timezone.localdate()


@dataclass(frozen=True)
class Rubrique:
    """A chapter of « mes données ». `cle` is its name in the download (ASCII, stable).

    `lignes` are read by people; `machine`, by programs: coded states, dates to be written as ISO 8601.
    A chapter without it is downloaded as its lines."""

    cle: str
    titre: str
    lignes: list[tuple[str, Any]] = field(default_factory=list)
    machine: list[dict[str, Any]] = field(default_factory=list)

    @property
    def absents(self) -> list[str]:
        """The lines under which nothing is held."""
        return [libelle for libelle, valeur in self.lignes if not valeur and valeur != 0]


Branche = TypeVar("Branche", bound=Callable[..., Any])


class Prise(Generic[Branche]):
    """What several subjects of the rooms above provide, one each, called in a written order."""

    def __init__(self, *ordre: str) -> None:
        self._ordre = ordre
        self._branches: dict[str, Branche] = {}

    def brancher(self, sujet: str, branche: Branche) -> None:
        """Plug in what a subject provides. ValueError for a subject whose place is not written."""
        if sujet not in self._ordre:
            raise ValueError(f"{sujet} : sa place n’est pas écrite dans cadres.prises")
        self._branches[sujet] = branche

    def __iter__(self) -> Iterator[Branche]:
        return (self._branches[sujet] for sujet in self._ordre if sujet in self._branches)

    def __len__(self) -> int:
        return len(self._branches)

    def dire(self, **quoi: Any) -> None:
        """Tell every subject, in order, inside the transaction of the act: one that raises cancels it."""
        for branche in self:
            branche(**quoi)


#: (acteur, cadre) -> (template, context), or None when the section is not the reader's.
#: Each opens its own `{% section %}`; at most two SQL queries each.
SECTIONS: Prise[Callable[[Acteur, Cadre], tuple[str, dict[str, Any]] | None]] = Prise(
    "opportunites", "programme", "coaching"
)

#: (acteur, cadres of one page) -> {pk: Etape}. At most two SQL queries for the whole page.
PROCHAINES_ETAPES: Prise[Callable[[Acteur, list[Cadre]], dict[int, Etape]]] = Prise(
    "opportunites", "programme"
)

#: (cadre) -> the chapters that another app holds on the person, for « mes données ».
DONNEES: Prise[Callable[[Cadre], Iterable[Rubrique]]] = Prise(
    "opportunites", "dossier", "programme", "coaching", "reseau"
)

#: (cadre) -> why their file cannot be erased yet (something still runs), or "". One query each.
EMPECHEMENTS: Prise[Callable[[Cadre], str]] = Prise("opportunites", "parcours")

#: (démarche, code of a gate) -> why what stands behind it is not open, or None. One query each.
JALONS: Prise[Callable[[Demarche, str], str | None]] = Prise("cadrage")


def refus_du_jalon(demarche: Demarche, jalon: str) -> str | None:
    """What the room that keeps the gates answers, for the acts that stand behind them."""
    return next((refus for branche in JALONS if (refus := branche(demarche, jalon))), None)


#: A cadre leaves the démarche at their own request, or leaves the employer (`cadre.parti_le`).
#: Arguments: `cadre`, `acteur`. Inside the transaction of the withdrawal. Locks are taken in this
#: order: propositions and moves, enrolments, coaching, network.
RETRAIT: Prise[Callable[..., None]] = Prise("opportunites", "programme", "coaching", "reseau")

#: A cadre is entrusted to another accompagnateur, or to nobody. Arguments: `cadre` (which bears the
#: new one already), `ancien` (Mandat or None), `acteur`. Inside the transaction of the act.
CONFIE: Prise[Callable[..., None]] = Prise("coaching")

#: A person is forgotten: what their file said is erased. Arguments: `cadre` (still named, its
#: `utilisateur` at hand), `traces` (`cadres.donnees_personnelles.traces.Traces`). Inside the
#: transaction, before the identity goes. What has no purpose without the person (sealed notes,
#: wishes) is deleted; the texts of every row that hangs on the cadre are blanked afterwards.
OUBLI: Prise[Callable[..., None]] = Prise("opportunites", "parcours")

#: (acteur) -> (promotion, places left) of those that somebody may still enter. One query each.
PLACES: Prise[Callable[[Acteur], list[tuple[str, int]]]] = Prise("programme")
