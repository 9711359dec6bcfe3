"""The links that open an account by themselves: an invitation, a forgotten password.

Such a link is a key. It is cut out of what stays: the outbox once the mail has left, the logs.
"""

from __future__ import annotations

import re
from functools import cache

from django.urls import reverse

#: Allauth's, then ours.
_NOMS = (
    ("account_reset_password_from_key", {"uidb36": "UID", "key": "CLE"}),
    ("collectivites:invitation", {"uid": "UID", "jeton": "CLE"}),
)
#: What stands in the address once the key is in the session: opens nothing.
SANS_CLE = "choisir"
EFFACE = "[lien personnel, effacé une fois le message parti]"


@cache
def _chemins() -> str:
    """The beginnings of their addresses, as an alternative."""
    debuts = [reverse(nom, kwargs=valeurs).partition("UID")[0] for nom, valeurs in _NOMS]
    return "|".join(map(re.escape, debuts))


def sans_les_liens(texte: str) -> str:
    """A mail, without the links that would open an account."""
    return re.sub(rf"https?://[^\s/]+(?:{_chemins()})\S+", EFFACE, texte)


def sans_les_cles(ligne: str) -> str:
    """A line of a log: the page that was asked for, without its key."""
    return re.sub(rf"({_chemins()})[^\s?\"']+", r"\1…/", ligne)
