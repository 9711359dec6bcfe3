"""A mail and the meetings that it tells of, as its reader wants them: invitations, or a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from icalendar import Event

from collectivites.communs.typographie import date_texte, heure_texte
from collectivites.models import Courriel, Utilisateur
from collectivites.travaux.courriels import deposer
from parcours.models import PreferencesRappel
from parcours.sessions.evenements import est_annule, fichier

#: A mail that says a date, and nothing else.
SUITE = "agenda/suite"


def deposer_avec(
    gabarit: str,
    evenements: Sequence[Event],
    *,
    cle: str,
    utilisateur: Utilisateur | None = None,
    **courriel: Any,
) -> Courriel | None:
    """`deposer`, with what the mail changes in its reader's calendar.

    A mail program takes one meeting from a mail: the first goes with this one, each of the others in a
    short mail of its own. Whoever wants no invitation has them all in one file. The template finds
    `mot_d_agenda`, the sentence that says which; empty when nothing changes.
    """
    if not evenements:
        return deposer(gabarit, cle=cle, utilisateur=utilisateur, mot_d_agenda="", **courriel)
    reunion = veut_des_invitations(utilisateur)
    premiers, suites = (evenements[:1], evenements[1:]) if reunion else (evenements, ())
    premier = deposer(
        gabarit,
        cle=cle,
        utilisateur=utilisateur,
        agenda=fichier(premiers).decode(),
        reunion=reunion,
        mot_d_agenda=_mot(evenements, reunion=reunion),
        **courriel,
    )
    for rang, evenement in enumerate(suites, start=2):
        deposer(
            SUITE,
            cle=f"{cle}:{rang}",
            utilisateur=utilisateur,
            agenda=fichier([evenement]).decode(),
            reunion=True,
            mot_d_agenda=_mot([evenement], reunion=True),
            **courriel | mots_de(evenement),
        )
    return premier


def veut_des_invitations(utilisateur: Utilisateur | None) -> bool:
    """Whether their meetings come as meetings. Off, they are files."""
    sans = PreferencesRappel.objects.filter(utilisateur=utilisateur, invitations=False)
    return utilisateur is None or not sans.exists()


def _mot(evenements: Sequence[Event], *, reunion: bool) -> str:
    if not reunion:
        return "Le fichier joint met votre agenda à jour."
    mot = "Ce courriel met votre agenda à jour."
    if not all(map(est_annule, evenements)):
        mot = "Ce courriel est une invitation : acceptez-la, et votre agenda est à jour."
    autres = " Les autres dates suivent, chacune dans son courriel." if len(evenements) > 1 else ""
    return mot + autres


def mots_de(evenement: Event) -> dict[str, Any]:
    """What a mail of its own says of a meeting: no more than the calendar will."""
    debut = evenement.decoded("dtstart")
    heure = f", {heure_texte(debut)}" if isinstance(debut, datetime) else ""
    jour = timezone.localdate(debut) if isinstance(debut, datetime) else debut
    return {
        "titre": str(evenement["summary"]),
        "quand": f"{date_texte(jour)}{heure}",
        "lieu": str(evenement.get("location", "")),
        "annule": est_annule(evenement),
        "lien": str(evenement["url"]),
    }
