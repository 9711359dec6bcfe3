"""The calendar file of an appointment (RFC 5545), for Outlook, Thunderbird or a telephone."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from parcours.models import SuiviEtape


def calendrier(suivi: SuiviEtape) -> bytes:
    """One event. UID stays, SEQUENCE grows: importing it again moves the event. Times in UTC.

    Reads `etape.promotion`: select it.
    """
    assert suivi.quand is not None
    assert suivi.fin is not None
    site = settings.QUATUOR_SITE.rstrip("/")
    evenement = Event()
    evenement.add("uid", f"suivi-{suivi.pk}@{urlsplit(site).hostname or 'quatuor'}")
    evenement.add("sequence", suivi.revision)
    evenement.add("summary", suivi.etape.intitule)
    evenement.add("dtstamp", timezone.now())
    evenement.add("dtstart", suivi.quand.astimezone(UTC))
    evenement.add("dtend", suivi.fin.astimezone(UTC))
    annulee = suivi.etat == SuiviEtape.Etat.ANNULEE
    evenement.add("status", "CANCELLED" if annulee else "CONFIRMED")
    if suivi.lieu:
        evenement.add("location", suivi.lieu)
    evenement.add("description", suivi.etape.promotion.nom)
    evenement.add("url", f"{site}{reverse('pilotage:mon_parcours')}")
    agenda = Calendar()
    agenda.add("prodid", "-//Quatuor//Parcours//FR")
    agenda.add("version", "2.0")
    agenda.add("method", "PUBLISH")
    agenda.add_component(evenement)
    contenu: bytes = agenda.to_ical()
    return contenu
