"""What is answered when something of ours fails: 503 when it will pass, 500 when it will not."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import bad_request

from collectivites.communs.depots import Muet

logger = logging.getLogger(__name__)

#: Seconds before a browser, or a proxy, may ask again.
REPOS = 30


def erreur(request: HttpRequest) -> HttpResponse:
    """Of any page. Reads no database: it may be what fails."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError | Muet):
        return _occupe()
    return HttpResponse(render_to_string("500.html"), status=500)


def requete_refusee(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A session that the database could not keep is called a bad request by Django: it is ours."""
    cause: BaseException | None = exception
    while cause is not None:
        if isinstance(cause, OperationalError | InterfaceError):
            return _occupe()
        cause = cause.__context__
    return bad_request(request, exception)


def _occupe() -> HttpResponse:
    return HttpResponse(
        render_to_string("503.html", {"message": ""}),
        status=503,
        headers={"Retry-After": str(REPOS)},
    )
