"""Guarantees that Django's constraints cannot express on both databases.

They are laid again after each `migrate`, because SQLite loses the triggers of a table that a
migration rebuilds. On PostgreSQL the exclusion needs the extension btree_gist, which a database
owner may create since PostgreSQL 13.
"""

from typing import Any

from django.db import connections

MESSAGES_DES_GARDES = {
    "mandat_sans_chevauchement": (
        "Cette personne tient déjà ce rôle dans cette collectivité à ces dates."
    ),
    "journal_inalterable": "Le journal ne se réécrit pas.",
}

SQLITE_CHEVAUCHEMENT = """
CREATE TRIGGER mandat_sans_chevauchement_{quand} BEFORE {evenement} ON collectivites_mandat
WHEN EXISTS (
    SELECT 1 FROM collectivites_mandat m
    WHERE m.utilisateur_id = NEW.utilisateur_id AND m.collectivite_id = NEW.collectivite_id
      AND m.role = NEW.role AND m.id IS NOT NEW.id
      AND m.debut <= COALESCE(NEW.fin, '9999-12-31')
      AND COALESCE(m.fin, '9999-12-31') >= NEW.debut)
BEGIN SELECT RAISE(ABORT, 'mandat_sans_chevauchement'); END
"""
SQLITE_JOURNAL = """
CREATE TRIGGER journal_inalterable_{quand} BEFORE {evenement} ON collectivites_entreejournal
WHEN NOT EXISTS (SELECT 1 FROM collectivites_purgeencours)
BEGIN SELECT RAISE(ABORT, 'journal_inalterable'); END
"""
# A link gets its place once; then it is as its line. It may wait for its place, hence « numero ».
SQLITE_MAILLON = """
CREATE TRIGGER maillon_inalterable_{quand} BEFORE {evenement} ON collectivites_maillonjournal
WHEN ('{evenement}' = 'DELETE' OR OLD.numero IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM collectivites_purgeencours)
BEGIN SELECT RAISE(ABORT, 'journal_inalterable'); END
"""
# Each line is born with its link, whoever writes it: a salt, and the clock of the database.
SQLITE_NAISSANCE = """
CREATE TRIGGER maillon_de_la_ligne_{quand} AFTER {evenement} ON collectivites_entreejournal
BEGIN
    INSERT INTO collectivites_maillonjournal
        (entree_id, demarche_id, inscrit_le, reprise, sel, engagement, oubli, empreinte)
    VALUES (NEW.id, NEW.demarche_id, strftime('%Y-%m-%d %H:%M:%f', 'now'), 0,
        lower(hex(randomblob(16))), '', '', '');
END
"""
POSTGRESQL = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'mandat_sans_chevauchement') THEN
    ALTER TABLE collectivites_mandat ADD CONSTRAINT mandat_sans_chevauchement EXCLUDE USING gist (
      utilisateur_id WITH =, collectivite_id WITH =, role WITH =,
      daterange(debut, COALESCE(fin, 'infinity'::date), '[]') WITH &&);
  END IF;
END $$;
CREATE OR REPLACE FUNCTION quatuor_journal_inalterable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM collectivites_purgeencours) THEN
    RETURN COALESCE(NEW, OLD);
  END IF;
  RAISE EXCEPTION 'journal_inalterable' USING ERRCODE = 'integrity_constraint_violation',
    CONSTRAINT = 'journal_inalterable';
END $$;
CREATE OR REPLACE TRIGGER journal_inalterable BEFORE UPDATE OR DELETE
  ON collectivites_entreejournal FOR EACH ROW EXECUTE FUNCTION quatuor_journal_inalterable();
CREATE OR REPLACE TRIGGER journal_sans_troncature BEFORE TRUNCATE
  ON collectivites_entreejournal EXECUTE FUNCTION quatuor_journal_inalterable();
"""
POSTGRESQL_MAILLONS = """
CREATE OR REPLACE FUNCTION quatuor_maillon_de_la_ligne() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO collectivites_maillonjournal
    (entree_id, demarche_id, inscrit_le, reprise, sel, engagement, oubli, empreinte)
  VALUES (NEW.id, NEW.demarche_id, clock_timestamp(), false,
    left(encode(sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea), 'hex'), 32),
    '', '', '');
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER maillon_de_la_ligne AFTER INSERT
  ON collectivites_entreejournal FOR EACH ROW EXECUTE FUNCTION quatuor_maillon_de_la_ligne();
CREATE OR REPLACE TRIGGER maillon_inalterable BEFORE UPDATE
  ON collectivites_maillonjournal FOR EACH ROW WHEN (OLD.numero IS NOT NULL)
  EXECUTE FUNCTION quatuor_journal_inalterable();
CREATE OR REPLACE TRIGGER maillon_sans_retrait BEFORE DELETE
  ON collectivites_maillonjournal FOR EACH ROW EXECUTE FUNCTION quatuor_journal_inalterable();
CREATE OR REPLACE TRIGGER maillon_sans_troncature BEFORE TRUNCATE
  ON collectivites_maillonjournal EXECUTE FUNCTION quatuor_journal_inalterable();
"""

#: What stands for the words that a purge takes away.
EFFACE = "[effacé]"
# The role of the site owns no table. It says nothing of dates (those of the past are the owner's to load:
# a demo, another tool; the links bear the clock of the base, and the chain says so). Within a purge, it
# takes words away from a line, and writes none. The guards read our schema alone: a table of its own could
# bear the name of one of ours.
POSTGRESQL_SITE = rf"""
CREATE OR REPLACE FUNCTION quatuor_sans_ecrire(ancien text, nouveau text) RETURNS boolean LANGUAGE sql
IMMUTABLE AS $$
  SELECT ancien LIKE replace(replace(replace(replace(
    regexp_replace(nouveau, '\[(e(f(f(a(cé?)?)?)?)?)?$', ''),
    '\', '\\'), '%', '\%'), '_', '\_'), '{EFFACE}', '%') || '%'
$$;
CREATE OR REPLACE FUNCTION quatuor_journal_du_site() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    NEW.quand := clock_timestamp();
  ELSIF NOT (quatuor_sans_ecrire(OLD.libelle, NEW.libelle) AND quatuor_sans_ecrire(OLD.motif, NEW.motif)
    AND NEW.details IN (OLD.details, '{{}}'::jsonb)) THEN
    RAISE EXCEPTION 'journal_inalterable' USING ERRCODE = 'integrity_constraint_violation',
      CONSTRAINT = 'journal_inalterable';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER journal_du_site BEFORE INSERT OR UPDATE
  ON collectivites_entreejournal FOR EACH ROW EXECUTE FUNCTION quatuor_journal_du_site();
ALTER FUNCTION quatuor_maillon_de_la_ligne SECURITY DEFINER;
DO $$
DECLARE fonction regproc;
BEGIN
  FOREACH fonction IN ARRAY ARRAY['quatuor_journal_inalterable', 'quatuor_maillon_de_la_ligne',
    'quatuor_journal_du_site', 'quatuor_sans_ecrire']::regproc[] LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', fonction, current_schema());
  END LOOP;
END $$;
"""  # noqa: S608


#: Guard, the statement that lays it on SQLite, what it watches.
SQLITE = (
    ("mandat_sans_chevauchement", SQLITE_CHEVAUCHEMENT, ("INSERT", "UPDATE")),
    ("journal_inalterable", SQLITE_JOURNAL, ("UPDATE", "DELETE")),
    ("maillon_inalterable", SQLITE_MAILLON, ("UPDATE", "DELETE")),
    ("maillon_de_la_ligne", SQLITE_NAISSANCE, ("INSERT",)),
)
#: The tables of what an early, partial migration has not made yet.
TABLES_DES_GARDES = {"collectivites_purgeencours", "collectivites_maillonjournal"}


def poser_les_gardes(using: str = "default", **_: Any) -> None:
    """Lay the triggers and the exclusion on `using`; safe to repeat."""
    connexion = connections[using]
    if not TABLES_DES_GARDES.issubset(connexion.introspection.table_names()):
        return
    with connexion.cursor() as curseur:
        if connexion.vendor == "postgresql":
            curseur.execute(POSTGRESQL)
            curseur.execute(POSTGRESQL_MAILLONS)
            curseur.execute(POSTGRESQL_SITE)
            return
        for nom, modele, evenements in SQLITE:
            for evenement in evenements:
                quand = evenement.lower()
                curseur.execute(f"DROP TRIGGER IF EXISTS {nom}_{quand}")
                curseur.execute(modele.format(quand=quand, evenement=evenement))
