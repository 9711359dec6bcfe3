"""What each side typed, as it is kept: a field left empty is unknown, never zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, Self, get_type_hints

from opportunites.remuneration.baremes.direction.grille import Direction
from opportunites.remuneration.erreurs import refuser
from opportunites.remuneration.intervalle import Intervalle
from opportunites.remuneration.montants import ZERO


@dataclass(frozen=True, kw_only=True)
class SaisiePoste:
    """What belongs to a poste. IFSE and other primes by month, CIA by year, at full time; `prime_resp`
    in percent of the traitement."""

    grade: str = ""
    echelon: str = ""
    inm: int | None = None
    #: monthly pay of a contract, in place of an index
    tib: Decimal | None = None
    zone: int = 3
    nbi: int | None = None
    prime_resp: Decimal | None = None
    ifse_bas: Decimal | None = None
    ifse_haut: Decimal | None = None
    cia_bas: Decimal | None = None
    cia_haut: Decimal | None = None
    cia_regle: str = ""
    #: both in the year of the move
    cia_verse_le: date | None = None
    cia_present_le: date | None = None
    primes: Decimal | None = None
    #: code of `AVANTAGES` → amount, or quantity
    avantages: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def ifse(self) -> Intervalle:
        return plage("ifse_haut", self.ifse_bas, self.ifse_haut)

    @property
    def cia(self) -> Intervalle:
        return plage("cia_haut", self.cia_bas, self.cia_haut)

    def en_json(self) -> dict[str, Any]:
        return {c.name: _ecrire(getattr(self, c.name)) for c in fields(self)}

    @classmethod
    def depuis_json(cls, donnees: Mapping[str, Any]) -> Self:
        types = get_type_hints(cls)
        connus = {c.name for c in fields(cls)}
        return cls(**{n: _lire(types[n], v) for n, v in donnees.items() if n in connus})


@dataclass(frozen=True, kw_only=True)
class SaisieOrigine(SaisiePoste):
    """The person as she is paid today. Neither child nor tax rate: they are not an employer's."""

    statut: str = "titulaire"
    categorie: str = "A"
    #: percent of a full time
    quotite: int = 100


@dataclass(frozen=True, kw_only=True)
class SaisieAccueil(SaisiePoste):
    """The proposed poste, by its voie. The index is that of the host's grid where the voie reclasses."""

    voie: str = "MUTATION"
    #: of an emploi fonctionnel: which one, and the kind and population of the host on the day it was
    #: typed, which give its grid and its NBI
    emploi: str = ""
    employeur: str = ""
    population: int | None = None
    date_effet: date | None = None
    #: rate of versement mobilité, in percent; number of agents: that of the FNAL
    vm: Decimal | None = None
    agents: int | None = None
    maintien_deliberation: str = ""
    maintien_du: date | None = None
    maintien_mois: int | None = None

    @property
    def direction(self) -> Direction | None:
        return Direction(self.emploi, self.employeur, self.population) if self.emploi else None


def plage(champ: str, bas: Decimal | None, haut: Decimal | None) -> Intervalle:
    """Two bounds, one exact amount typed as the lower one, or nothing at all."""
    if bas is None and haut is None:
        return Intervalle.inconnu()
    if haut is None:
        assert bas is not None
        return Intervalle.exact(bas)
    if bas is not None and bas > haut:
        raise refuser(champ, "Le maximum ne peut pas être inférieur au minimum.")
    return Intervalle(bas or ZERO, haut)


def _ecrire(valeur: Any) -> Any:
    if isinstance(valeur, Decimal):
        return str(valeur)
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, Mapping):
        return {cle: str(v) for cle, v in valeur.items()}
    return valeur


def _lire(attendu: Any, brut: Any) -> Any:
    if isinstance(brut, Mapping):
        return {cle: Decimal(str(v)) for cle, v in brut.items()}
    if brut is None:
        return None
    if attendu == Decimal | None:
        return Decimal(str(brut))
    return date.fromisoformat(brut) if attendu == date | None else brut
