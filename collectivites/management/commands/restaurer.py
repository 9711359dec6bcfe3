"""`manage.py restaurer ARCHIVE --cle FICHIER`: into an empty base; `--essai`, where nobody sees it."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from collectivites.communs.typographie import compter, date_texte
from collectivites.travaux.sauvegardes.actions import essayer, restaurer
from collectivites.travaux.sauvegardes.archive import Illisible


class Command(BaseCommand):
    help = (
        "Remet une sauvegarde dans une base et un dossier vides, puis compare chaque table et chaque "
        "fichier à ce qui était gardé. --essai le fait dans une base d’essai, et l’efface."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument(
            "--cle", type=Path, required=True, metavar="FICHIER", help="la clé secrète"
        )
        parser.add_argument("--essai", action="store_true", help="vérifier, sans rien remettre")

    def handle(self, *args: Any, archive: Path, cle: Path, essai: bool, **options: Any) -> None:
        try:
            manifeste = (essayer if essai else restaurer)(archive, cle.read_text().splitlines())
        except Illisible as erreur:
            raise CommandError(str(erreur)) from erreur
        except (OSError, UnicodeDecodeError) as erreur:
            raise CommandError(f"Rien n’a pu être lu ou écrit : {erreur}") from erreur
        quand = localtime(datetime.fromisoformat(manifeste.fait_le))
        self.stdout.write(
            f"{compter(len(manifeste.tables), 'table')} et {compter(len(manifeste.fichiers), 'fichier')} "
            f"tels qu’au {date_texte(quand)} à {quand:%H h %M}."
        )
        self.stdout.write(
            "Rien n’a été remis (--essai)."
            if essai
            else "Lancez maintenant manage.py migrate, puis manage.py verifier_journal."
        )
