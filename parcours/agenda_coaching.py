"""The calendar file of a coaching appointment (RFC 5545). It says who meets whom, never about what."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from parcours.models import RendezVousCoaching


def calendrier(rendez_vous: RendezVousCoaching, *, pour_le_cadre: bool) -> bytes:
    """One event. UID stays, SEQUENCE grows. Reads both people of the accompagnement."""
    site = settings.QUATUOR_SITE.rstrip("/")
    accompagnement = rendez_vous.accompagnement
    avec = (
        accompagnement.accompagnateur.utilisateur.nom_complet
        if pour_le_cadre
        else accompagnement.cadre.nom_complet
    )
    page = (
        reverse("parcours:mon_accompagnement")
        if pour_le_cadre
        else reverse("parcours:accompagnement", args=[accompagnement.cadre_id])
    )
    evenement = Event()
    evenement.add("uid", f"coaching-{rendez_vous.pk}@{urlsplit(site).hostname or 'quatuor'}")
    evenement.add("sequence", rendez_vous.revision)
    evenement.add("summary", f"Rendez-vous avec {avec}")
    evenement.add("dtstamp", timezone.now())
    evenement.add("dtstart", rendez_vous.debut.astimezone(UTC))
    evenement.add("dtend", rendez_vous.fin.astimezone(UTC))
    annule = rendez_vous.etat == RendezVousCoaching.Etat.ANNULE
    evenement.add("status", "CANCELLED" if annule else "CONFIRMED")
    evenement.add("class", "PRIVATE")
    if rendez_vous.lieu:
        evenement.add("location", rendez_vous.lieu)
    evenement.add("url", f"{site}{page}")
    agenda = Calendar()
    agenda.add("prodid", "-//Quatuor//Coaching//FR")
    agenda.add("version", "2.0")
    agenda.add("method", "PUBLISH")
    agenda.add_component(evenement)
    contenu: bytes = agenda.to_ical()
    return contenu
