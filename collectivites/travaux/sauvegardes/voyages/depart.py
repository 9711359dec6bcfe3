"""A démarche, written whole into an archive that only the holder of the other key can open."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import FileField
from django.utils import timezone

from collectivites.chaine.maillons import chainer
from collectivites.chaine.verification import empreinte_du_journal, verifier
from collectivites.communs.depots import depots
from collectivites.garanties import mur
from collectivites.models import Demarche, Utilisateur
from collectivites.travaux.sauvegardes.actions import _atelier, _ecrire, _migrations
from collectivites.travaux.sauvegardes.archive import Illisible, sceller
from collectivites.travaux.sauvegardes.voyages.tables import (
    COMPTE,
    champs,
    comptes_de,
    en_json,
    lignes,
    modeles,
)

MANIFESTE, COMPTES, TABLES, FICHIERS = "demarche.json", "comptes", "tables/", "fichiers/"
FORMAT = 1


@dataclass
class Bagage:
    """What the archive says that it holds. `migrations`: the last of each of our applications; `journal`:
    where the chain stood, as paper prints it; `sommes`: the SHA-256 of each part."""

    code: str
    nom: str
    fait_le: str
    migrations: dict[str, str]
    journal: str
    nombres: dict[str, int] = field(default_factory=dict)
    sommes: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def migrations() -> dict[str, str]:
    """Of our applications alone: those of libraries keep nothing of a démarche."""
    notres = {modele._meta.app_label for modele in modeles()}
    return {app: nom for app, nom in _migrations().items() if app in notres}


@mur.partout()
def exporter(demarche: Demarche, dossier: Path, destinataires: list[str]) -> tuple[Path, Bagage]:
    """(the archive, what it holds), as of one instant.

    Raises Illisible when the journal does not verify: what would travel is not what was written.
    """
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    chainer(demarche.pk)
    if not (verdict := verifier(demarche)).tient:
        raise Illisible(
            f"Le journal de cette démarche ne se vérifie pas : {(verdict.ruptures + verdict.dates)[0]} "
            "Rien n’est écrit."
        )
    maintenant = timezone.now()
    tete = empreinte_du_journal(demarche, avant=maintenant)
    bagage = Bagage(demarche.code, demarche.nom, maintenant.isoformat(), migrations(), str(tete))
    chemin = dossier / f"demarche-{demarche.code}-{maintenant:%Y-%m-%dT%H%M%SZ}.tar.gz.age"
    with sceller(chemin, destinataires) as archive, _atelier() as atelier, _instant():
        _Depart(archive, atelier, bagage).charger(demarche)
        _ecrire(archive, MANIFESTE, _texte(asdict(bagage)))
    return chemin, bagage


@contextmanager
def _instant() -> Iterator[None]:
    """On PostgreSQL, as the owner of the tables: whom policies bind reads before it can say so."""
    premier = not connection.in_atomic_block
    with transaction.atomic():
        if (
            connection.vendor == "postgresql"
            and premier
            and not getattr(connection, "muree", False)
        ):
            with connection.cursor() as curseur:
                curseur.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


class _Depart:
    def __init__(self, archive: tarfile.TarFile, atelier: Path, bagage: Bagage) -> None:
        self.archive, self.atelier, self.bagage = archive, atelier, bagage
        self.comptes: set[int] = set()
        self.fichiers: set[str] = set()

    def charger(self, demarche: Demarche) -> None:
        for modele in modeles():
            pieces = [c.attname for c in champs(modele) if isinstance(c, FileField)]

            def lues(modele: Any = modele, pieces: list[str] = pieces) -> Iterable[dict[str, Any]]:
                for ligne in lignes(modele, demarche.pk):
                    self.comptes |= comptes_de(modele, ligne)
                    self.fichiers |= {ligne[piece] for piece in pieces if ligne[piece]}
                    yield ligne

            self._ranger(TABLES + modele._meta.label, lues())
        siens = Utilisateur.objects.filter(pk__in=self.comptes).order_by("pk")
        self._ranger(COMPTES, siens.values("pk", *COMPTE))
        for nom in sorted(self.fichiers):
            self._emporter(nom)

    def _ranger(self, nom: str, rangees: Iterable[dict[str, Any]]) -> None:
        """Lines of JSON, written aside: a tar asks how long a part is before it takes it."""
        chemin, somme, nombre = self.atelier / "partie", hashlib.sha256(), 0
        with chemin.open("wb") as sortie:
            for rangee in rangees:
                octets = _texte(rangee) + b"\n"
                sortie.write(octets)
                somme.update(octets)
                nombre += 1
        self.archive.add(chemin, nom)
        self.bagage.nombres[nom], self.bagage.sommes[nom] = nombre, somme.hexdigest()

    def _emporter(self, nom: str) -> None:
        try:
            with depots().open(nom) as fichier:
                octets = fichier.read()
        except FileNotFoundError:
            return  # the name of a document that a purge took away
        _ecrire(self.archive, FICHIERS + nom, octets)
        self.bagage.sommes[FICHIERS + nom] = hashlib.sha256(octets).hexdigest()


def _texte(valeur: Any) -> bytes:
    return json.dumps(valeur, ensure_ascii=False, separators=(",", ":"), default=en_json).encode()
