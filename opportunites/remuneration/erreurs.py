"""What the package refuses, and how it says so: sentences in French, tied to the field at fault."""

from __future__ import annotations

from dataclasses import dataclass

from opportunites.remuneration.textes import insecables


@dataclass(frozen=True)
class Refus:
    """One field at fault. `cle` is the name of the input, so that a form can tie it to its field."""

    cle: str
    message: str


class SaisieRefusee(ValueError):
    """Inputs that cannot be paid, all of them at once: a form shows each beside its field."""

    def __init__(self, *refus: Refus) -> None:
        self.refus = tuple(Refus(r.cle, insecables(r.message)) for r in refus)
        super().__init__(" ".join(r.message for r in self.refus))


def refuser(cle: str, message: str) -> SaisieRefusee:
    """The refusal of one field, to be raised."""
    return SaisieRefusee(Refus(cle, message))


class BaremeInvalide(ValueError):
    """A reference file that cannot be trusted; names the file and the line, for whoever maintains it."""

    def __init__(self, fichier: str, ligne: int, message: str) -> None:
        self.fichier, self.ligne = fichier, ligne
        super().__init__(insecables(f"{fichier}, ligne {ligne} : {message}"))
