"""What the logs say of a request: its number, its path without a key, and no stack for a refusal."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

#: Of the request that this thread answers: each of its lines bears it, and so does its answer.
_numero: ContextVar[str] = ContextVar("numero", default="-")
EN_TETE = "X-Request-ID"
#: A proxy in front may have numbered it already.
_CONNU = re.compile(r"[\w.-]{8,64}")


class NumeroMiddleware:
    """First of all: what an error page logs is numbered as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        recu = request.headers.get(EN_TETE, "")
        numero = recu if _CONNU.fullmatch(recu) else uuid4().hex[:16]
        jeton = _numero.set(numero)
        try:
            reponse = self.get_response(request)
        finally:
            _numero.reset(jeton)
        reponse[EN_TETE] = numero
        return reponse


class Discretion(logging.Filter):
    """Numbers the line, cuts the keys out of it, and the stack of what was refused on purpose."""

    def filter(self, record: logging.LogRecord) -> bool:
        from collectivites.communs.cles_de_liens import sans_les_cles

        record.numero = _numero.get()
        # A path with a key is an argument of the message; what is not text stays as it is.
        if isinstance(record.args, tuple):
            record.args = tuple(
                sans_les_cles(valeur) if isinstance(valeur, str) else valeur
                for valeur in record.args
            )
        statut = getattr(record, "status_code", 0)
        if record.name.startswith("django.") and 400 <= statut < 500:
            record.exc_info = record.exc_text = None
        return True
