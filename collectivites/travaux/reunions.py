"""Meetings: a calendar file made into an invitation for one person (RFC 5546), carried by their mail.

Outlook, Thunderbird and Gmail show as a meeting a mail whose `text/calendar` alternative says the method
that the file says (RFC 6047). One person to a mail: nobody reads there who else is invited.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from icalendar import Calendar, vCalAddress

FICHIER = "rendez-vous.ics"


def inviter(agenda: str, destinataire: str) -> str:
    """The same events, asked of this person and of nobody else; cancelled, for them alone. One meeting to
    a file (RFC 5546, 3.2.2): ValueError when there are several."""
    calendrier = Calendar.from_ical(agenda)
    evenements = calendrier.walk("VEVENT")
    if len({str(e["uid"]) for e in evenements}) != 1:
        raise ValueError("A meeting has one UID.")
    annule = calendrier["method"] == "CANCEL"
    calendrier["method"] = "CANCEL" if annule else "REQUEST"
    for evenement in evenements:
        evenement["attendee"] = _invite(destinataire)
    texte: str = calendrier.to_ical().decode()
    return texte


def _invite(destinataire: str) -> vCalAddress:
    invite = vCalAddress(f"mailto:{destinataire}")
    invite.params["CUTYPE"] = "INDIVIDUAL"
    invite.params["ROLE"] = "REQ-PARTICIPANT"
    invite.params["PARTSTAT"] = "NEEDS-ACTION"
    # Asked only where somebody reads the answers (`reponses`).
    invite.params["RSVP"] = "TRUE" if settings.REPONSES_IMAP else "FALSE"
    return invite


def joindre(message: EmailMultiAlternatives, agenda: str) -> EmailMessage:
    """The mail with its meeting, or with its calendar file."""
    genre = f"text/calendar; method={_methode(agenda)}"
    if re.search(r"^ATTENDEE\b", agenda, re.MULTILINE):
        message.attach_alternative(agenda, genre)
    else:
        message.attach(FICHIER, agenda, genre)
    return message


def _methode(agenda: str) -> str:
    trouvee = re.search(r"^METHOD:(\w+)", agenda, re.MULTILINE)
    return trouvee[1] if trouvee else "PUBLISH"
