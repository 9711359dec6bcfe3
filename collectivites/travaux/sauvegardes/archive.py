"""A compressed tar that only the holder of the other key can open, sealed with age (age-encryption.org).

The server knows the public key alone: whoever takes it, with its backups, reads none of them. The
`age` command opens these archives as well, should Quatuor no longer run.
"""

from __future__ import annotations

import os
import tarfile
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import pyrage


class Illisible(Exception):
    """In French, for whoever runs the command."""


@contextmanager
def sceller(chemin: Path, destinataires: list[str]) -> Iterator[tarfile.TarFile]:
    """A tar to fill; at the end `chemin` holds it, sealed and whole. Nothing is left of half an archive.

    Raises Illisible when no key is given, or one that is none; OSError when the disk is full.
    """
    cles = _destinataires(destinataires)
    partiel = chemin.with_name(f"{chemin.name}.partiel")
    try:
        with _neuf(partiel) as sortie:
            with (
                _tube(ecrit=True, fond=lambda tube: pyrage.encrypt_io(tube, sortie, cles)) as tube,
                tarfile.open(fileobj=tube, mode="w|gz") as archive,
            ):
                yield archive
            sortie.flush()
            os.fsync(sortie.fileno())
        partiel.replace(chemin)
    finally:
        partiel.unlink(missing_ok=True)


@contextmanager
def ouvrir(chemin: Path, identites: list[str]) -> Iterator[tarfile.TarFile]:
    """The tar, to be read from one end to the other.

    Raises Illisible for another key, and for an archive cut or changed by as much as a bit.
    """
    cles = _identites(identites)
    try:
        with (
            chemin.open("rb") as entree,
            _tube(ecrit=False, fond=lambda tube: pyrage.decrypt_io(entree, tube, cles)) as tube,
            tarfile.open(fileobj=tube, mode="r|gz") as archive,
        ):
            yield archive
            while tube.read(1 << 16):  # to the very end: the last seal is there
                pass
    except (pyrage.DecryptError, tarfile.TarError, EOFError, zlib.error, OSError) as erreur:
        if isinstance(erreur, OSError) and erreur.errno is not None:
            raise  # the disk's; age says its own without a number
        raise Illisible(
            f"{chemin.name} ne s’ouvre pas : ce n’est pas sa clé, ou l’archive est abîmée."
        ) from erreur


@contextmanager
def _tube(ecrit: bool, fond: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """A pipe whose other end age holds, in a thread; its error comes first."""
    lecture, ecriture = os.pipe()
    notre, le_sien = (ecriture, lecture) if ecrit else (lecture, ecriture)
    erreurs: list[BaseException] = []

    def travailler() -> None:
        with os.fdopen(le_sien, "rb" if ecrit else "wb") as bout:
            try:
                fond(bout)
            except Exception as erreur:  # noqa: BLE001 - raised again by whoever holds the other end
                erreurs.append(erreur)

    fil = threading.Thread(target=travailler, daemon=True)
    fil.start()
    bout: Any = os.fdopen(notre, "wb" if ecrit else "rb")
    try:
        yield bout
    except (OSError, tarfile.TarError):
        _finir(bout, fil)
        if erreurs and not isinstance(erreurs[0], BrokenPipeError):
            raise erreurs[0] from None
        raise
    finally:
        _finir(bout, fil)
    if erreurs:
        raise erreurs[0]


def _finir(bout: BinaryIO, fil: threading.Thread) -> None:
    with suppress(OSError):
        bout.close()
    fil.join()


def _neuf(chemin: Path) -> BinaryIO:
    return os.fdopen(os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _destinataires(cles: list[str]) -> list[Any]:
    if not cles:
        raise Illisible(
            "Aucune clé de sauvegarde : QUATUOR_SAUVEGARDE_POUR la dit au serveur. Une nouvelle : "
            "manage.py sauvegarder --nouvelle-cle FICHIER, loin de ce serveur."
        )
    try:
        return [pyrage.x25519.Recipient.from_str(cle) for cle in cles]
    except pyrage.RecipientError as erreur:
        raise Illisible("Une clé de sauvegarde (publique) commence par « age1 ».") from erreur


def _identites(lignes: list[str]) -> list[Any]:
    cles = [ligne.strip() for ligne in lignes if ligne.strip().startswith("AGE-SECRET-KEY-")]
    if not cles:
        raise Illisible("Ce fichier ne contient pas de clé « AGE-SECRET-KEY-… ».")
    try:
        return [pyrage.x25519.Identity.from_str(cle) for cle in cles]
    except pyrage.IdentityError as erreur:
        raise Illisible("La clé de ce fichier est incomplète ou mal recopiée.") from erreur


def nouvelle_cle(chemin: Path) -> str:
    """Writes a secret key, which nobody else may read; returns the public one.

    Raises FileExistsError rather than lose a key: the archives made for it would be lost too.
    """
    identite = pyrage.x25519.Identity.generate()
    publique = str(identite.to_public())
    descripteur = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "w", encoding="ascii") as fichier:
        fichier.write(f"# public: {publique}\n{identite}\n")
    return publique
