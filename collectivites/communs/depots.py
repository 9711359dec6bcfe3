"""Where deposited files lie: whole, or not at all."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any

from django.core.files.storage import FileSystemStorage

from collectivites.refus import ActionImpossible

logger = logging.getLogger(__name__)

SANS_PLACE = (
    "Le serveur ne peut pas garder ce fichier pour le moment : rien n’est enregistré. Réessayez plus "
    "tard, ou dites-le à l’administration du service."
)


class SansPlace(ActionImpossible):
    """A form says it beside its fields; elsewhere a page answers, from which one goes back to a long
    text: the browser keeps its draft (static/js/brouillon.js)."""


class Depots(FileSystemStorage):
    """A full disk leaves no half of a file, and is said where the file was chosen."""

    def _save(self, name: str, content: Any) -> str:
        try:
            return super()._save(name, content)  # type: ignore[misc]
        except OSError:
            logger.exception("A file could not be kept")
            with suppress(OSError):
                self.delete(name)
            raise SansPlace(SANS_PLACE) from None
