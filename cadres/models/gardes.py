"""What the database does for the registre that Django cannot ask of both.

`Cadre.demarche` and `Cadre.rang` are copies of what the collectivité and the candidacy say. The
database keeps them true, whoever writes and however: no code may forget, nor write back a stale
value. Laid again after each `migrate`, like `collectivites.garanties.gardes`, and the rows put right.

The search has a trigram index on PostgreSQL (a database owner may create pg_trgm since version
13); on SQLite it reads the list, which is short there.
"""

from typing import Any

from django.db import connections

from cadres.candidature.rangs import PARTI, RANGS, Avancee, Etat


def _rang(cadre: str) -> str:
    """The place of `cadre`, an alias of a row of cadres_cadre; the first, without a candidacy yet:
    an import then writes each row once."""
    places = " ".join(
        f"WHEN c.etat = '{Etat.RETENU.value}' AND c.avancee = '{cle}' THEN {RANGS[cle]}"
        for cle in Avancee.values
        if cle
    )
    etats = " ".join(f"WHEN c.etat = '{cle}' THEN {RANGS[cle]}" for cle in Etat.values)
    return (
        f"COALESCE((SELECT CASE WHEN {cadre}.parti_le IS NOT NULL THEN {PARTI} {places} {etats} END"  # noqa: S608
        f" FROM cadres_candidature c WHERE c.cadre_id = {cadre}.id), 0)"
    )


def _demarche(cadre: str) -> str:
    return f"(SELECT k.demarche_id FROM collectivites_collectivite k WHERE k.id = {cadre}.collectivite_id)"  # noqa: S608


REMETTRE = f"""
UPDATE cadres_cadre SET demarche_id = {_demarche("cadres_cadre")}, rang = {_rang("cadres_cadre")}
WHERE {{condition}}
"""  # noqa: S608

#: A row is written before it is read here: `BEFORE` corrects what an act would write back.
#: A collectivité may come after its cadres, in a transaction that restores them (`loaddata`).
POSTGRESQL = f"""
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX IF NOT EXISTS cadre_recherche_trgm
  ON cadres_cadre USING gin (recherche gin_trgm_ops);
CREATE OR REPLACE FUNCTION quatuor_cadre_copies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.demarche_id := {_demarche("NEW")};
  NEW.rang := {_rang("NEW")};
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER cadre_copies BEFORE INSERT OR UPDATE
  ON cadres_cadre FOR EACH ROW EXECUTE FUNCTION quatuor_cadre_copies();
CREATE OR REPLACE FUNCTION quatuor_candidature_copies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE cadres_cadre SET rang = 0
  WHERE id IN (NEW.cadre_id, OLD.cadre_id) AND rang <> {_rang("cadres_cadre")};
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER candidature_copies
  AFTER INSERT OR DELETE OR UPDATE OF etat, avancee, cadre_id
  ON cadres_candidature FOR EACH ROW EXECUTE FUNCTION quatuor_candidature_copies();
CREATE OR REPLACE FUNCTION quatuor_collectivite_copies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR OLD.demarche_id <> NEW.demarche_id THEN
    UPDATE cadres_cadre SET demarche_id = NULL WHERE collectivite_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER collectivite_copies AFTER INSERT OR UPDATE OF demarche_id
  ON collectivites_collectivite FOR EACH ROW EXECUTE FUNCTION quatuor_collectivite_copies();
"""  # noqa: S608

#: SQLite corrects after. A trigger does not fire itself there.
SQLITE = {
    "cadre_copies_insert": ("AFTER INSERT ON cadres_cadre", "id = NEW.id"),
    "cadre_copies_update": (
        f"AFTER UPDATE ON cadres_cadre WHEN NEW.demarche_id IS NOT {_demarche('NEW')}"
        f" OR NEW.rang IS NOT {_rang('NEW')}",
        "id = NEW.id",
    ),
    "candidature_copies_insert": ("AFTER INSERT ON cadres_candidature", "id = NEW.cadre_id"),
    "candidature_copies_update": (
        "AFTER UPDATE OF etat, avancee, cadre_id ON cadres_candidature",
        "id IN (NEW.cadre_id, OLD.cadre_id)",
    ),
    "candidature_copies_delete": ("AFTER DELETE ON cadres_candidature", "id = OLD.cadre_id"),
    "collectivite_copies_insert": (
        "AFTER INSERT ON collectivites_collectivite",
        "collectivite_id = NEW.id",
    ),
    "collectivite_copies_update": (
        "AFTER UPDATE OF demarche_id ON collectivites_collectivite",
        "collectivite_id = NEW.id",
    ),
}
FAUSSES = (
    f"demarche_id IS DISTINCT FROM {_demarche('cadres_cadre')}"
    f" OR rang IS DISTINCT FROM {_rang('cadres_cadre')}"
)


RETIRER_POSTGRESQL = """
DROP TRIGGER IF EXISTS cadre_copies ON cadres_cadre;
DROP TRIGGER IF EXISTS candidature_copies ON cadres_candidature;
DROP TRIGGER IF EXISTS collectivite_copies ON collectivites_collectivite;
"""


def lever_les_gardes(using: str = "default", **_: Any) -> None:
    """Before a migration: SQLite renames no table that a trigger speaks of."""
    connexion = connections[using]
    if connexion.vendor != "postgresql":
        with connexion.cursor() as curseur:
            _retirer(connexion.vendor, curseur)


def _retirer(vendeur: str, curseur: Any) -> None:
    if vendeur == "postgresql":
        curseur.execute(RETIRER_POSTGRESQL)
        return
    for nom in SQLITE:
        curseur.execute(f"DROP TRIGGER IF EXISTS {nom}")


def poser_les_gardes(using: str = "default", **_: Any) -> None:
    """Lay the triggers and the index on `using`, and put the copies right; safe to repeat."""
    connexion = connections[using]
    with connexion.cursor() as curseur:
        if "cadres_candidature" not in connexion.introspection.table_names(curseur):
            return  # a partial migration: the tables are not there yet
        colonnes = connexion.introspection.get_table_description(curseur, "cadres_cadre")
        if "parti_le" not in {colonne.name for colonne in colonnes}:
            # Migrated back: a trigger that writes columns of later would refuse every file.
            _retirer(connexion.vendor, curseur)
            return
        if connexion.vendor == "postgresql":
            curseur.execute(POSTGRESQL)
            curseur.execute(REMETTRE.format(condition=FAUSSES))
            return
        _retirer(connexion.vendor, curseur)
        for nom, (quand, lesquels) in SQLITE.items():
            curseur.execute(
                f"CREATE TRIGGER {nom} {quand} BEGIN {REMETTRE.format(condition=lesquels)}; END"
            )
        fausses = FAUSSES.replace("IS DISTINCT FROM", "IS NOT")
        curseur.execute(REMETTRE.format(condition=fausses))
