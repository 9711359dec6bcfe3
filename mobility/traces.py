"""What the logs say of a request: its number, its path without a key, and no stack for a refusal."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from collectivites.travaux.numero import EN_TETE, numero, sous_le_numero

#: What would begin a line, or colour a terminal, in the name of the site.
_COMMANDES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
#: What a database adds to its refusal: the values of the row. And addresses, wherever they come from.
_VALEURS = re.compile(r"^\s*(DETAIL|CONTEXT|LINE \d+):.*$", re.MULTILINE)
_ADRESSE = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class NumeroMiddleware:
    """First of all: what an error page logs is numbered as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with sous_le_numero(request.headers.get(EN_TETE) if settings.PROXY else None) as le_sien:
            reponse = self.get_response(request)
        reponse[EN_TETE] = le_sien
        return reponse


class Ligne(logging.Formatter):
    """A line of text, without what a database or a mail server quoted in its refusal."""

    def format(self, record: logging.LogRecord) -> str:
        return _sans_personne(super().format(record))


class Json(Ligne):
    """The same, an object a line, for a collector of logs (`LOG_FORMAT=json`)."""

    def format(self, record: logging.LogRecord) -> str:
        dit = {
            "heure": self.formatTime(record, self.datefmt),
            "niveau": record.levelname,
            "module": record.name,
            "numero": getattr(record, "numero", "-"),
            "compte": getattr(record, "compte", "-"),
            "message": _sans_personne(record.getMessage()),
        }
        if record.exc_info:
            dit["pile"] = _sans_personne(self.formatException(record.exc_info))
        return json.dumps(dit, ensure_ascii=False)


def _sans_personne(texte: str) -> str:
    return _ADRESSE.sub("…@…", _VALEURS.sub("", texte))


class Discretion(logging.Filter):
    """Numbers the line, says whose session it was, cuts the keys out of it, and the stack of what was
    refused on purpose."""

    def filter(self, record: logging.LogRecord) -> bool:
        from collectivites.communs.cles_de_liens import sans_les_cles

        record.numero = numero()
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
