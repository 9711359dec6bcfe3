"""From a violated constraint to a sentence in French."""

import re
from functools import lru_cache
from typing import Any, cast

from django.apps import apps
from django.db import IntegrityError, OperationalError
from django.db.models import CheckConstraint, Field, UniqueConstraint

from collectivites.garanties.gardes import MESSAGES_DES_GARDES

GENERIQUE = (
    "Quelqu’un vient de modifier la même chose, et les deux changements ne vont pas ensemble. "
    "Rechargez la page et recommencez."
)


@lru_cache(maxsize=1)
def _messages() -> dict[str, str]:
    """Constraint name, or « table.column, table.column » for SQLite, → message."""
    messages = dict(MESSAGES_DES_GARDES)
    for modele in apps.get_models():
        for contrainte in modele._meta.constraints:
            if not isinstance(contrainte, CheckConstraint | UniqueConstraint):
                continue
            texte = str(contrainte.violation_error_message or GENERIQUE)
            messages[contrainte.name] = texte
            if isinstance(contrainte, UniqueConstraint) and contrainte.fields:
                table = modele._meta.db_table
                colonnes = [
                    cast("Field[Any, Any]", modele._meta.get_field(c)).get_attname()
                    for c in contrainte.fields
                ]
                # Two constraints on the same columns: SQLite does not say which one failed.
                messages.setdefault(", ".join(f"{table}.{c}" for c in colonnes), texte)
    return messages


#: PostgreSQL's words for « you were many »: serialization, deadlock, lock, statement cut.
_CONFLITS = {"40001", "40P01", "55P03", "57014"}


def est_un_conflit(erreur: OperationalError) -> bool:
    """Others were writing: nothing was written, and it may be done again at once. Anything else is a
    server that fails."""
    etat = getattr(erreur.__cause__, "sqlstate", None)
    return etat in _CONFLITS or "locked" in str(erreur)


def traduire(erreur: IntegrityError) -> str:
    """The French message of the violated constraint; a general one when it is not ours."""
    nom = getattr(getattr(erreur.__cause__, "diag", None), "constraint_name", None)
    messages = _messages()
    if nom in messages:
        return messages[nom]
    texte = str(erreur)
    if "NOT NULL" in texte:
        return GENERIQUE  # SQLite names the column as it would for a duplicate
    trouve = re.search(r"constraint failed: (.+)$", texte)
    if trouve:
        cle = trouve.group(1).removeprefix("index ").strip("'")
        return messages.get(cle, GENERIQUE)
    return next((m for cle, m in messages.items() if cle in texte), GENERIQUE)
