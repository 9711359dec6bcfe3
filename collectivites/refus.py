"""What the domain refuses, in words that its reader can act upon: a state, or a right."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


class ActionImpossible(Exception):
    """A named act that the state of things does not allow; `message` is shown to the person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class EcritureInterdite(RuntimeError):
    """A page that is only read tried to write: a fault of ours, never of the person."""


class Interdit(str):
    """A refusal that no change of state would lift: the act is not the acteur's."""

    __slots__ = ()


RESERVE_AUX_PARTIES = Interdit("Cet acte revient aux deux employeurs concernés.")
RESERVE_A_LA_PERSONNE = Interdit("La réponse n’appartient qu’à la personne.")
RESERVE_AU_DGS = Interdit("Cette décision revient au DGS, ou à un DRH qui en a reçu délégation.")


def exiger(refus: str | None) -> None:
    """Let the act go on, or stop it with its reason."""
    if isinstance(refus, Interdit):
        raise PermissionDenied(refus)
    if refus is not None:
        raise ActionImpossible(refus)


def exiger_droit(refus: str | None) -> None:
    """Stop only what the acteur has no right to: a page may say the rest itself."""
    if isinstance(refus, Interdit):
        raise PermissionDenied(refus)
