"""Headers that neither Django nor the content policy sends; a cookie under the name that we want."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest, HttpResponse


class EntetesMiddleware:
    """No other site embeds an answer of ours, a page asks nothing of the device, and none stays in a cache:
    the site kept on a telephone's home screen holds nothing of anybody. Static files say their own age."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.permissions = ", ".join(f"{nom}={qui}" for nom, qui in settings.PERMISSIONS.items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.get_response(request)
        reponse.setdefault("Permissions-Policy", self.permissions)
        reponse.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        reponse.setdefault("Cache-Control", "private, no-store")
        return reponse


class _CookieDeCetHote(CookieStorage):
    cookie_name = settings.MESSAGES_COOKIE_NAME


class MessagesDeCetHote(FallbackStorage):
    """Django's own, whose cookie has a name that no setting changes: no other host may set ours."""

    storage_classes = (_CookieDeCetHote, SessionStorage)
