"""What the database refuses of a gate, whoever writes and however: to pass it without the élus, and
to open behind it what it has not let through.

Laid again after each `migrate`, like `collectivites.garanties.gardes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections

from collectivites.garanties.gardes import MESSAGES_DES_GARDES
from pilotage.mots import Jalon


@dataclass(frozen=True)
class Garde:
    """Refuses a row of `table` when `refuse` (SQL over NEW) holds. `evenements`: name → SQL."""

    nom: str
    table: str
    evenements: dict[str, str]
    refuse: str
    message: str


GARDES = (
    Garde(
        "jalon_avec_les_elus",
        "pilotage_passagejalon",
        {"insert": "INSERT"},
        """EXISTS (SELECT 1 FROM collectivites_collectivite c WHERE c.demarche_id = NEW.demarche_id
             AND NOT EXISTS (SELECT 1 FROM pilotage_accordelus a
                             WHERE a.collectivite_id = c.id AND a.retire_le IS NULL))""",
        "Il manque l’accord des élus d’une collectivité : personne ne peut s’en dispenser.",
    ),
    Garde(
        "promotion_apres_son_jalon",
        "parcours_promotion",
        {"insert": "INSERT"},
        f"""(SELECT COUNT(*) FROM pilotage_passagejalon j
              WHERE j.demarche_id = NEW.demarche_id AND j.jalon = '{Jalon.PROMOTION.value}')
            <= (SELECT COUNT(*) FROM parcours_promotion p WHERE p.demarche_id = NEW.demarche_id)""",  # noqa: S608
        "Aucune promotion n’est à ouvrir : un DGS franchit d’abord son jalon.",
    ),
    Garde(
        "proposition_apres_son_jalon",
        "opportunites_proposition",
        {"insert": "INSERT", "update": "UPDATE OF etat"},
        f"""NEW.etat = 'envoyee' AND NOT EXISTS (SELECT 1 FROM pilotage_passagejalon j
              JOIN collectivites_collectivite c ON c.demarche_id = j.demarche_id
              WHERE c.id = NEW.collectivite_origine_id
                AND j.jalon = '{Jalon.PROPOSITIONS.value}')""",  # noqa: S608
        "Les propositions ne sont pas encore ouvertes : un DGS franchit d’abord leur jalon.",
    ),
)
MESSAGES_DES_GARDES.update({garde.nom: garde.message for garde in GARDES})

SQLITE = """
CREATE TRIGGER {nom}_{quand} BEFORE {evenement} ON {table} WHEN {refuse}
BEGIN SELECT RAISE(ABORT, '{nom}'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION quatuor_{nom}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {refuse} THEN
    RAISE EXCEPTION '{nom}' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{nom}';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER {nom} BEFORE {evenements} ON {table}
  FOR EACH ROW EXECUTE FUNCTION quatuor_{nom}();
"""


def lever_les_gardes(using: str = "default", **_: Any) -> None:
    """Before a migration: SQLite renames no table that a trigger speaks of."""
    connexion = connections[using]
    if connexion.vendor != "postgresql":
        with connexion.cursor() as curseur:
            for garde in GARDES:
                _retirer(curseur, garde)


def _retirer(curseur: Any, garde: Garde) -> None:
    for quand in garde.evenements:
        curseur.execute(f"DROP TRIGGER IF EXISTS {garde.nom}_{quand}")


def poser_les_gardes(using: str = "default", **_: Any) -> None:
    """Lay the triggers on `using`; safe to repeat."""
    connexion = connections[using]
    with connexion.cursor() as curseur:
        presentes = set(connexion.introspection.table_names(curseur))
        lues = {"pilotage_accordelus", "pilotage_passagejalon"}
        for garde in GARDES:
            if not lues | {garde.table} <= presentes:
                continue  # a partial migration: a table is not there yet
            if connexion.vendor == "postgresql":
                curseur.execute(
                    POSTGRESQL.format(
                        nom=garde.nom,
                        refuse=garde.refuse,
                        table=garde.table,
                        evenements=" OR ".join(garde.evenements.values()),
                    )
                )
                continue
            _retirer(curseur, garde)
            for quand, evenement in garde.evenements.items():
                curseur.execute(
                    SQLITE.format(
                        nom=garde.nom,
                        quand=quand,
                        evenement=evenement,
                        table=garde.table,
                        refuse=garde.refuse,
                    )
                )
