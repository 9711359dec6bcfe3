"""What a database is made of, in a form that two of them can be compared by."""

import re
from typing import Any

#: A name that Django made up from a digest: two ways to the same schema may differ by it.
DEDUIT = re.compile(r"_[0-9a-f]{8}(_\w+)?$|^sqlite_autoindex|_pkey$|_key$|^__|^fk_\d+$")


def decrire(connexion: Any) -> dict[str, Any]:
    """Per table: its columns, its constraints and indexes, its triggers."""
    with connexion.cursor() as curseur:
        tables = connexion.introspection.table_names(curseur)
        description = {
            table: {
                "colonnes": sorted(
                    [c.name, str(c.type_code), str(c.internal_size or ""), bool(c.null_ok)]
                    for c in connexion.introspection.get_table_description(curseur, table)
                ),
                "contraintes": sorted(
                    _signature(nom, contrainte)
                    for nom, contrainte in connexion.introspection.get_constraints(
                        curseur, table
                    ).items()
                ),
            }
            for table in tables
        }
        curseur.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
            if connexion.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        return {"tables": description, "gardes": sorted(nom for (nom,) in curseur.fetchall())}


def _signature(nom: str, contrainte: dict[str, Any]) -> list[str]:
    return [
        "" if DEDUIT.search(nom) else nom,
        *(
            str(contrainte.get(cle) or "")
            for cle in ("columns", "primary_key", "unique", "foreign_key", "check", "index", "type")
        ),
    ]
