"""For somebody who lost their telephone, their key and their codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from collectivites.models import Utilisateur
from collectivites.refus import ActionImpossible
from pilotage.cadrage.ouverture.reparations import retirer_le_second_facteur


class Command(BaseCommand):
    help = (
        "Remove somebody's second factor, once you have recognised them otherwise than by mail: they "
        "choose another at their next login. They are told, and so are the DGS of their démarche."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("adresse", help="of the person")
        parser.add_argument("--par", required=True, help="your own address, as an operator")
        parser.add_argument("--motif", required=True, help="how you recognised them, and why")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            retirer_le_second_facteur(
                par=self._compte(options["par"]),
                personne=self._compte(options["adresse"]),
                motif=options["motif"],
            )
        except ActionImpossible as refus:
            raise CommandError(refus.message) from None
        self.stdout.write("Second factor removed; the person is told.")

    def _compte(self, adresse: str) -> Utilisateur:
        compte = Utilisateur.objects.filter(email__iexact=adresse).first()
        if compte is None:
            raise CommandError(f"No account has the address {adresse}.")
        return compte
