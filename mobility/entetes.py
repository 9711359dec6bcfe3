"""Headers that neither Django nor the content policy sends; a cookie under the name that we want; what is
compressed."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


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


class CompressionMiddleware(GZipMiddleware):
    """Compresses the pages in which nothing stands that another site may have chosen: read by their address
    alone, without a search. What is guessed there would otherwise shorten the page (BREACH); Django's own
    adds up to a hundred random bytes. Exports, PDFs and deposited files leave as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        if (
            request.method == "GET"
            and not request.META.get("QUERY_STRING")
            and response.status_code == HTTPStatus.OK
            and not response.streaming
            and response.get("Content-Type", "").startswith("text/html")
        ):
            return super().process_response(request, response)
        return response


class _CookieDeCetHote(CookieStorage):
    cookie_name = settings.MESSAGES_COOKIE_NAME


class MessagesDeCetHote(FallbackStorage):
    """Django's own, whose cookie has a name that no setting changes: no other host may set ours."""

    storage_classes = (_CookieDeCetHote, SessionStorage)
