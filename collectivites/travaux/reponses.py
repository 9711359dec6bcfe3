"""Answers to invitations (RFC 5546, REPLY), read by IMAP from the mailbox that invites. Off unless configured.

Nothing is done from a mail, which anybody may forge: it is handed to whoever knows the meeting
(`a_la_reponse`), who asks the person. Only those answers are marked as read: what a person wrote there
stays for the person who reads that mailbox.
"""

from __future__ import annotations

import email
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.policy import default
from imaplib import IMAP4, IMAP4_SSL
from uuid import UUID

from django.conf import settings
from django.db import transaction
from icalendar import Calendar

from collectivites.garanties import mur
from collectivites.travaux.horloge import Rythme, a_l_heure

logger = logging.getLogger(__name__)

#: Mails looked at in one turn, the newest; and the size, in bytes, beyond which one is no answer.
LUS, TAILLE = 200, 256 * 1024
#: Seconds without a word from the server.
ATTENTE = 20


@dataclass(frozen=True)
class Reponse:
    """Somebody says whether they come. `uid`: of the meeting (`Datable`); `adresse`: in lower case."""

    uid: UUID
    adresse: str
    decline: bool


#: Each tells whether the meeting is one of its own.
_LECTEURS: list[Callable[[Reponse], bool]] = []


def a_la_reponse(lire: Callable[[Reponse], bool]) -> Callable[[Reponse], bool]:
    _LECTEURS.append(lire)
    return lire


@a_l_heure("collectivites.lire_les_reponses", "réponse(s) d’agenda lue(s)", rythme=Rythme.CONTINU)
def lire_les_reponses() -> int:
    """Read the answers that came; returns how many were about meetings of ours."""
    if not settings.REPONSES_IMAP:
        return 0
    lues = 0
    try:
        with _boite(**settings.REPONSES_IMAP) as boite:
            for numero in _reponses_possibles(boite):
                reponses = lire(_octets(boite, numero))
                for reponse in reponses:
                    lues += _confier(reponse)
                if reponses:
                    boite.uid("STORE", numero, "+FLAGS", r"(\Seen)")
    except (OSError, UnicodeError, IMAP4.error) as panne:  # LOGIN speaks ASCII alone
        logger.warning("The mailbox of the answers could not be read (%s)", type(panne).__name__)
    return lues


@mur.partout()
def _confier(reponse: Reponse) -> bool:
    with transaction.atomic():
        return any(lecteur(reponse) for lecteur in _LECTEURS)


@contextmanager
def _boite(
    hote: str, port: int, utilisateur: str, mot_de_passe: str, dossier: str, *, tls: bool
) -> Iterator[IMAP4]:
    boite = (
        IMAP4_SSL(hote, port, ssl_context=ssl.create_default_context(), timeout=ATTENTE)
        if tls
        else IMAP4(hote, port, timeout=ATTENTE)
    )
    try:
        boite.login(utilisateur, mot_de_passe)
        etat, _ = boite.select(dossier)
        if etat != "OK":
            raise IMAP4.error("no such folder")
        yield boite
    finally:
        with suppress(OSError, IMAP4.error):
            boite.logout()
        with suppress(OSError):
            boite.shutdown()


def _reponses_possibles(boite: IMAP4) -> list[str]:
    """Those unread whose structure holds a calendar, and that are not too large, the oldest first."""
    _, [trouves] = boite.uid("SEARCH", "UNSEEN")
    numeros = (trouves or b"").decode().split()[-LUS:]
    if not numeros:
        return []
    _, lignes = boite.uid("FETCH", ",".join(numeros), "(UID RFC822.SIZE BODYSTRUCTURE)")
    possibles = []
    for ligne in lignes:
        texte = b" ".join(ligne) if isinstance(ligne, tuple) else ligne or b""
        numero, taille = re.search(rb"\bUID (\d+)", texte), re.search(rb"RFC822\.SIZE (\d+)", texte)
        agenda = re.search(rb'"calendar"', texte, re.IGNORECASE)
        if numero and taille and agenda and int(taille[1]) <= TAILLE:
            possibles.append(numero[1].decode())
    return possibles


def _octets(boite: IMAP4, numero: str) -> bytes:
    _, lignes = boite.uid("FETCH", numero, "(BODY.PEEK[])")
    return next((ligne[1] for ligne in lignes if isinstance(ligne, tuple)), b"")


def lire(octets: bytes) -> list[Reponse]:
    """The answers of a mail; none when it is anything else, or cannot be read."""
    try:
        message = email.message_from_bytes(octets, policy=default)
        parties = [p for p in message.walk() if p.get_content_type() == "text/calendar"]
        return [reponse for partie in parties for reponse in _du_calendrier(partie.get_content())]
    except (ValueError, LookupError, TypeError, AttributeError):
        logger.warning("An answer to an invitation could not be read")
        return []


def _du_calendrier(texte: str | bytes) -> list[Reponse]:
    calendrier = Calendar.from_ical(texte)
    if str(calendrier.get("method", "")).upper() != "REPLY":
        return []
    reponses = []
    for evenement in calendrier.walk("VEVENT"):
        invites = evenement.get("attendee")
        for invite in invites if isinstance(invites, list) else filter(None, [invites]):
            adresse = str(invite).lower().removeprefix("mailto:")
            dit = str(invite.params.get("PARTSTAT", "")).upper()
            reponses.append(Reponse(UUID(str(evenement["uid"])[:36]), adresse, dit == "DECLINED"))
    return reponses
