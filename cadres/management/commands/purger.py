"""`manage.py purger`: what the retention rules ask for, now. The clock does it each night."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cadres.donnees_personnelles.prudence import purger_et_le_noter, raison_d_attendre
from cadres.donnees_personnelles.purge import UNITES, purger
from collectivites.communs.typographie import accorder


class Command(BaseCommand):
    help = "Anonymise et supprime ce que les durées de conservation demandent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--a-blanc", action="store_true", help="compter sans rien changer", dest="a_blanc"
        )
        parser.add_argument(
            "--confirmer",
            action="store_true",
            help="effacer même si la date a sauté ou si beaucoup de fiches sont concernées",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        motif = raison_d_attendre(timezone.localdate())
        if motif and not (options["a_blanc"] or options["confirmer"]):
            raise CommandError(
                f"Rien n’est effacé : {motif}. Vérifiez la date de la machine, regardez ce qui "
                "serait fait (--a-blanc), puis relancez avec --confirmer."
            )
        total = purger(a_blanc=True) if options["a_blanc"] else purger_et_le_noter()
        if motif and options["a_blanc"]:
            self.stdout.write(f"Attend une confirmation : {motif}.")
        for cle, formes in UNITES.items():
            self.stdout.write(f"{total[cle]:>6}  {accorder(total[cle], formes)}")
        self.stdout.write(
            "Rien n’est changé (--a-blanc)." if options["a_blanc"] else "Fait, et journalisé."
        )
