"""What the clock does for the parcours. Each may run again, or twice at once, to no effect."""

from django.db import transaction
from django.utils import timezone

from collectivites.travaux.horloge import Rythme, a_l_heure
from parcours.sessions.actions import catalogue, rappels

#: Nobody is written to at night, whenever the clock of the installation rings.
HEURES = range(7, 21)


@a_l_heure("parcours.rappels", "rappel(s) de rendez-vous", rythme=Rythme.MATIN)
def rappeler() -> int:
    """A week and a day before each appointment."""
    return rappels.deposer_rappels() if _est_le_jour() else 0


@a_l_heure("parcours.resumes", "résumé(s) de la semaine", rythme=Rythme.MATIN)
def resumer() -> int:
    """What waits for each person, on Monday."""
    return rappels.deposer_resumes() if _est_le_jour() else 0


@a_l_heure("parcours.places_gardees", "place(s) gardée(s) rendue(s)")
def rendre_les_places_gardees() -> int:
    """Seats kept for a collectivité until yesterday go to those who wait."""
    with transaction.atomic():
        return catalogue.liberer_les_places_gardees()


def _est_le_jour() -> bool:
    return timezone.localtime().hour in HEURES
