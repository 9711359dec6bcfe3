"""`manage.py sauvegarder DOSSIER`: the base and the deposited files, sealed, while the site serves."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from collectivites.communs.typographie import compter
from collectivites.travaux.sauvegardes.actions import sauvegarder
from collectivites.travaux.sauvegardes.archive import Illisible, nouvelle_cle


class Command(BaseCommand):
    help = (
        "Sauvegarde la base et les fichiers déposés dans une archive scellée, que seule ouvre la clé "
        "secrète de QUATUOR_SAUVEGARDE_POUR, gardée loin de ce serveur."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dossier", nargs="?", type=Path, help="où la poser")
        parser.add_argument(
            "--pour", action="append", metavar="age1…", help="clé publique, à la place du réglage"
        )
        parser.add_argument(
            "--nouvelle-cle",
            type=Path,
            metavar="FICHIER",
            help="écrire une clé secrète dans FICHIER et dire sa clé publique ; ne sauvegarde rien",
        )

    def handle(
        self,
        *args: Any,
        dossier: Path | None,
        pour: list[str] | None,
        nouvelle_cle: Path | None,
        **options: Any,
    ) -> None:
        if nouvelle_cle is not None:
            self._preparer(nouvelle_cle)
            return
        if dossier is None:
            raise CommandError("Dites dans quel dossier poser la sauvegarde.", returncode=2)
        try:
            chemin, manifeste = sauvegarder(dossier, pour or settings.SAUVEGARDE_POUR)
        except Illisible as erreur:
            raise CommandError(str(erreur)) from erreur
        except OSError as erreur:
            raise CommandError(
                f"La sauvegarde n’a pas pu être écrite ({erreur.strerror}) : il n’en reste rien."
            ) from erreur
        lignes = sum(table.nombre for table in manifeste.tables.values())
        self.stdout.write(
            f"{chemin} : {compter(lignes, 'ligne')} de {compter(len(manifeste.tables), 'table')}, "
            f"{compter(len(manifeste.fichiers), 'fichier')}."
        )

    def _preparer(self, fichier: Path) -> None:
        try:
            publique = nouvelle_cle(fichier)
        except FileExistsError:
            raise CommandError(
                f"{fichier} existe : une clé perdue, ce sont ses sauvegardes perdues. Rien n’est écrit."
            ) from None
        except OSError as erreur:
            raise CommandError(f"{fichier} ne peut pas être écrit ({erreur.strerror}).") from erreur
        self.stdout.write(f"QUATUOR_SAUVEGARDE_POUR={publique}")
        self.stderr.write(
            f"La clé secrète est dans {fichier} : gardez-la, en deux endroits, loin de ce serveur."
        )
