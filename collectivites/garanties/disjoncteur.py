"""A breaker: a server that does not answer is not asked again for a while.

Without it a page that asks the cache eight times would wait eight times for a frozen server.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: Seconds without asking, after a failure: short, so that a server that is back is soon in use.
REPOS = 10.0


class Disjoncteur:
    """Calls a server that may be absent; never raises the `pannes` it was told of."""

    def __init__(
        self,
        nom: str,
        pannes: Callable[[], tuple[type[Exception], ...]],
        repos: float | None = None,
    ) -> None:
        self.nom = nom
        self._repos = repos
        self._pannes = pannes
        self._jusqu_a = 0.0
        self._verrou = threading.Lock()

    @property
    def ouvert(self) -> bool:
        """Whether calls are being spared."""
        return time.monotonic() < self._jusqu_a

    def appeler(self, appel: Callable[[], T], defaut: T) -> T:
        """What the server answers; `defaut` when it does not, or did not a moment ago."""
        if self.ouvert:
            return defaut
        try:
            return appel()
        except self._pannes() as panne:
            self._ouvrir(panne)
            return defaut

    def ouvrir(self) -> None:
        """Its caller saw it fail."""
        self._ouvrir(Exception())

    def fermer(self) -> None:
        """Ask again at the next call (tests, health)."""
        self._jusqu_a = 0.0

    def _ouvrir(self, panne: Exception) -> None:
        with self._verrou:
            deja = self.ouvert
            self._jusqu_a = time.monotonic() + (REPOS if self._repos is None else self._repos)
        if not deja:
            # The kind of failure only: its text may hold an address with a password.
            nature = type(panne.__cause__ or panne).__name__
            logger.warning("%s does not answer (%s)", self.nom, nature)
