"""What a coach should know before fixing an hour, and may pass over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from collectivites.communs.calendrier import est_ouvre
from collectivites.communs.typographie import date_texte, enumerer
from collectivites.refus import ActionImpossible
from parcours.models import RendezVousCoaching
from parcours.sessions.actions.places import chevauchements

DEJA_PRISE = "à cette heure, la personne est déjà attendue ailleurs (étape, session ou immersion)"


class AConfirmer(ActionImpossible):
    """An hour that may be fixed, once it has been said again."""


def alertes(
    cadre_id: int, debut: datetime, duree_minutes: int, sauf: int | None = None
) -> list[str]:
    """A day off, an hour already taken: not by what, which is the person's. Nothing of the past."""
    if debut <= timezone.now():
        return []
    fin = debut + timedelta(minutes=duree_minutes)
    jour = timezone.localdate(debut)
    textes = []
    if not est_ouvre(jour):
        nature = "tombe un jour de fin de semaine" if jour.weekday() > 4 else "est un jour férié"
        textes.append(f"le {date_texte(jour)} {nature}")
    if chevauchements(cadre_id, debut, fin) or _autre_coaching(cadre_id, debut, fin, sauf):
        textes.append(DEJA_PRISE)
    return textes


def exiger_confirmation(
    cadre_id: int, debut: datetime, duree_minutes: int, *, malgre: bool, sauf: int | None = None
) -> None:
    """Raise AConfirmer unless nothing stands in the way, or it was said again."""
    if malgre:
        return
    if textes := alertes(cadre_id, debut, duree_minutes, sauf):
        raise AConfirmer(
            f"Attention : {enumerer(textes)}. Choisissez une autre date, ou cochez la case pour "
            "garder celle-ci."
        )


def _autre_coaching(cadre_id: int, debut: datetime, fin: datetime, sauf: int | None) -> bool:
    autres = RendezVousCoaching.objects.filter(
        accompagnement__cadre=cadre_id,
        etat=RendezVousCoaching.Etat.PREVU,
        debut__lt=fin,
        debut__gt=debut - timedelta(hours=8),
    )
    return any(autre.fin > debut and autre.pk != sauf for autre in autres)
