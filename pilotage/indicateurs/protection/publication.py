"""What may leave the house. A published template reads a `Publication`, and no other figure.

Only the engine makes one (`arretes`): it alone holds the seal that the constructors ask for. So a
count read from the database has no way to a document: the type checker refuses it, and so does the
constructor when nobody checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from collectivites.models import Collectivite
from pilotage.indicateurs.matrice import Equilibre
from pilotage.indicateurs.refus import Refus
from pilotage.indicateurs.trajectoire import Trajectoire


class NonProtege(TypeError):
    """Somebody tried to publish a figure that the engine has not seen."""


class Sceau:
    """The engine's own. There is one of it, made here; nobody else asks for it (a test looks)."""

    __slots__ = ()


SCEAU = Sceau()


def _exiger_le_sceau(sceau: Sceau) -> None:
    if sceau is not SCEAU:
        raise NonProtege("Only pilotage.indicateurs.protection publishes a figure.")


@dataclass(frozen=True)
class Chiffre:
    """A figure as it is told: None reads « n.c. ». `au`: the day that it is of."""

    valeur: int | None
    au: date | None
    sceau: Sceau = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        _exiger_le_sceau(self.sceau)

    @property
    def est_dit(self) -> bool:
        return self.valeur is not None


@dataclass(frozen=True)
class Publication:
    """All that may be printed of a day, whatever the document.

    `chiffres`: by name, « etapes/volontaires/ville », « departs/region », « femmes/recenses »,
    « mobilites/effectives »… `medianes`: years in the poste, at the census and now, to the half year.
    `delais`: weeks between a step and the one before. `serie`: cumulative moves, at days far enough
    apart. `equilibre`: None when an adjective would tell what the numbers hide.
    """

    numero: int
    jour: date
    seuil: int
    debut: date
    fin: date
    objectif: int
    collectivites: tuple[Collectivite, ...]
    promotions: tuple[tuple[str, str], ...]
    """(key, name), the first opened first."""
    chiffres: Mapping[str, Chiffre]
    trajectoire: Trajectoire
    medianes: tuple[float | None, float | None]
    delais: Mapping[str, int]
    equilibre: Equilibre | None
    refus: Refus
    autres: tuple[tuple[str, float | None, str], ...]
    """(name, value, unit): those of the catalogue that count no one in the staircases."""
    sceau: Sceau = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        _exiger_le_sceau(self.sceau)

    def chiffre(self, nom: str) -> Chiffre:
        return self.chiffres[nom]

    def etape(self, code: str, collectivite: Collectivite | None = None) -> Chiffre:
        if code == "effectives" and collectivite is None:
            return self.effectives
        return self.chiffre(f"etapes/{code}/{collectivite.code if collectivite else 'ensemble'}")

    def departs(self, collectivite: Collectivite) -> Chiffre:
        return self.chiffre(f"departs/{collectivite.code}")

    def arrivees(self, collectivite: Collectivite) -> Chiffre:
        return self.chiffre(f"arrivees/{collectivite.code}")

    def part_femmes(self, code: str) -> Chiffre:
        """In percent."""
        return self.chiffre(f"femmes/{code}")

    def promotion(self, cle: str, code: str) -> Chiffre:
        """Of the people of a promotion; untold by an arrêté that did not know it."""
        return self.chiffres.get(f"promotions/{cle}/{code}") or Chiffre(None, None, self.sceau)

    @property
    def effectives(self) -> Chiffre:
        return self.chiffre("mobilites/effectives")

    @property
    def engagees(self) -> Chiffre:
        return self.chiffre("mobilites/engagees")
