"""Handing a mail to its server: taken, refused for good, or to be tried again.

A server that hangs would hold each worker for twenty seconds a mail, and the jobs that wait behind: once
it has not answered, it is left alone for a minute, and the clock takes up what waits.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from enum import Enum, auto
from traceback import format_tb

from django.core.mail import EmailMessage

from collectivites.garanties.disjoncteur import Disjoncteur

logger = logging.getLogger(__name__)


class Issue(Enum):
    LAISSEE = auto()  # not ours to send, or not now
    PRISE = auto()
    REFUSEE = auto()  # this address, or this text: another try would be answered the same
    REMISE = auto()  # it may be taken later


class Injoignable(Exception):
    """The server itself: no mail would leave."""


#: Seconds without asking: three mails a minute to a server that hangs, whatever waits.
REPOS = 60.0
serveur_de_courriel = Disjoncteur("The mail server", lambda: (Injoignable,), repos=REPOS)


def confier(pk: int, composer: Callable[[], EmailMessage]) -> Issue:
    return serveur_de_courriel.appeler(lambda: _remettre(pk, composer), Issue.REMISE)


def _remettre(pk: int, composer: Callable[[], EmailMessage]) -> Issue:
    try:
        composer().send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refus:
        codes = _codes(refus)
        logger.warning("Mail %s could not be sent: refused (%s)", pk, ", ".join(map(str, codes)))
        # RFC 5321: 4xx is « not now », as a server says to whom it does not know yet.
        return Issue.REFUSEE if all(code >= 500 for code in codes) else Issue.REMISE
    except OSError as panne:  # every other answer of SMTP is one
        logger.warning("Mail %s could not be sent (%s)", pk, type(panne).__name__)
        raise Injoignable from panne
    except Exception as faute:  # noqa: BLE001
        # An address or a header that no server would take. Its text may hold the address.
        nature, ou = type(faute).__name__, "".join(format_tb(faute.__traceback__))
        logger.error("Mail %s could not be sent (%s)\n%s", pk, nature, ou)
        return Issue.REFUSEE
    return Issue.PRISE


def _codes(refus: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> list[int]:
    if isinstance(refus, smtplib.SMTPDataError):
        return [refus.smtp_code]
    return sorted({code for code, _ in refus.recipients.values()})
