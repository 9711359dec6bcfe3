"""Where deposited files lie: whole, or not at all. In a folder of this machine, or in a bucket (S3) that
several share (`mobility.reglages.depots`). Never under an address of their own: the views read them."""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.core.files.storage import FileSystemStorage, default_storage

from collectivites.refus import ActionImpossible

if TYPE_CHECKING:
    from collectivites.communs.depots.s3 import DepotsS3

logger = logging.getLogger(__name__)

SANS_PLACE = (
    "Le serveur ne peut pas garder ce fichier pour le moment : rien n’est enregistré. Réessayez plus "
    "tard, ou dites-le à l’administration du service."
)


class SansPlace(ActionImpossible):
    """A form says it beside its fields; elsewhere a page answers, from which one goes back to a long
    text: the browser keeps its draft (static/js/brouillon.js)."""


class Muet(OSError):
    """The bucket does not answer, or not to us. It will pass: a page says to try again."""

    def __init__(self) -> None:
        super().__init__(errno.EIO, "le dépôt des fichiers ne répond pas")


class Depots(FileSystemStorage):
    """A full disk leaves no half of a file, and is said where the file was chosen."""

    partage = False

    def _save(self, name: str, content: Any) -> str:
        try:
            return super()._save(name, content)  # type: ignore[misc]
        except OSError:
            logger.exception("A file could not be kept")
            with suppress(OSError):
                self.delete(name)
            raise SansPlace(SANS_PLACE) from None

    def inventaire(self, dossier: str = "") -> Iterator[tuple[str, datetime]]:
        """(name, when it was written) of each file under `dossier`, in the order of the names."""
        racine = Path(self.location)
        for chemin in sorted((racine / dossier).rglob("*")):
            with suppress(FileNotFoundError):  # gone meanwhile
                if chemin.is_file():
                    date = datetime.fromtimestamp(chemin.stat().st_mtime, UTC)
                    yield chemin.relative_to(racine).as_posix(), date

    def repond(self) -> bool:
        return True

    def lieu(self) -> str:
        """For the operator."""
        return f"le dossier {self.location}"


def depots() -> Depots | DepotsS3:
    """Where this installation keeps them."""
    return cast("Depots | DepotsS3", default_storage)
