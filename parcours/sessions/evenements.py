"""What an event and a calendar are made of (RFC 5545 and 5546), whatever they are about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, vCalAddress

PARIS = ZoneInfo("Europe/Paris")
#: The rule of the European Union since 1996 (directive 2000/84/CE): the last Sundays of March and October.
_PARIS = """\
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


@cache
def _fuseau() -> Timezone:
    fuseau = Timezone.from_ical(_PARIS)
    assert isinstance(fuseau, Timezone)
    return fuseau


def evenement(
    identite: str,
    revision: int,
    titre: str,
    debut: date,
    fin: date,
    *,
    lieu: str,
    texte: str,
    url: str,
    annule: bool,
    prive: bool = False,
) -> Event:
    """`identite`: the UID but for the host, the same for life; `revision`: its SEQUENCE, which grows."""
    site = settings.QUATUOR_SITE.rstrip("/")
    lui = Event()
    lui.add("uid", f"{identite}@{hote()}")
    lui.add("sequence", revision)
    lui.add("summary", titre)
    lui.add("dtstamp", timezone.now())
    lui.add("dtstart", _instant(debut))
    lui.add("dtend", _instant(fin))
    lui.add("status", "CANCELLED" if annule else "CONFIRMED")
    if prive:
        lui.add("class", "PRIVATE")
    if lieu:
        lui.add("location", lieu)
    if texte:
        lui.add("description", texte)
    lui.add("url", f"{site}{url}")
    organisateur = vCalAddress(f"mailto:{settings.AGENDA_ORGANISATEUR}")
    organisateur.params["CN"] = parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or "Quatuor"
    lui.add("organizer", organisateur)
    return lui


def hote() -> str:
    """What ends each UID."""
    return urlsplit(settings.QUATUOR_SITE).hostname or "quatuor"


def _instant(quand: date) -> date:
    """Paris time, as people read it; in UTC during the hour that autumn counts twice, of which programs
    do not all read the same one."""
    if not isinstance(quand, datetime):
        return quand
    local = quand.astimezone(PARIS)
    double = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return quand.astimezone(UTC) if double else local


def est_annule(lui: Event) -> bool:
    return str(lui["status"]) == "CANCELLED"


def calendrier(evenements: Iterable[Event]) -> Calendar:
    """Without method. The time zone is described once, where an event bears an hour."""
    agenda = Calendar()
    agenda.add("prodid", "-//Quatuor//Parcours//FR")
    agenda.add("version", "2.0")
    evenements = list(evenements)
    if any(isinstance(e.decoded("dtstart"), datetime) for e in evenements):
        agenda.add_component(_fuseau())
    for lui in evenements:
        agenda.add_component(lui)
    return agenda


def fichier(evenements: Iterable[Event]) -> bytes:
    """A file to import: it publishes the events, or cancels them."""
    agenda = calendrier(evenements)
    annule = all(est_annule(lui) for lui in agenda.events)
    agenda.add("method", "CANCEL" if annule else "PUBLISH")
    contenu: bytes = agenda.to_ical()
    return contenu


def flux(evenements: Iterable[Event]) -> bytes:
    """A calendar to subscribe to: no method, a name, and how often to come back."""
    agenda = calendrier(evenements)
    agenda.add("x-wr-calname", "Quatuor")
    agenda.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    agenda.add("x-published-ttl", "PT4H")
    contenu: bytes = agenda.to_ical()
    return contenu
