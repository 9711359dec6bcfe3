"""`manage.py guide_pdf guide.pdf`: the user guide on paper, as `/aide/guide.pdf` gives it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pilotage.aide.livret import livret


class Command(BaseCommand):
    help = "Écrit le guide entier, en un PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", type=Path)

    def handle(self, *args: Any, fichier: Path, **options: Any) -> None:
        contenu = livret()
        try:
            fichier.write_bytes(contenu)
        except OSError as erreur:
            raise CommandError(f"{fichier} ne peut pas être écrit ({erreur.strerror}).") from erreur
        self.stdout.write(f"{fichier} : {len(contenu) // 1024} ko.")
