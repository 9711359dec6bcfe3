"""A value understood, or the reason why it cannot be used."""

from dataclasses import dataclass

from cadres.recensement.modeles import Valeur


@dataclass(frozen=True, slots=True)
class Lu:
    """`motif` says why there is no value. `mentions` are codes of warnings."""

    valeur: Valeur = None
    motif: str = ""
    suggestion: str = ""
    applicable: bool = False
    mentions: tuple[str, ...] = ()
