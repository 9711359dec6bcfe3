"""What a campaign gives the solver, read and checked (`schema`), and what it says when it cannot."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

SCHEMA = "mouvement/1"

#: The statuses of a decision, in the order in which they win over one another on the same pair.
STATUTS = ("withdrawn", "refused", "accepted", "proposed")
MODES = ("moves_first", "kept_first")

Couple = tuple[str, str]  # (cadre, poste)


class FauteDeSchema(ValueError):
    """The file breaks the schema; `chemin` is the JSON path of the fault (`$.cadres[3].poste`)."""

    def __init__(self, chemin: str, message: str) -> None:
        super().__init__(f"{chemin} : {message}")
        self.chemin = chemin
        self.message = message


class CalculAnnule(Exception):
    """The caller's cancel hook answered yes."""


class CalculInterrompu(Exception):
    """The time given was over before any solution was found."""


class CalculImpossible(Exception):
    """The caps ask for more than this machine can list; the text says which to lower."""


@dataclass(frozen=True, slots=True)
class Collectivite:
    id: str
    nom: str
    solde_min: int | None = None
    solde_max: int | None = None
    #: Cumulated balance of the earlier campaigns: the target of this one is its opposite.
    credit: int = 0


@dataclass(frozen=True, slots=True)
class Poste:
    id: str
    collectivite: str
    places: int = 1
    minimum: int = 0
    ferme: bool = False


@dataclass(frozen=True, slots=True)
class Cadre:
    id: str
    tirage: int | None
    poste: str | None
    #: Who pays a cadre without poste; None for somebody from outside.
    employeur: str | None = None
    part: bool = False
    voeux: tuple[tuple[str, int], ...] = ()  # (poste, rank)


@dataclass(frozen=True, slots=True)
class Decision:
    cadre: str
    poste: str | None
    statut: str


@dataclass(frozen=True, slots=True)
class Reglages:
    rang_max: int = 8
    rang_hote_max: int = 5
    compter_departs: bool = False
    boucle_max: int | None = 3
    chaine_max: int | None = 5

    @property
    def sans_plafond(self) -> bool:
        return self.boucle_max is None and self.chaine_max is None


@dataclass(frozen=True, slots=True)
class Probleme:
    collectivites: tuple[Collectivite, ...]
    postes: tuple[Poste, ...]
    cadres: tuple[Cadre, ...]
    #: {poste: {cadre: rank}}: whoever is absent is not accepted.
    avis: dict[str, dict[str, int]]
    decisions: tuple[Decision, ...] = ()
    reglages: Reglages = field(default_factory=Reglages)

    def sans_plafond(self) -> "Probleme":
        return replace(self, reglages=replace(self.reglages, boucle_max=None, chaine_max=None))

    def avec_decisions(self, *decisions: Decision) -> "Probleme":
        """The same campaign after answers: what `réparer` and « pourquoi pas ? » solve again."""
        return replace(self, decisions=self.decisions + decisions)

    def sans_acceptes(self, couples: list[Couple]) -> "Probleme":
        """Without the accepted moves that fall (`Resultat.tombes`): it can then be solved."""
        gardees = tuple(
            d
            for d in self.decisions
            if d.statut != "accepted" or (d.cadre, d.poste or "") not in couples
        )
        return replace(self, decisions=gardees)


def _jamais() -> bool:
    return False


def _rien(etape: str, part: float) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Conduite:
    """How a job drives a run: seconds at most, whether to stop, whom to tell (stage, share done)."""

    limite: float | None = None
    annuler: Callable[[], bool] = _jamais
    progres: Callable[[str, float], None] = _rien

    @property
    def surveillee(self) -> bool:
        return self.annuler is not _jamais

    def etape(self, nom: str, part: float) -> None:
        if self.annuler():
            raise CalculAnnule(nom)
        self.progres(nom, part)
