"""A fresh proof of identity: a password or a second factor given a few minutes ago, in this session."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest


def est_fraiche(request: HttpRequest) -> bool:
    """Whether the person who acts showed who they are in the last `PREUVE_MINUTES`; always, where no
    proof is asked for. The login counts."""
    if not settings.PREUVE_MINUTES:
        return True
    notes = get_authentication_records(request, request.user)
    derniere = max((note.get("at", 0) for note in notes), default=0)
    return bool(time.time() - derniere < settings.PREUVE_MINUTES * 60)
