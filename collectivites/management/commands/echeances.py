"""`manage.py echeances`: what Celery beat does, for installations without Redis (cron, demo)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from collectivites.travaux.horloge import faire_le_tour


class Command(BaseCommand):
    help = "Do everything that the passing of time asks for: reminders, expiries, closings."

    def handle(self, *args: Any, **options: Any) -> None:
        tours = faire_le_tour()
        for tour in tours:
            if tour.faits is not None and options["verbosity"] >= 1:
                self.stdout.write(f"{tour.faits} {tour.acte.unite}")
        if echecs := [tour.acte.nom for tour in tours if tour.faits is None]:
            raise CommandError(f"À revoir dans le journal technique : {', '.join(echecs)}")
