"""The second wall: on PostgreSQL, row-level security keeps each démarche to itself.

Every table that hangs on a démarche bears one policy, deduced from its foreign keys: a new model is
covered before anybody thinks of it. A row is read by its nearest way up (the démarche, a collectivité, a
cadre, a mandat…), whose own policy answers; it is written when *every* row that it refers to may be read,
so that a vœu cannot join two démarches. Whom a transaction works for is said by `mur`.

Laid after each `migrate`, by the owner of the tables, whom no policy binds; lifted before, since no column
that a policy speaks of may change. In between, those it binds see nothing.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.models import ForeignKey, Model

from collectivites.garanties.mur import PARTOUT, REGLAGE

NOM = "mur"
#: Where a table has several ways up, the first of these, then any: the shortest.
PREFERES = ("demarche", "collectivite", "cadre", "mandat")

# As subqueries without a row in them, they are evaluated once a statement.
_PARTOUT = f"(SELECT current_setting('{REGLAGE}', true)) = '{PARTOUT}'"
_ICI = f"(SELECT NULLIF(NULLIF(current_setting('{REGLAGE}', true), '{PARTOUT}'), '')::bigint)"

_PRESENTES = """
SELECT c.relname, obj_description(p.oid, 'pg_policy')
FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = %s AND c.relrowsecurity
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
"""
_POSER = """
ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS {nom} ON "{table}";
CREATE POLICY {nom} ON "{table}" USING ({lire}) WITH CHECK ({ecrire});
COMMENT ON POLICY {nom} ON "{table}" IS '{empreinte}';
"""


def _cles(modele: type[Model]) -> list[ForeignKey[Any, Any]]:
    return [champ for champ in modele._meta.concrete_fields if isinstance(champ, ForeignKey)]


def _rang(cle: ForeignKey[Any, Any]) -> int:
    return PREFERES.index(cle.name) if cle.name in PREFERES else len(PREFERES)


def voies() -> dict[type[Model], ForeignKey[Any, Any] | None]:
    """Each model of a démarche, and the key by which its rows are read (None: the démarche itself)."""
    demarche = apps.get_model("collectivites", "Demarche")
    trouvees: dict[type[Model], ForeignKey[Any, Any] | None] = {demarche: None}
    while True:
        suivantes: dict[type[Model], ForeignKey[Any, Any] | None] = {}
        for modele in apps.get_models(include_auto_created=True):
            montent = [
                cle
                for cle in _cles(modele)
                if cle.related_model in trouvees and (not cle.null or cle.related_model is demarche)
            ]
            if modele not in trouvees and montent:
                suivantes[modele] = min(montent, key=_rang)
        if not suivantes:
            return trouvees
        trouvees |= suivantes


def _vue(table: str, cle: ForeignKey[Any, Any]) -> str:
    """Whether the row that this key refers to may be read."""
    vise = cle.related_model._meta
    if vise.label == "collectivites.Demarche":
        return f'"{table}"."{cle.column}" = {_ICI}'
    return (
        f'EXISTS (SELECT 1 FROM "{vise.db_table}" vers '  # noqa: S608
        f'WHERE vers."{cle.target_field.column}" = "{table}"."{cle.column}")'
    )


def _regles(modele: type[Model], voie: ForeignKey[Any, Any] | None) -> tuple[str, str]:
    """(who reads a row, who writes it), in SQL."""
    table = modele._meta.db_table
    if voie is None:
        seule = f'{_PARTOUT} OR "{table}".id = {_ICI}'
        return seule, seule
    murees = voies()
    conditions = []
    for cle in _cles(modele):
        # A policy may not ask its own table: a key to another row of the same table is left out.
        if cle.related_model in murees and cle.related_model is not modele:
            vide = f'"{table}"."{cle.column}" IS NULL OR ' if cle.null and cle is not voie else ""
            conditions.append(f"({vide}{_vue(table, cle)})")
    return f"{_PARTOUT} OR {_vue(table, voie)}", f"{_PARTOUT} OR ({' AND '.join(conditions)})"


def lever_les_politiques(using: str = "default", plan: Any = (), **_: Any) -> None:
    """Before migrations that have something to do. Row-level security stays: nothing is shown."""
    connexion = connections[using]
    if connexion.vendor != "postgresql" or not plan:
        return
    with transaction.atomic(using), connexion.cursor() as curseur:
        curseur.execute(
            "SELECT c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
            " WHERE p.polname = %s AND c.relnamespace = current_schema()::regnamespace",
            [NOM],
        )
        for (table,) in curseur.fetchall():
            curseur.execute(f'DROP POLICY {NOM} ON "{table}"')


def poser_les_politiques(using: str = "default", **_: Any) -> None:
    """Lay what is missing, or has changed, on `using`; safe to repeat."""
    connexion = connections[using]
    if connexion.vendor != "postgresql":
        return
    with transaction.atomic(using), connexion.cursor() as curseur:
        curseur.execute(_PRESENTES, [NOM])
        presentes = dict(curseur.fetchall())
        if any(modele._meta.db_table not in presentes for modele in voies()):
            return  # a partial migration: what the policies speak of is not all there
        for modele, voie in voies().items():
            table = modele._meta.db_table
            lire, ecrire = _regles(modele, voie)
            empreinte = sha256(f"{lire}\n{ecrire}".encode()).hexdigest()
            if presentes[table] != empreinte:
                curseur.execute(
                    _POSER.format(
                        nom=NOM, table=table, lire=lire, ecrire=ecrire, empreinte=empreinte
                    )
                )
