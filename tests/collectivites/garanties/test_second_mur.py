"""The second wall, by raw SQL under the role of the site: a démarche neither reads nor writes another.

Each table of the house is walked: one that a new model brings is held to it without being named here.
"""

from __future__ import annotations

import uuid
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, models, transaction
from psycopg import errors
from psycopg.types.json import Jsonb

from collectivites.garanties import mur
from collectivites.garanties.politiques import NOM, voies
from tests.outils.site import sous_le_role_du_site

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's row-level security"),
]

A, B, NEUVE = 1_000_001, 1_000_002, 1_000_003
ICI, LA = "ici", "là"
#: What hangs on no démarche, hence is no démarche's: accounts, and what is theirs; what runs the house.
SANS_DEMARCHE = {
    "account_emailaddress",
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "collectivites_passage",
    "collectivites_purgeencours",
    "collectivites_utilisateur",
    "collectivites_utilisateur_groups",
    "collectivites_utilisateur_user_permissions",
    "django_admin_log",
    "django_content_type",
    "django_session",
    "mfa_authenticator",
    "parcours_abonnementagenda",
    "parcours_preferencesrappel",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
    "usersessions_usersession",
}
#: Where the role of the site may not even try.
SANS_UPDATE = {"collectivites_maillonjournal", "collectivites_entreejournal"}
SANS_INSERT = {"collectivites_maillonjournal"}
TABLES = sorted(modele._meta.db_table for modele in voies())
PAR_TABLE = {modele._meta.db_table: modele for modele in voies()}


def executer(sql, valeurs=()):
    with connection.cursor() as curseur:
        curseur.execute(sql, valeurs)
        return curseur.fetchall() if curseur.description else curseur.rowcount


def cle_primaire(modele, n):
    champ = modele._meta.pk
    if champ.is_relation:
        return cle_primaire(champ.related_model, n)
    return uuid.UUID(int=n) if isinstance(champ, models.UUIDField) else n


def valeur(champ, n):
    if champ.is_relation:
        return cle_primaire(champ.related_model, n)
    genre = champ.get_internal_type()
    if champ.primary_key or "Integer" in genre or genre in {"DecimalField", "FloatField"}:
        return cle_primaire(champ.model, n) if champ.primary_key else 1
    if genre in {"DateTimeField", "DateField"}:
        return "2026-12-01"
    return {
        "BooleanField": False,
        "JSONField": Jsonb({}),
        "BinaryField": b"",
        "UUIDField": uuid.UUID(int=n),
        "TimeField": "10:00",
    }.get(genre, "")


def ligne(modele, n, **autres):
    """Columns and values of a row whose keys all lead to the démarche `n`."""
    colonnes = {
        champ.column: valeur(champ, n)
        for champ in modele._meta.concrete_fields
        if not (champ.null and not champ.is_relation)
    }
    return {**colonnes, **autres}


def inserer(modele, valeurs):
    colonnes = ", ".join(f'"{colonne}"' for colonne in valeurs)
    marques = ", ".join(["%s"] * len(valeurs))
    sql = f'INSERT INTO "{modele._meta.db_table}" ({colonnes}) VALUES ({marques})'
    return executer(sql, list(valeurs.values()))


@pytest.fixture(scope="module")
def deux_demarches(decor, droits_du_site, django_db_blocker):
    """One row of each table in each of two démarches: without triggers nor constraints, since only the
    policies are asked here. All of it is undone."""
    with django_db_blocker.unblock():
        executer("SET LOCAL session_replication_role = replica")
        contraintes = executer(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype IN ('c', 'u', 'x') AND connamespace = current_schema()::regnamespace"
        )
        for table, nom in contraintes:
            executer(f'ALTER TABLE {table} DROP CONSTRAINT "{nom}"')
        for table, index in executer(
            "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = current_schema()"
            " AND indexdef LIKE 'CREATE UNIQUE%%' AND indexname NOT LIKE '%%_pkey'"
        ):
            assert table
            executer(f'DROP INDEX "{index}"')
        for modele in voies():
            inserer(modele, ligne(modele, A))
            inserer(modele, ligne(modele, B))


@contextmanager
def comme(demarche):
    portee = mur.partout() if demarche is mur.PARTOUT else mur.pour(demarche)
    with sous_le_role_du_site(), portee:
        yield


def lues(table):
    modele = PAR_TABLE[table]
    cle = modele._meta.pk.column
    possibles = {cle_primaire(modele, n): n for n in (A, B)}
    return {possibles.get(pk) for (pk,) in executer(f'SELECT "{cle}" FROM "{table}"')}


def refuser(modele, valeurs):
    with pytest.raises(ProgrammingError) as erreur, transaction.atomic():
        inserer(modele, valeurs)
    assert isinstance(erreur.value.__cause__, errors.InsufficientPrivilege)


def test_every_table_of_a_demarche_bears_its_policy_and_the_others_are_named():
    tables = {m._meta.db_table for m in apps.get_models(include_auto_created=True)}
    murees = {
        table
        for (table,) in executer(
            "SELECT c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
            " WHERE p.polname = %s AND c.relrowsecurity",
            [NOM],
        )
    }

    assert murees == set(TABLES)
    assert tables - murees == SANS_DEMARCHE


@pytest.mark.parametrize("table", TABLES)
def test_a_demarche_neither_reads_nor_writes_a_row_of_another(deux_demarches, table):
    modele = PAR_TABLE[table]
    cle, autre = modele._meta.pk.column, cle_primaire(modele, B)
    with comme(A):
        assert lues(table) == {A}
        if table not in SANS_UPDATE:
            sql = f'UPDATE "{table}" SET "{cle}" = "{cle}" WHERE "{cle}" = %s'
            assert executer(sql, [autre]) == 0
            assert executer(f'DELETE FROM "{table}" WHERE "{cle}" = %s', [autre]) == 0
        refuser(modele, ligne(modele, B) | {cle: cle_primaire(modele, NEUVE)})
    with comme(None):
        assert lues(table) == set()
        refuser(modele, ligne(modele, A) | {cle: cle_primaire(modele, NEUVE)})
    with comme(mur.PARTOUT):
        assert lues(table) == {A, B}


@pytest.mark.parametrize("table", sorted(set(TABLES) - SANS_INSERT - {"collectivites_demarche"}))
def test_no_key_of_a_row_leads_to_another_demarche(deux_demarches, table):
    """A vœu of one for a poste of the other, a proposition, a delegation, a line of the journal…"""
    modele = PAR_TABLE[table]
    if modele._meta.pk.is_relation:
        pytest.skip("its key is that of its only way up")
    entiere = ligne(modele, A) | {modele._meta.pk.column: cle_primaire(modele, NEUVE)}
    with comme(A):
        for cle in modele._meta.concrete_fields:
            if cle.related_model in voies() and cle.related_model is not modele:
                refuser(modele, entiere | {cle.column: cle_primaire(cle.related_model, B)})
        with transaction.atomic():
            assert inserer(modele, entiere) == 1
            transaction.set_rollback(True)
