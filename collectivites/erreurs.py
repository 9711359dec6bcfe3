"""What the domain refuses, in words that its reader can act upon."""


class ActionImpossible(Exception):
    """A named act that the state of things does not allow; `message` is shown to the person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class EcritureInterdite(RuntimeError):
    """A page that is only read tried to write: a fault of ours, never of the person."""
