"""No silent path changes the rules of a démarche: its columns are a copy of the last version agreed.

A trigger on both databases refuses an UPDATE of these columns that says something else, whoever
writes; versions are neither rewritten nor deleted. A démarche without any version (a test's) is
free. Laid again after each `migrate`, like `collectivites.garanties.gardes`.
"""

from typing import Any

from django.db import connections

from collectivites.garanties.gardes import MESSAGES_DES_GARDES

NOM = "regles_de_la_demarche"
FIGEES = "regles_figees"
COLONNES = (
    "date_debut",
    "date_fin",
    "objectif_mobilites",
    "tolerance_solde",
    "seuil_secret",
    "publicite_mois",
    "rappel_jours",
    "public",
    "categories",
    "filieres",
)
MESSAGES_DES_GARDES[NOM] = "Les règles de la démarche ne changent que par une décision de ses DGS."
MESSAGES_DES_GARDES[FIGEES] = "Une version des règles qui a été convenue ne se récrit pas."

_EGALES = " AND ".join(f"v.{colonne} = NEW.{colonne}" for colonne in COLONNES)
SILENCIEUX = f"""EXISTS (SELECT 1 FROM pilotage_versionregles v WHERE v.demarche_id = NEW.id)
AND NOT EXISTS (
    SELECT 1 FROM pilotage_versionregles v
    WHERE v.id = (SELECT MAX(d.id) FROM pilotage_versionregles d WHERE d.demarche_id = NEW.id)
      AND {_EGALES})"""  # noqa: S608

SQLITE = f"""
CREATE TRIGGER {NOM} BEFORE UPDATE OF {", ".join(COLONNES)} ON collectivites_demarche
WHEN {SILENCIEUX}
BEGIN SELECT RAISE(ABORT, '{NOM}'); END
"""
SQLITE_FIGEES = f"""
CREATE TRIGGER {FIGEES}_{{quand}} BEFORE {{evenement}} ON pilotage_versionregles
BEGIN SELECT RAISE(ABORT, '{FIGEES}'); END
"""
_REFUS = "USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT"
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION quatuor_{NOM}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {SILENCIEUX} THEN
    RAISE EXCEPTION '{NOM}' {_REFUS} = '{NOM}';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER {NOM} BEFORE UPDATE OF {", ".join(COLONNES)}
  ON collectivites_demarche FOR EACH ROW EXECUTE FUNCTION quatuor_{NOM}();
CREATE OR REPLACE FUNCTION quatuor_{FIGEES}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{FIGEES}' {_REFUS} = '{FIGEES}';
END $$;
CREATE OR REPLACE TRIGGER {FIGEES} BEFORE UPDATE OR DELETE
  ON pilotage_versionregles FOR EACH ROW EXECUTE FUNCTION quatuor_{FIGEES}();
"""


def lever_les_gardes(using: str = "default", **_: Any) -> None:
    """Before a migration: SQLite renames no table that a trigger speaks of."""
    connexion = connections[using]
    if connexion.vendor != "postgresql":
        with connexion.cursor() as curseur:
            _retirer(curseur)


def _retirer(curseur: Any) -> None:
    curseur.execute(f"DROP TRIGGER IF EXISTS {NOM}")
    for quand in ("update", "delete"):
        curseur.execute(f"DROP TRIGGER IF EXISTS {FIGEES}_{quand}")


def poser_les_gardes(using: str = "default", **_: Any) -> None:
    """Lay the triggers on `using`; safe to repeat."""
    connexion = connections[using]
    with connexion.cursor() as curseur:
        tables = connexion.introspection.table_names(curseur)
        if "pilotage_versionregles" not in tables or "collectivites_demarche" not in tables:
            return  # a partial migration: the tables are not there yet
        colonnes = connexion.introspection.get_table_description(curseur, "collectivites_demarche")
        if not {*COLONNES} <= {colonne.name for colonne in colonnes}:
            return  # migrated back
        if connexion.vendor == "postgresql":
            curseur.execute(POSTGRESQL)
            return
        _retirer(curseur)
        curseur.execute(SQLITE)
        for quand in ("update", "delete"):
            curseur.execute(SQLITE_FIGEES.format(quand=quand, evenement=quand.upper()))
