"""`manage.py echeances`: what Celery beat does, for installations without Redis (cron, demo)."""

from typing import Any

from django.core.management.base import BaseCommand

from opportunites import actions


class Command(BaseCommand):
    help = "Close the propositions and the reserves whose date has passed."

    def handle(self, *args: Any, **options: Any) -> None:
        expirees = actions.expirer_propositions()
        caduques = actions.lapser_reserves()
        self.stdout.write(f"{expirees} proposition(s) expirée(s), {caduques} réserve(s) caduque(s)")
