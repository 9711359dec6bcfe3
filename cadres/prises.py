"""Where the later acts add to the pages of the registre, from their `AppConfig.ready`.

The layers run down only: `cadres` knows neither the parcours nor the opportunités, and shows what
they registered here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur


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
    """A chapter of « mes données ». `cle` is its name in the download (ASCII, stable)."""

    cle: str
    titre: str
    lignes: list[tuple[str, Any]] = field(default_factory=list)


#: (acteur, cadre) -> (template, context), or None when the section is not the reader's.
#: Each opens its own `{% section %}`; at most two SQL queries each.
SECTIONS: list[Callable[[Acteur, Cadre], tuple[str, dict[str, Any]] | None]] = []

#: (acteur, cadres of one page) -> {pk: Etape}. At most two SQL queries for the whole page.
PROCHAINES_ETAPES: list[Callable[[Acteur, list[Cadre]], dict[int, Etape]]] = []

#: (cadre) -> the chapters that another app holds on the person, for « mes données ».
DONNEES: list[Callable[[Cadre], Iterable[Rubrique]]] = []

#: (cadre) -> why their file cannot be erased yet (something still runs), or "". One query each.
EMPECHEMENTS: list[Callable[[Cadre], str]] = []
