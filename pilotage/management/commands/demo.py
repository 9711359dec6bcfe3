import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from collectivites.communs.calendrier import minuit
from pilotage.accueil.recapitulatif import deposer_recapitulatifs
from pilotage.demo.charger import DonneesReelles, charger
from pilotage.demo.courriels import inviter
from pilotage.demo.grande import charger as grande
from pilotage.demo.organisation import ADRESSES, MOT_DE_PASSE


def _lundi_a_huit_heures() -> datetime:
    """When the digest of this week has left, whatever the day on which the demo is loaded."""
    jour = timezone.localdate()
    return minuit(jour - timedelta(days=jour.weekday())) + timedelta(hours=8)


class Command(BaseCommand):
    help = "Charge la démarche de démonstration, sans toucher à celle qui est déjà chargée."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sans-comptes", action="store_true", help="ne pas lister les comptes")
        parser.add_argument(
            "--cadres",
            type=int,
            help="ajouter, sur PostgreSQL, des démarches qui comptent tant de cadres en tout, avec leurs "
            "postes, leurs propositions, leurs mobilités et leur journal",
        )
        parser.add_argument(
            "--demarches", type=int, default=1, help="entre combien de démarches (1) les répartir"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError(
                "La démonstration ouvre des comptes dont le mot de passe est public. "
                "Elle se charge seulement avec QUATUOR_DEMO=1."
            )
        try:
            chargee = charger()
        except DonneesReelles as refus:
            raise CommandError(f"{refus} La démonstration ne s’y ajoute pas.") from refus
        if chargee:
            inviter()
            deposer_recapitulatifs(maintenant=_lundi_a_huit_heures())
            self.stdout.write(self.style.SUCCESS("Démonstration chargée."))
        else:
            self.stdout.write("Démonstration déjà en place : rien n’a été changé.")
        if options["cadres"] is not None:
            self._grandir(options["cadres"], options["demarches"])
        if options["sans_comptes"]:
            return
        site = settings.QUATUOR_SITE.rstrip("/")
        self.stdout.write(f"\n  Adresse       {site}/")
        self.stdout.write(f"  Courriels     {site}/demo/courriels/")
        self.stdout.write(f"  Mot de passe  {MOT_DE_PASSE}, pour tous les comptes :")
        for adresse in ADRESSES:
            self.stdout.write(f"    {adresse}")

    def _grandir(self, cadres: int, demarches: int) -> None:
        debut = time.monotonic()
        try:
            chargement = grande.charger(
                cadres, demarches, lambda etape: self.stdout.write(f"· {etape}")
            )
        except (grande.Impossible, DonneesReelles) as refus:
            raise CommandError(str(refus)) from refus
        minutes, secondes = divmod(round(time.monotonic() - debut), 60)
        self.stdout.write(
            self.style.SUCCESS(
                f"{cadres} cadres dans {demarches} démarche(s), {chargement.lignes_du_journal} lignes de "
                f"journal, en {minutes} min {secondes:02} s."
            )
        )
        self.stdout.write(f"  Comptes       {grande.exemples_de_comptes(demarches)}")
