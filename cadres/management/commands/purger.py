"""`manage.py purger`: what the retention rules ask for, now. The clock does it each night."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cadres.donnees_personnelles.purge import UNITES, purger
from collectivites.communs.typographie import accorder


class Command(BaseCommand):
    help = "Anonymise et supprime ce que les durées de conservation demandent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--a-blanc", action="store_true", help="compter sans rien changer", dest="a_blanc"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        total = purger(a_blanc=options["a_blanc"])
        for cle, formes in UNITES.items():
            self.stdout.write(f"{total[cle]:>6}  {accorder(total[cle], formes)}")
        self.stdout.write(
            "Rien n’est changé (--a-blanc)." if options["a_blanc"] else "Fait, et journalisé."
        )
