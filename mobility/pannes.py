"""What is answered when something of ours fails: 503 when it will pass, 500 when it will not."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

#: Seconds before a browser, or a proxy, may ask again.
REPOS = 30


def erreur(request: HttpRequest) -> HttpResponse:
    """Of any page. Reads no database: it may be what fails."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(
            render_to_string("503.html", {"message": ""}),
            status=503,
            headers={"Retry-After": str(REPOS)},
        )
    return HttpResponse(render_to_string("500.html"), status=500)
