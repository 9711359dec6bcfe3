"""`manage.py importer_demarche ARCHIVE --cle FICHIER`: a démarche of another installation, among ours."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from collectivites.communs.typographie import compter
from collectivites.travaux.sauvegardes.archive import Illisible
from collectivites.travaux.sauvegardes.voyages.arrivee import importer


class Command(BaseCommand):
    help = (
        "Pose ici une démarche exportée d’une autre installation, site arrêté : tout, ou rien, sans "
        "toucher aux démarches d’ici. Les comptes se retrouvent par leur adresse ; les autres attendent "
        "leur invitation."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument(
            "--cle", type=Path, required=True, metavar="FICHIER", help="la clé secrète"
        )
        parser.add_argument("--code", default="", help="un autre code, pour un essai")

    def handle(self, *args: Any, archive: Path, cle: Path, code: str, **options: Any) -> None:
        try:
            demarche, bagage = importer(archive, cle.read_text().splitlines(), code=code)
        except Illisible as erreur:
            raise CommandError(str(erreur)) from erreur
        except (OSError, UnicodeDecodeError) as erreur:
            raise CommandError(f"Rien n’a pu être lu ou écrit : {erreur}") from erreur
        lignes = sum(bagage.nombres.values())
        self.stdout.write(
            f"« {demarche.nom} » est ici, sous le code « {demarche.code} » : {compter(lignes, 'ligne')}."
        )
        self.stdout.write(
            f"Journal d’origine : {bagage.journal}. Comparez-le à un document imprimé là-bas."
        )
        self.stdout.write(
            "Ensuite : manage.py verifier_journal, puis invitez depuis la page de la démarche les personnes "
            "qui n’avaient pas de compte ici."
        )
