"""Where sessions are kept: in the base, as Django does, and read there by a query that is ready.

Not in the cache as well (`cached_db`): it would spare a query by its key for a question to Redis, and a
session closed while Redis does not answer would open again with it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from collectivites.acteurs.requetes_pretes import RequetePrete

_SESSION = RequetePrete(
    lambda cle, maintenant: Session.objects.filter(session_key=cle, expire_date__gt=maintenant),
    cle=str,
    maintenant=datetime,
)


class SessionStore(db.SessionStore):
    """Named as Django's: what its sessions are signed with bears the name of the class."""

    def _get_session_from_db(self) -> Any:
        ouvertes = _SESSION(cle=self.session_key, maintenant=timezone.now())
        if ouvertes:
            return ouvertes[0]
        self._session_key = None
        return None
