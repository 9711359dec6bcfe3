"""What the database refuses of a proposition that Django cannot ask of both.

A DGS who also serves the employer that the person would leave (or its group) validates it only if the
person said that they may: asked of the mandats, whoever writes and however. Laid again after each
`migrate`, like `collectivites.garanties.gardes`.
"""

from typing import Any

from django.db import connections

from collectivites.garanties.gardes import MESSAGES_DES_GARDES
from collectivites.mots import ROLES_EMPLOYEUR

NOM = "proposition_valideur_a_part"
MESSAGES_DES_GARDES[NOM] = (
    "Vous servez aussi l’employeur de cette personne : sans son accord, une autre personne valide."
)

_ROLES = ", ".join(f"'{role.value}'" for role in sorted(ROLES_EMPLOYEUR))
#: `{jour}`: today, in the words of the database.
A_PART = f"""NEW.validee_par_id IS NOT NULL AND NEW.accord_dgs <> 'oui' AND EXISTS (
    SELECT 1 FROM collectivites_mandat v
    JOIN collectivites_mandat m ON m.utilisateur_id = v.utilisateur_id
    JOIN collectivites_collectivite la ON la.id = m.collectivite_id
    JOIN collectivites_collectivite o ON o.id = NEW.collectivite_origine_id
    WHERE v.id = NEW.validee_par_id AND m.collectivite_id <> v.collectivite_id
      AND m.role IN ({_ROLES}) AND (m.fin IS NULL OR m.fin >= {{jour}})
      AND (la.id = o.id OR (o.groupe_employeur <> '' AND la.groupe_employeur = o.groupe_employeur)))
"""  # noqa: S608

SQLITE = f"""
CREATE TRIGGER {NOM}_{{quand}} BEFORE {{evenement}} ON opportunites_proposition
WHEN {A_PART.format(jour="date('now')")}
BEGIN SELECT RAISE(ABORT, '{NOM}'); END
"""
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION quatuor_{NOM}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {A_PART.format(jour="CURRENT_DATE")} THEN
    RAISE EXCEPTION '{NOM}' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{NOM}';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER {NOM} BEFORE INSERT OR UPDATE OF validee_par_id
  ON opportunites_proposition FOR EACH ROW EXECUTE FUNCTION quatuor_{NOM}();
"""


def lever_les_gardes(using: str = "default", **_: Any) -> None:
    """Before a migration: SQLite renames no table that a trigger speaks of."""
    connexion = connections[using]
    if connexion.vendor != "postgresql":
        with connexion.cursor() as curseur:
            _retirer(curseur)


def _retirer(curseur: Any) -> None:
    for quand in ("insert", "update"):
        curseur.execute(f"DROP TRIGGER IF EXISTS {NOM}_{quand}")


def poser_les_gardes(using: str = "default", **_: Any) -> None:
    """Lay the trigger on `using`; safe to repeat."""
    connexion = connections[using]
    with connexion.cursor() as curseur:
        table = "opportunites_proposition"
        if table not in connexion.introspection.table_names(curseur):
            return  # a partial migration: the table is not there yet
        colonnes = connexion.introspection.get_table_description(curseur, table)
        if "validee_par_id" not in {colonne.name for colonne in colonnes}:
            return  # migrated back
        if connexion.vendor == "postgresql":
            curseur.execute(POSTGRESQL)
            return
        _retirer(curseur)
        for quand, evenement in (("insert", "INSERT"), ("update", "UPDATE OF validee_par_id")):
            curseur.execute(SQLITE.format(quand=quand, evenement=evenement))
