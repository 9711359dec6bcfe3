"""What browsers report: something on a page was refused by the content policy. Kept in the logs."""

from __future__ import annotations

import json
import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.core.ratelimit import consume
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from collectivites.acteurs.acces import ECRITURE, RequeteOuverte, public
from collectivites.communs.cles_de_liens import sans_les_cles

logger = logging.getLogger(__name__)

#: Bytes. A report names a page and an address.
TAILLE_MAX = 8 * 1024
LONGUEUR_MAX = 200


# A browser sends it by itself, without a session nor its token; it writes a line and answers nothing.
@public(methodes=ECRITURE)
@csrf_exempt
def rapport_de_securite(request: RequeteOuverte) -> HttpResponse:
    """One report: which directive, on which page, against what. Neither query nor key is kept."""
    rapport = _lire(request)
    if rapport and consume(request, action="rapport"):
        logger.warning(
            "Content policy: %s refused on %s: %s",
            _mot(rapport.get("violated-directive") or rapport.get("effective-directive")),
            _page(rapport.get("document-uri")),
            _page(rapport.get("blocked-uri")),
        )
    return HttpResponse(status=204)


def _lire(request: RequeteOuverte) -> dict[str, Any]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > TAILLE_MAX:
        return {}
    try:
        rapport = json.loads(request.body).get("csp-report")
    except (ValueError, AttributeError, RecursionError):
        return {}
    return rapport if isinstance(rapport, dict) else {}


def _page(adresse: Any) -> str:
    """Without what follows « ? », which may hold a name."""
    try:
        lue = urlsplit(str(adresse))
    except ValueError:
        return "?"
    return _mot(sans_les_cles(f"{lue.scheme}://{lue.netloc}{lue.path}" if lue.netloc else lue.path))


def _mot(texte: Any) -> str:
    """One line, short: it comes from outside."""
    return " ".join(str(texte).split())[:LONGUEUR_MAX]
