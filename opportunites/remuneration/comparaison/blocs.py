"""Where each line of a comparison belongs: to the person, to the poste, or to no payslip."""

from __future__ import annotations

from enum import StrEnum


class Bloc(StrEnum):
    PERSONNE = "Ce qui suit la personne"
    POSTE = "Ce qui tient au poste"
    HORS_BULLETIN = "Ce qui n’est pas sur un bulletin"


#: The indemnité de résidence is that of the commune where one works; the transfert primes/points goes with the
#: statut, wherever one works.
BLOCS: dict[str, Bloc] = {
    "TIB": Bloc.PERSONNE,
    "SFT": Bloc.PERSONNE,
    "IND_CSG": Bloc.PERSONNE,
    "TPP": Bloc.PERSONNE,
    "IFSE": Bloc.POSTE,
    "NBI": Bloc.POSTE,
    "PRIME_RESP": Bloc.POSTE,
    "AUTRES_PRIMES": Bloc.POSTE,
    "IR": Bloc.POSTE,
    "CIA": Bloc.POSTE,
}

#: Lines that tell of children: in the person's own view only.
FAMILIALES = frozenset({"SFT"})
TOTAUX = ("brut", "net_avant_PAS", "net_imposable")
