"""What a worker does until it is killed: see `tests/pilotage/accueil/test_rappels_tues.py`.

QUATUOR_TUE_DOSSIER holds one file a delivered mail. QUATUOR_TUE_PENDANT says at what the third one
stops and waits to be killed: « ecriture », its row is written and not committed; « envoi », its row
is claimed and the mail server has not answered yet. Anything else: it never stops.
"""

import os
import time
import uuid
from datetime import timedelta
from pathlib import Path

from celery import shared_task
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from collectivites.communs.calendrier import minuit
from pilotage.accueil import recapitulatif

AVANT = 2


def _dossier():
    return Path(os.environ["QUATUOR_TUE_DOSSIER"])


def _attendre_la_mort(pendant, faits):
    if os.environ.get("QUATUOR_TUE_PENDANT") == pendant and faits >= AVANT:
        (_dossier() / "pret").touch()
        time.sleep(600)


class Boite(BaseEmailBackend):
    """A mail server across processes."""

    def send_messages(self, messages):
        for message in messages:
            _attendre_la_mort("envoi", len(list(_dossier().glob("*.recu"))))
            (_dossier() / f"{uuid.uuid4()}.recu").write_text(message.to[0])
        return len(messages)


def a_huit_heures():
    """Today, at the hour at which a digest leaves unless one chose another."""
    return minuit(timezone.localdate()) + timedelta(hours=8)


@shared_task(name="essais.rappeler")
def rappeler():
    """The clock's act, whatever the hour."""
    ecrire, faits = recapitulatif.deposer, []

    def ecrire_ou_mourir(*args, **kwargs):
        depose = ecrire(*args, **kwargs)
        _attendre_la_mort("ecriture", len(faits))
        faits.append(args)
        return depose

    recapitulatif.deposer = ecrire_ou_mourir
    try:
        recapitulatif.deposer_recapitulatifs(maintenant=a_huit_heures())
    finally:
        recapitulatif.deposer = ecrire
