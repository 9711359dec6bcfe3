"""The outbox: a mail is written with the act that causes it, and leaves after the commit."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from collectivites.models import Courriel, Demarche, Utilisateur
from collectivites.taches import demarrer

logger = logging.getLogger(__name__)


def deposer(
    gabarit: str,
    *,
    demarche: Demarche,
    destinataire: str,
    cle: str,
    utilisateur: Utilisateur | None = None,
    cadre_ref: int | None = None,
    **contexte: Any,
) -> Courriel | None:
    """Write a mail from `templates/courriels/<gabarit>.txt` and send it after the commit.

    The first line of the template is the subject. Returns None, and does nothing, when there is
    no address or when a mail was already deposited under `cle`.
    """
    contexte = {"demarche": demarche, "site": settings.QUATUOR_SITE.rstrip("/"), **contexte}
    objet, corps = render_to_string(f"courriels/{gabarit}.txt", contexte).split("\n", 1)
    return deposer_texte(
        objet=objet,
        corps=corps,
        demarche=demarche,
        destinataire=destinataire,
        cle=cle,
        utilisateur=utilisateur,
        cadre_ref=cadre_ref,
    )


def deposer_texte(
    *,
    objet: str,
    corps: str,
    demarche: Demarche | None,
    destinataire: str,
    cle: str,
    utilisateur: Utilisateur | None = None,
    cadre_ref: int | None = None,
) -> Courriel | None:
    """Write a mail whose text is ready, and send it after the commit. None: already deposited."""
    if not destinataire:
        return None
    courriel, cree = Courriel.objects.get_or_create(
        cle=cle,
        defaults={
            "demarche": demarche,
            "destinataire": destinataire,
            "utilisateur": utilisateur,
            "cadre_ref": cadre_ref,
            "objet": " ".join(objet.split())[:200],
            "corps": corps.strip() + "\n",
        },
    )
    if not cree:
        return None
    transaction.on_commit(lambda: demarrer(envoyer_courriel, courriel.pk))
    return courriel


@shared_task(acks_late=True)
def envoyer_courriel(identifiant: int) -> None:
    """Send one mail of the outbox. Claimed first, so that two workers never both send it."""
    pris = Courriel.objects.filter(pk=identifiant, etat=Courriel.Etat.A_ENVOYER).update(
        etat=Courriel.Etat.EN_COURS
    )
    if not pris:
        return
    courriel = Courriel.objects.get(pk=identifiant)
    champs: dict[str, Any]
    try:
        EmailMessage(courriel.objet, courriel.corps, to=[courriel.destinataire]).send()
    except Exception:  # a server that is down, or an address or a header that it cannot take
        logger.exception("Mail %s could not be sent", courriel.pk)
        champs = {"etat": Courriel.Etat.ECHEC}
    else:
        champs = {"etat": Courriel.Etat.ENVOYE, "envoye_le": timezone.now()}
    Courriel.objects.filter(pk=identifiant).update(essais=courriel.essais + 1, **champs)
