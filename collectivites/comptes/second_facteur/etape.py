"""The step of a login at which the second factor is asked for."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest


class Etape(AuthenticateStage):
    def _should_handle(self, request: HttpRequest) -> bool:
        notes = get_authentication_records(request, self.login.user)
        if any(note.get("second_facteur") for note in notes):
            return False
        return bool(super()._should_handle(request))
