"""`manage.py mettre_a_jour DOSSIER`, with the new release in place: a backup, the migrations, a look around;
on failure, the exact way back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from collectivites.communs.depots import depots

RETOUR = """
Pour revenir à l’état d’avant :
  1. arrêtez le site, l’exécuteur et l’horloge ;
  2. remettez la version précédente du logiciel ;
  3. {vider} ;
  4. manage.py restaurer {archive} --cle LA-CLÉ-SECRÈTE ;
  5. manage.py migrate, puis relancez le tout.
"""
VIDER = {
    "postgresql": "dropdb et createdb « {nom} », et mettez de côté {depots}",
    "sqlite": "mettez de côté le fichier {nom} et {depots}",
}


class Command(BaseCommand):
    help = (
        "Sauvegarde, met la base au niveau du logiciel en place, puis vérifie. À lancer site arrêté, la "
        "nouvelle version installée. Un échec dit comment revenir."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dossier", type=Path, help="où poser la sauvegarde")

    def handle(self, *args: Any, dossier: Path, **options: Any) -> None:
        self._etape("Réglages", "check", deploy=True, fail_level="ERROR")
        self._etape("Sauvegarde", "sauvegarder", dossier)
        archive = max(dossier.glob("*.tar.gz.age"), key=lambda chemin: chemin.stat().st_mtime)
        try:
            self._etape("Base", "migrate", interactive=False, verbosity=0)
            self._etape("Santé", "check", databases=["default"])
            if MigrationExecutor(connection).migration_plan(
                MigrationExecutor(connection).loader.graph.leaf_nodes()
            ):
                raise CommandError("Des migrations n’ont pas été faites.")
            self._etape("Journal", "verifier_journal")
        except Exception as erreur:
            raise CommandError(f"{erreur}\n{self._retour(archive)}") from erreur
        self.stdout.write(f"À jour. Relancez le site ; gardez {archive} quelques jours.")

    def _etape(self, nom: str, *commande: Any, **options: Any) -> None:
        self.stdout.write(f"· {nom}")
        call_command(*map(str, commande), stdout=self.stdout, stderr=self.stderr, **options)

    def _retour(self, archive: Path) -> str:
        vider = VIDER[connection.vendor].format(
            nom=connection.settings_dict["NAME"], depots=depots().lieu()
        )
        return RETOUR.format(vider=vider, archive=archive)
