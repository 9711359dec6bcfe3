"""`manage.py exporter_demarche CODE DOSSIER`: a whole démarche, sealed, for another installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from collectivites.communs.typographie import compter
from collectivites.models import Demarche
from collectivites.travaux.sauvegardes.archive import Illisible
from collectivites.travaux.sauvegardes.voyages.depart import exporter


class Command(BaseCommand):
    help = (
        "Écrit une démarche entière (dossiers, documents, journal) dans une archive scellée, pour une "
        "autre installation de la même version. Rien n’est changé ici. Les textes scellés le restent."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="le code de la démarche")
        parser.add_argument("dossier", type=Path, help="où poser l’archive")
        parser.add_argument(
            "--pour",
            action="append",
            metavar="age1…",
            help="clé publique de qui l’ouvrira, à la place de QUATUOR_SAUVEGARDE_POUR",
        )

    def handle(
        self, *args: Any, code: str, dossier: Path, pour: list[str] | None, **options: Any
    ) -> None:
        demarche = Demarche.objects.filter(code=code).first()
        if demarche is None:
            connus = ", ".join(Demarche.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(
                f"Aucune démarche n’a le code « {code} ». Il y a : {connus or 'aucune démarche'}.",
                returncode=2,
            )
        try:
            chemin, bagage = exporter(demarche, dossier, pour or settings.SAUVEGARDE_POUR)
        except Illisible as erreur:
            raise CommandError(str(erreur)) from erreur
        except OSError as erreur:
            raise CommandError(
                f"L’archive n’a pas pu être écrite ({erreur.strerror}) : il n’en reste rien."
            ) from erreur
        lignes = sum(bagage.nombres.values())
        fichiers = len(bagage.sommes) - len(bagage.nombres)
        self.stdout.write(
            f"{chemin} : {compter(lignes, 'ligne')}, {compter(fichiers, 'fichier')}. Journal : {bagage.journal}."
        )
