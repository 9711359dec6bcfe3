"""PostgreSQL: its own tools, `pg_dump` and `pg_restore`, and a sum of each table in the same instant."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from collectivites.travaux.sauvegardes.archive import Illisible
from collectivites.travaux.sauvegardes.manifeste import Empreinte

NOM = "base.dump"
Reglages = dict[str, Any]
#: What an address of a database may say that its tools must know too.
AUSSI = ("sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "service")
#: Sixty bits of each line, added up: the order does not count, nor the memory grow.
SOMME = sql.SQL(
    "SELECT count(*), coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint), 0) FROM {} AS t"
)
TABLES = """
    SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p')
    AND c.relnamespace = 'public'::regnamespace ORDER BY 1
"""


def _adresse(reglages: Reglages) -> str:
    dits = {
        "host": reglages.get("HOST"),
        "port": reglages.get("PORT"),
        "user": reglages.get("USER"),
        "dbname": reglages["NAME"],
        **{cle: reglages.get("OPTIONS", {}).get(cle) for cle in AUSSI},
    }
    return make_conninfo("", **{cle: str(valeur) for cle, valeur in dits.items() if valeur})


def _connexion(reglages: Reglages, **options: Any) -> psycopg.Connection[Any]:
    mot_de_passe = reglages.get("PASSWORD") or None
    return psycopg.connect(_adresse(reglages), password=mot_de_passe, **options)


def _outil(nom: str, reglages: Reglages, *options: str) -> None:
    """Raises Illisible with what the tool said."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{nom}"), reverse=True)
    chemin = next(map(str, debian), None) or shutil.which(nom)
    if chemin is None:
        raise Illisible(f"{nom} manque : installez postgresql-client sur cette machine.")
    fait = subprocess.run(  # noqa: S603 - the tools of the database, its own settings
        [chemin, f"--dbname={_adresse(reglages)}", "--no-password", *options],
        env={**os.environ, "PGPASSWORD": str(reglages.get("PASSWORD") or "")},
        capture_output=True,
        text=True,
        check=False,
    )
    if fait.returncode:
        raise Illisible(f"{nom} a échoué : {fait.stderr.strip()[-600:]}")


def copier(reglages: Reglages, dossier: Path) -> tuple[Path, dict[str, Empreinte]]:
    """(a dump, what each table holds), both as of one instant. The role must own the tables.

    Raises Illisible when the role reads through policies: half a backup is worse than none.
    """
    copie = dossier / NOM
    with _connexion(reglages) as base, base.transaction():
        base.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        (instant,) = base.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        _outil(
            *("pg_dump", reglages, "--format=custom", f"--snapshot={instant}"),
            *(f"--file={copie}", "--no-owner"),
        )
        return copie, _empreintes(base)


def empreintes(reglages: Reglages) -> dict[str, Empreinte]:
    with _connexion(reglages) as base:
        return _empreintes(base)


def _empreintes(base: psycopg.Connection[Any]) -> dict[str, Empreinte]:
    # As text, the same everywhere; and an error rather than the lines that one may see.
    base.execute(
        "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL row_security = off"
    )
    tables = [nom for (nom,) in base.execute(TABLES)]
    return {
        table: Empreinte(int(nombre), str(somme))
        for table in tables
        for nombre, somme in base.execute(SOMME.format(sql.Identifier("public", table)))
    }


def est_vide(reglages: Reglages) -> bool:
    with _connexion(reglages) as base:
        return base.execute(TABLES).fetchone() is None


def remettre(fichier: Path, reglages: Reglages) -> None:
    """Into a base that `est_vide`: all of it, or nothing."""
    _outil(
        *("pg_restore", reglages, "--single-transaction", "--exit-on-error"),
        # Rights are given again by `migrate`: the role of the site may be missing here.
        *("--no-owner", "--no-privileges", str(fichier)),
    )


@contextmanager
def d_essai(reglages: Reglages, _: Path) -> Iterator[Reglages]:
    """An empty base beside the other, for as long as it is looked at."""
    nom = f"quatuor_essai_{secrets.token_hex(4)}"
    with _connexion(reglages, autocommit=True) as base:
        try:
            base.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(nom))
            )
        except psycopg.errors.InsufficientPrivilege as erreur:
            raise Illisible(
                "Ce rôle ne peut pas créer de base d’essai : ALTER ROLE … CREATEDB, ou essayez sur une "
                "autre machine."
            ) from erreur
        try:
            yield {**reglages, "NAME": nom}
        finally:
            base.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nom))
            )
