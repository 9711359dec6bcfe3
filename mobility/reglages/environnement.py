"""Reading the environment, and the kind of installation that it makes."""

import os


def drapeau(nom: str, default: bool = False) -> bool:
    return os.environ.get(nom, str(int(default))).lower() in {"1", "true", "yes", "on", "oui"}


def liste(nom: str) -> list[str]:
    return [item.strip() for item in os.environ.get(nom, "").split(",") if item.strip()]


DEBUG = drapeau("DEBUG")
DEMO = drapeau("QUATUOR_DEMO")
LOCAL = DEBUG or DEMO
