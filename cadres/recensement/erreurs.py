"""The one exception that reading a staff list may raise."""

from cadres.recensement.texte import typographie


class FichierIllisible(Exception):
    """The file cannot be used at all; the message is French, for the screen."""

    def __init__(self, message: str) -> None:
        super().__init__(typographie(message))
