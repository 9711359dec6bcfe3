"""Headers that neither Django nor the content policy sends."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class EntetesMiddleware:
    """No other site embeds an answer of ours, and a page asks nothing of the device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.permissions = ", ".join(f"{nom}={qui}" for nom, qui in settings.PERMISSIONS.items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.get_response(request)
        reponse.setdefault("Permissions-Policy", self.permissions)
        reponse.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return reponse
