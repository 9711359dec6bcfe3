"""The number of a request, which follows what it asked for: the lines of its log, its jobs, its mails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

AUCUN = "-"
_numero: ContextVar[str] = ContextVar("numero", default=AUCUN)
EN_TETE = "X-Request-ID"
#: Of the message of a task, from whoever asked for it to the worker.
EN_TETE_DE_TACHE = "numero"
#: A proxy of ours may have numbered a request; from anybody else, a number is a way to lead astray.
_CONNU = re.compile(r"[\w.-]{8,64}")


def numero() -> str:
    """Of what is being answered or done; « - » outside."""
    return _numero.get()


@contextmanager
def sous_le_numero(recu: Any = None) -> Iterator[str]:
    """That number if it is one, else a new one, until the end of the block."""
    valeur = recu if isinstance(recu, str) and _CONNU.fullmatch(recu) else uuid4().hex[:16]
    jeton = _numero.set(valeur)
    try:
        yield valeur
    finally:
        _numero.reset(jeton)
