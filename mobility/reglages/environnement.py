"""Reading the environment, and the kind of installation that it makes."""

import os
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def drapeau(nom: str, default: bool = False) -> bool:
    return os.environ.get(nom, str(int(default))).lower() in {"1", "true", "yes", "on", "oui"}


def liste(nom: str) -> list[str]:
    return [item.strip() for item in os.environ.get(nom, "").split(",") if item.strip()]


def secret(nom: str, environ: Mapping[str, str] = os.environ) -> str:
    """What NOM holds, or the file that NOM_FILE names (Docker's secrets, systemd's credentials); else empty.

    Said in both places, or in a file that cannot be read or holds nothing: ImproperlyConfigured. A
    server that would quietly use the other one, or none, is found out too late.
    """
    valeur, fichier = environ.get(nom, ""), environ.get(f"{nom}_FILE", "")
    if not fichier:
        return valeur
    if valeur:
        raise ImproperlyConfigured(f"{nom} and {nom}_FILE are both set: keep one.")
    try:
        lu = Path(fichier).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as erreur:
        raise ImproperlyConfigured(f"{nom}_FILE cannot be read: {erreur}") from None
    if not lu:
        raise ImproperlyConfigured(f"{nom}_FILE is empty: {fichier}")
    return lu


DEBUG = drapeau("DEBUG")
DEMO = drapeau("QUATUOR_DEMO")
LOCAL = DEBUG or DEMO
