"""Deposited files in a private bucket, of S3 or of what speaks as it does (MinIO, Ceph, Scaleway, OVHcloud…).

Apart from `depots`: an installation of one machine does not load its client.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from collectivites.communs.depots import SANS_PLACE, Muet, SansPlace

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: Seconds. A bucket of the same host answers in a few hundredths; a page does not wait for a dead one.
ATTENTE = {"connect_timeout": 2, "read_timeout": 10}


class DepotsS3(S3Storage):
    """As `Depots`, for all the machines of an installation."""

    partage = True

    def __init__(self, **reglages: Any) -> None:
        style = reglages.pop("addressing_style", None)
        super().__init__(
            **reglages,
            file_overwrite=False,
            querystring_auth=True,
            default_acl=None,
            # Documents are small: threads of its own would be more than a page has.
            transfer_config=TransferConfig(use_threads=False),
            client_config=Config(
                **ATTENTE,
                retries={"total_max_attempts": 2, "mode": "standard"},
                signature_version="s3v4",
                s3={"addressing_style": style},
                # Newer sums are unknown to several of those that speak as S3 does.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def _save(self, name: str, content: Any) -> str:
        try:
            return _demander(lambda: super(DepotsS3, self)._save(name, content))
        except Muet:
            logger.exception("A file could not be kept")
            with suppress(Muet):
                self.delete(name)
            raise SansPlace(SANS_PLACE) from None

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        try:
            return _demander(lambda: super(DepotsS3, self).get_available_name(name, max_length))
        except Muet:
            logger.exception("A file could not be kept")
            raise SansPlace(SANS_PLACE) from None

    def _open(self, name: str, mode: str = "rb") -> Any:
        def lire() -> Any:
            fichier = super(DepotsS3, self)._open(name, mode)
            if "r" in mode:
                fichier.open()  # brought now: what fails, fails here
            return fichier

        return _demander(lire)

    def exists(self, name: str) -> bool:
        return _demander(lambda: super(DepotsS3, self).exists(name))

    def delete(self, name: str) -> None:
        _demander(lambda: super(DepotsS3, self).delete(name))

    def size(self, name: str) -> int:
        return _demander(lambda: super(DepotsS3, self).size(name))

    def listdir(self, name: str) -> Any:
        return _demander(lambda: super(DepotsS3, self).listdir(name))

    def get_modified_time(self, name: str) -> datetime:
        return _demander(lambda: super(DepotsS3, self).get_modified_time(name))

    def url(self, *_: Any, **__: Any) -> str:
        raise NotImplementedError("A deposited file has no address: a view reads it.")

    def inventaire(self, dossier: str = "") -> Iterator[tuple[str, datetime]]:
        """As `Depots`: a thousand names a question, with their dates."""
        racine = f"{self.location.strip('/')}/".lstrip("/")
        sous = f"{racine}{dossier.strip('/')}/" if dossier else racine
        pages = self.connection.meta.client.get_paginator("list_objects_v2")
        lues = iter(pages.paginate(Bucket=self.bucket_name, Prefix=sous))
        while (page := _demander(lambda: next(lues, None))) is not None:
            for objet in page.get("Contents", ()):
                if not objet["Key"].endswith("/"):  # the folders that some consoles write
                    yield objet["Key"].removeprefix(racine), objet["LastModified"]

    def repond(self) -> bool:
        """Whether it lets us in."""
        client = self.connection.meta.client
        try:
            _demander(lambda: client.head_bucket(Bucket=self.bucket_name))
        except OSError:
            return False
        return True

    def lieu(self) -> str:
        sous = f", dossier {self.location}" if self.location else ""
        return f"le seau {self.bucket_name}{sous}"


def _demander(quoi: Callable[[], T]) -> T:
    """Raises FileNotFoundError where there is no such file, Muet for anything else that the bucket says."""
    try:
        return quoi()
    except (BotoCoreError, Boto3Error, ClientError) as erreur:
        reponse = getattr(erreur, "response", {})
        if reponse.get("Error", {}).get("Code") in {"404", "NoSuchKey"}:
            raise FileNotFoundError(errno.ENOENT, "ce fichier n’existe pas") from None
        # Neither the address nor the key: the kind of failure alone.
        nature = reponse.get("Error", {}).get("Code") or type(erreur).__name__
        logger.warning("The bucket of deposited files does not answer (%s)", nature)
        raise Muet from None
