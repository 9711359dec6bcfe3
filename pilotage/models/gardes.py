"""What the database refuses of documents handed over, whoever writes and however: figures that were
told are not told otherwise afterwards, a signed document is neither changed nor deleted.

Laid again after each `migrate`, like `collectivites.garanties.gardes`.
"""

from typing import Any

from django.db import connections

from collectivites.garanties.gardes import MESSAGES_DES_GARDES

ARRETE, DOCUMENT = "arrete_inalterable", "document_signe_inalterable"
MESSAGES_DES_GARDES[ARRETE] = "Des chiffres arrêtés ne se réécrivent pas."
MESSAGES_DES_GARDES[DOCUMENT] = "Un document signé ne se réécrit pas."

HORS_PURGE = "NOT EXISTS (SELECT 1 FROM collectivites_purgeencours)"
#: name, table, which changes are refused, which deletions.
GARDES = (
    (ARRETE, "pilotage_arretedeschiffres", "1 = 1", HORS_PURGE),
    (
        DOCUMENT,
        "pilotage_documentelus",
        "OLD.etat = 'signe' AND (NEW.etat <> 'signe' OR NEW.empreinte <> OLD.empreinte"
        " OR NEW.pdf <> OLD.pdf OR NEW.numero <> OLD.numero OR NEW.arrete_id <> OLD.arrete_id)",
        f"OLD.etat = 'signe' AND {HORS_PURGE}",
    ),
)


def _retirer(curseur: Any) -> None:
    for nom, *_ in GARDES:
        for quand in ("update", "delete"):
            curseur.execute(f"DROP TRIGGER IF EXISTS {nom}_{quand}")


def lever_les_gardes(using: str = "default", **_: Any) -> None:
    """Before a migration: SQLite rebuilds no table that a trigger guards."""
    connexion = connections[using]
    if connexion.vendor != "postgresql":
        with connexion.cursor() as curseur:
            _retirer(curseur)


def poser_les_gardes(using: str = "default", **_: Any) -> None:
    """Lay the triggers on `using`; safe to repeat."""
    connexion = connections[using]
    with connexion.cursor() as curseur:
        tables = connexion.introspection.table_names(curseur)
        if connexion.vendor != "postgresql":
            _retirer(curseur)
        for nom, table, change, supprime in GARDES:
            if table not in tables:
                continue  # a partial migration: the table is not there yet
            if connexion.vendor == "postgresql":
                _poser_sur_postgresql(curseur, nom, table, change, supprime)
                continue
            for quand, condition in (("update", change), ("delete", supprime)):
                curseur.execute(
                    f"CREATE TRIGGER {nom}_{quand} BEFORE {quand.upper()} ON {table} "
                    f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{nom}'); END"
                )


def _poser_sur_postgresql(curseur: Any, nom: str, table: str, change: str, supprime: str) -> None:
    curseur.execute(
        f"""
        CREATE OR REPLACE FUNCTION quatuor_{nom}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            IF {change} THEN
              RAISE EXCEPTION '{nom}' USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = '{nom}';
            END IF;
            RETURN NEW;
          END IF;
          IF {supprime} THEN
            RAISE EXCEPTION '{nom}' USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = '{nom}';
          END IF;
          RETURN OLD;
        END $$;
        CREATE OR REPLACE TRIGGER {nom} BEFORE UPDATE OR DELETE ON {table}
          FOR EACH ROW EXECUTE FUNCTION quatuor_{nom}();
        """
    )
