"""GET never writes: an execution wrapper that refuses any write while a page is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connections

from collectivites.refus import EcritureInterdite

#: A statement that writes: by its first word, or inside a WITH. `FOR UPDATE` only locks.
_ECRIT = re.compile(
    r"^(?:\s|--[^\n]*\n|/\*.*?\*/)*"
    r"(?:(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|ALTER|CREATE|DROP)\b"
    r"|WITH\b.*?\b(?:INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\S+\s+SET)\b)",
    re.IGNORECASE | re.DOTALL,
)


def _refuser(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if _ECRIT.match(sql):
        raise EcritureInterdite(f"A page that is only read tried to write: {sql[:80]}")
    return execute(sql, params, many, context)


@contextmanager
def lecture_seule() -> Iterator[None]:
    """Refuse every write on every database until the block ends."""
    with ExitStack() as pile:
        for connexion in connections.all():
            pile.enter_context(connexion.execute_wrapper(_refuser))
        yield
