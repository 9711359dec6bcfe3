"""`manage.py estimer_paie "inm=518;enf=2;ifse=700;date=2026-11-01"`: one payslip, from its figures alone."""

import json
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from opportunites.remuneration.baremes.lecture import baremes
from opportunites.remuneration.bulletin.calcul import calculer_le_mois
from opportunites.remuneration.bulletin.codes import CODES
from opportunites.remuneration.bulletin.lignes import Bulletin
from opportunites.remuneration.bulletin.sorties import REUNIES, sorties
from opportunites.remuneration.comparaison.voies import effet
from opportunites.remuneration.erreurs import SaisieRefusee
from opportunites.remuneration.notation import LECTEURS, Demande, lire
from opportunites.remuneration.textes import insecables, nombre

MAUVAISE_SAISIE = 2
LARGEURS = (20, 46, 14)


class Command(BaseCommand):
    help = "Estimate one monthly payslip. Keys: " + ", ".join(LECTEURS)
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("situation", help="inm=518;enf=2;ifse=700;date=2026-11-01")
        parser.add_argument("--json", action="store_true", help="One object of numbers.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            demande = lire(options["situation"], timezone.localdate(), baremes())
            bulletin = None
            if demande.est_un_traitement_seul:
                montants = {"TIB": demande.traitement(baremes())}
            else:
                bulletin = calculer_le_mois(demande.situation, baremes())
                montants = sorties(bulletin)
        except SaisieRefusee as refus:
            raise CommandError(refus.refus[0].message, returncode=MAUVAISE_SAISIE) from refus
        if options["json"]:
            self.stdout.write(json.dumps({code: float(m) for code, m in montants.items()}))
        else:
            self._tableau(montants, bulletin)
        self._dire(demande, bulletin)

    def _tableau(self, montants: dict[str, Decimal], bulletin: Bulletin | None) -> None:
        inconnues = {ligne.code for ligne in bulletin.inconnues} if bulletin else set()
        for code, montant in montants.items():
            lu = "inconnu" if code in inconnues else nombre(montant, 2)
            lignes = [
                ligne
                for c in (code, *REUNIES.get(code, ()))
                if bulletin and (ligne := bulletin.ligne(c))
            ]
            formule = " + ".join(ligne.formule for ligne in lignes)
            self.stdout.write(
                f"{code:<{LARGEURS[0]}}{CODES[code].libelle:<{LARGEURS[1]}}{lu:>{LARGEURS[2]}}  "
                f"{formule}".rstrip()
            )

    def _dire(self, demande: Demande, bulletin: Bulletin | None) -> None:
        """Beside the figures, on the error stream: what is not counted, what the voie changes."""
        phrases = list(bulletin.prudences) if bulletin else []
        if demande.voie:
            phrases.append(effet(demande.voie).a_dire)
        for phrase in phrases:
            self.stderr.write(insecables(phrase))
