"""A backup made, tried and put back: the base, the deposited files, and what they are held against."""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import shutil
import signal
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from collectivites.communs.depots import depots
from collectivites.travaux.sauvegardes import manifeste as manifestes
from collectivites.travaux.sauvegardes import postgresql, sqlite
from collectivites.travaux.sauvegardes.archive import Illisible, ouvrir, sceller
from collectivites.travaux.sauvegardes.manifeste import Empreinte, Manifeste

DEPOTS = "depots/"
BLOC = 1 << 20


def _moteur(nom: str) -> Any:
    return postgresql if nom == "postgresql" else sqlite


def sauvegarder(dossier: Path, destinataires: list[str]) -> tuple[Path, Manifeste]:
    """(the archive, what it holds). The site may go on meanwhile: the base is that of one instant, and a
    file deposited after it comes along without harm.

    Raises Illisible; OSError when there is no room: nothing is left then.
    """
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    moteur = _moteur(connection.vendor)
    maintenant = timezone.now()
    chemin = dossier / f"quatuor-{maintenant:%Y-%m-%dT%H%M%SZ}.tar.gz.age"
    manifeste = Manifeste(maintenant.isoformat(), connection.vendor, _migrations())
    with (
        sceller(chemin, destinataires) as archive,
        _atelier() as atelier,
    ):
        copie, manifeste.tables = moteur.copier(connection.settings_dict, atelier)
        archive.add(copie, moteur.NOM)
        for nom, _ in depots().inventaire():
            with suppress(FileNotFoundError):  # gone meanwhile, with its row
                manifeste.fichiers[nom] = _ajouter(archive, nom)
        _ecrire(archive, manifestes.NOM, manifeste.ecrire())
    return chemin, manifeste


def essayer(chemin: Path, cle: list[str]) -> Manifeste:
    """Puts it back where nobody sees it, and compares each table and each file. Raises Illisible."""
    with _deplie(chemin, cle) as (manifeste, copie, fichiers):
        moteur = _moteur(manifeste.moteur)
        if manifeste.moteur != connection.vendor:
            raise Illisible(
                f"L’archive vient de {manifeste.moteur}, la base d’ici est {connection.vendor}."
            )
        with moteur.d_essai(connection.settings_dict, copie.parent) as reglages:
            moteur.remettre(copie, reglages)
            _tenir(manifeste.ecarts(moteur.empreintes(reglages), fichiers))
    return manifeste


def restaurer(chemin: Path, cle: list[str]) -> Manifeste:
    """Into an empty base and an empty folder: nobody's work is written over. Raises Illisible."""
    moteur, reglages = _moteur(connection.vendor), connection.settings_dict
    if not moteur.est_vide(reglages):
        raise Illisible(
            "La base n’est pas vide : rien n’est écrit. Une sauvegarde se remet dans une base neuve."
        )
    if any(depots().inventaire()):
        raise Illisible(
            f"Il y a déjà des fichiers déposés dans {depots().lieu()} : rien n’est écrit."
        )
    essayer(chemin, cle)
    connection.close()
    with _deplie(chemin, cle, vers=default_storage) as (manifeste, copie, fichiers):
        moteur.remettre(copie, reglages)
        _tenir(manifeste.ecarts(moteur.empreintes(reglages), fichiers))
    return manifeste


def _migrations() -> dict[str, str]:
    # In order: the last of each application is the one that stays.
    return dict(sorted(MigrationRecorder(connection).applied_migrations()))


class _Compte(io.RawIOBase):
    """A file that adds up what is read from it."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.taille, self.somme = source, 0, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, taille: int = -1) -> bytes:
        octets = self.source.read(taille)
        self.taille += len(octets)
        self.somme.update(octets)
        return octets

    @property
    def empreinte(self) -> Empreinte:
        return Empreinte(self.taille, self.somme.hexdigest())


def _ajouter(archive: tarfile.TarFile, nom: str) -> Empreinte:
    with default_storage.open(nom) as fichier:
        membre = tarfile.TarInfo(DEPOTS + nom)
        membre.size = fichier.size
        compte = _Compte(fichier)
        archive.addfile(membre, compte)
        return compte.empreinte


def _ecrire(archive: tarfile.TarFile, nom: str, octets: bytes) -> None:
    membre = tarfile.TarInfo(nom)
    membre.size = len(octets)
    archive.addfile(membre, io.BytesIO(octets))


@contextmanager
def _deplie(
    chemin: Path, cle: list[str], vers: Storage | None = None
) -> Iterator[tuple[Manifeste, Path, dict[str, Empreinte]]]:
    """(manifest, copy of the base, files), read from end to end; the files go to `vers`, or nowhere."""
    with _atelier() as atelier:
        yield _lire(chemin, cle, atelier, vers)


@contextmanager
def _atelier() -> Iterator[Path]:
    """Where the base lies in clear for a moment: beside the base itself, for this account alone. Ended, a
    command takes it away; killed, it leaves it to the next. One works at a time: what is found was left."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with _seul(settings.VAR), _range_si_on_l_arrete():
        for reste in settings.VAR.glob("sauvegarde-*"):
            shutil.rmtree(reste)
        with tempfile.TemporaryDirectory(dir=settings.VAR, prefix="sauvegarde-") as atelier:
            yield Path(atelier)


@contextmanager
def _seul(dossier: Path) -> Iterator[None]:
    """Another command that works there is waited for; the lock dies with its process."""
    descripteur = os.open(dossier, os.O_RDONLY)
    try:
        fcntl.flock(descripteur, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descripteur)


@contextmanager
def _range_si_on_l_arrete() -> Iterator[None]:
    """SIGTERM (a timer, a container that stops) would end the process where it stands."""
    avant = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, avant)


def _lire(
    chemin: Path, cle: list[str], atelier: Path, vers: Storage | None
) -> tuple[Manifeste, Path, dict[str, Empreinte]]:
    manifeste, copie, fichiers = None, None, {}
    with ouvrir(chemin, cle) as archive:
        for membre in archive:
            contenu = archive.extractfile(membre)
            if contenu is None:
                continue
            if membre.name == manifestes.NOM:
                manifeste = manifestes.lire(contenu.read())
            elif membre.name in {postgresql.NOM, sqlite.NOM}:
                copie = atelier / membre.name
                with copie.open("wb") as sortie:
                    shutil.copyfileobj(contenu, sortie)
            elif membre.name.startswith(DEPOTS):
                nom = membre.name.removeprefix(DEPOTS)
                fichiers[nom] = _deposer(nom, contenu, vers)
    if manifeste is None or copie is None:
        raise Illisible(
            f"{chemin.name} n’est pas une sauvegarde de cette installation : sa signature n’est pas "
            "d’une de ses clés (QUATUOR_CLE_JOURNAL)."
        )
    return manifeste, copie, fichiers


def _deposer(nom: str, contenu: IO[bytes], vers: Storage | None) -> Empreinte:
    compte = _Compte(contenu)
    if vers is None:
        while compte.read(BLOC):
            pass
    elif vers.save(nom, File(compte, nom)) != nom:  # type: ignore[arg-type]
        raise Illisible(f"Le fichier {nom} ne reprend pas son nom.")
    return compte.empreinte


def _tenir(ecarts: list[str]) -> None:
    if ecarts:
        suite = f" (et {len(ecarts) - 8} autres)" if len(ecarts) > 8 else ""
        raise Illisible(
            f"Ce qui est remis n’est pas ce qui était gardé. {' ; '.join(ecarts[:8])}{suite}."
        )
