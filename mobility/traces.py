"""What the logs say of a request: its number, its path without a key, and no stack for a refusal."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

#: Of the request that this thread answers: each of its lines bears it, and so does its answer.
_numero: ContextVar[str] = ContextVar("numero", default="-")
EN_TETE = "X-Request-ID"
#: A proxy of ours may have numbered it already; from anybody else, a number is a way to lead astray.
_CONNU = re.compile(r"[\w.-]{8,64}")
#: What would begin a line, or colour a terminal, in the name of the site.
_COMMANDES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class NumeroMiddleware:
    """First of all: what an error page logs is numbered as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        recu = request.headers.get(EN_TETE, "") if settings.PROXY else ""
        numero = recu if _CONNU.fullmatch(recu) else uuid4().hex[:16]
        jeton = _numero.set(numero)
        try:
            reponse = self.get_response(request)
        finally:
            _numero.reset(jeton)
        reponse[EN_TETE] = numero
        return reponse


class Discretion(logging.Filter):
    """Numbers the line, says whose session it was, cuts the keys out of it, and the stack of what was
    refused on purpose."""

    def filter(self, record: logging.LogRecord) -> bool:
        from collectivites.communs.cles_de_liens import sans_les_cles

        record.numero = _numero.get()
        # Only if the session has been read: a log asks nothing of the database, which may be what fails.
        personne = getattr(getattr(record, "request", None), "_cached_user", None)
        record.compte = getattr(personne, "pk", None) or "-"
        # A path with a key is an argument of the message; what is not text stays as it is.
        if isinstance(record.args, tuple):
            record.args = tuple(
                _COMMANDES.sub(" ", sans_les_cles(valeur)) if isinstance(valeur, str) else valeur
                for valeur in record.args
            )
        statut = getattr(record, "status_code", 0)
        if record.name.startswith("django.") and 400 <= statut < 500:
            record.exc_info = record.exc_text = None
        return True
