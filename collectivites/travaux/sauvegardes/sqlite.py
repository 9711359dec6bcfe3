"""The embedded database: one file, copied while it serves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

from collectivites.travaux.sauvegardes.manifeste import Empreinte

NOM = "base.sqlite3"
Reglages = dict[str, Any]


def copier(reglages: Reglages, dossier: Path) -> tuple[Path, dict[str, Empreinte]]:
    """(a copy as of one instant, what each of its tables holds)."""
    copie = dossier / NOM
    with (
        closing(sqlite3.connect(_source(reglages), uri=True)) as source,
        closing(sqlite3.connect(copie)) as vers,
    ):
        source.backup(vers)
        vers.execute("PRAGMA journal_mode=DELETE")  # one file, without its companions
    return copie, empreintes({"NAME": copie})


def _source(reglages: Reglages) -> str:
    nom = str(reglages["NAME"])
    return nom if nom.startswith("file:") else f"{Path(nom).absolute().as_uri()}?mode=ro"


def empreintes(reglages: Reglages) -> dict[str, Empreinte]:
    with closing(sqlite3.connect(reglages["NAME"])) as base:
        tables = [
            nom
            for (nom,) in base.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        return {table: _empreinte(base, table) for table in sorted(tables)}


def _empreinte(base: sqlite3.Connection, table: str) -> Empreinte:
    nombre = somme = 0
    for ligne in base.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - its own catalogue's name
        nombre += 1
        somme += int.from_bytes(blake2b(repr(ligne).encode(), digest_size=7).digest())
    return Empreinte(nombre, str(somme))


def est_vide(reglages: Reglages) -> bool:
    return not Path(reglages["NAME"]).exists() or not empreintes(reglages)


def remettre(fichier: Path, reglages: Reglages) -> None:
    """Into a base that `est_vide`, and that nobody else reads while it fills."""
    Path(reglages["NAME"]).touch(mode=0o600)
    Path(reglages["NAME"]).chmod(0o600)
    with (
        closing(sqlite3.connect(fichier)) as source,
        closing(sqlite3.connect(reglages["NAME"])) as vers,
    ):
        source.backup(vers)


@contextmanager
def d_essai(reglages: Reglages, atelier: Path) -> Iterator[Reglages]:
    """An empty base, which goes with what lies beside it."""
    yield {**reglages, "NAME": atelier / "essai.sqlite3"}
