"""Sealing what is behind a wall (coaching, why somebody refused, an uploaded list): encrypted before
it reaches the database, a cache, their logs, a dump.

Fernet (AES-128-CBC, HMAC-SHA256), from the keys of `settings.QUATUOR_CLES_COACHING`: the first one
seals, all of them open. Each text is sealed *for* somebody (`pour`): moved to another person's
row, it does not open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

_FIN = "\n"


class Illisible(Exception):
    """Sealed by a key that we no longer have, or for somebody else. Never says what was inside."""


def _trousseau() -> MultiFernet:
    cles = settings.QUATUOR_CLES_COACHING
    if not cles:
        raise ImproperlyConfigured("QUATUOR_CLE_COACHING is missing: see mobility/settings.py.")
    try:
        return MultiFernet([Fernet(cle) for cle in cles])
    except ValueError:
        # Without the cause: it could show the key.
        raise ImproperlyConfigured(
            "QUATUOR_CLE_COACHING: a key is 32 random bytes in base64 for addresses "
            "(openssl rand -base64 32 | tr +/ -_)."
        ) from None


def verifier_les_cles() -> None:
    """Raise ImproperlyConfigured when a key is missing or misshapen."""
    _trousseau()


def sceller(texte: str, *, pour: str, sans_heure: bool = False) -> str:
    """The sealed text, in ASCII. « pour » holds no line break.

    A token of Fernet says in clear the second at which it was made; `sans_heure`: it says none.
    """
    clair = f"{pour}{_FIN}{texte}".encode()
    if sans_heure:
        return _trousseau().encrypt_at_time(clair, 0).decode()
    return _trousseau().encrypt(clair).decode()


def ouvrir(scelle: str, *, pour: str) -> str:
    """The text, or Illisible."""
    try:
        clair = _trousseau().decrypt(scelle.encode()).decode()
    except InvalidToken:
        raise Illisible("sealed by another key") from None
    destinataire, _, texte = clair.partition(_FIN)
    if destinataire != pour:
        raise Illisible("sealed for somebody else")
    return texte


def sceller_octets(contenu: bytes, *, pour: str) -> bytes:
    """A sealed file: `sceller`, for what is not text."""
    return _trousseau().encrypt(pour.encode() + _FIN.encode() + contenu)


def ouvrir_octets(scelle: bytes, *, pour: str) -> bytes:
    """The file, or Illisible."""
    try:
        clair = _trousseau().decrypt(scelle)
    except InvalidToken:
        raise Illisible("sealed by another key") from None
    destinataire, _, contenu = clair.partition(_FIN.encode())
    if destinataire != pour.encode():
        raise Illisible("sealed for something else")
    return contenu


def changer_de_destinataire(scelle: str, nouveau: Callable[[str], str]) -> str:
    """The same text, of the same hour, under the first key, for whom `nouveau` says; Illisible."""
    trousseau = _trousseau()
    try:
        clair = trousseau.decrypt(scelle.encode()).decode()
        heure = trousseau.extract_timestamp(scelle.encode())
    except InvalidToken:
        raise Illisible("sealed by another key") from None
    destinataire, _, texte = clair.partition(_FIN)
    return trousseau.encrypt_at_time(
        f"{nouveau(destinataire)}{_FIN}{texte}".encode(), heure
    ).decode()


def renouveler(scelle: str) -> str:
    """The same text under the first key."""
    return _trousseau().rotate(scelle.encode()).decode()


def controler_les_cles(**_: Any) -> list[CheckMessage]:
    """What `manage.py check` verifies: the keys are there, and are keys."""
    try:
        verifier_les_cles()
    except ImproperlyConfigured as erreur:
        return [Error(str(erreur), id="parcours.E001")]
    return []
