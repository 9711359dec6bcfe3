"""What the clock erases is gone for good: it does not trust a date that jumped, nor a large number.

A machine that wakes up in another year would find half of the files due. The purge of each night then
does what the persons themselves asked for, and leaves the rest to somebody: `manage.py purger` says
what waits and why, and does it with `--confirmer`. `/sante/` shows that it waits.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from cadres.donnees_personnelles.purge import echus, purger
from cadres.models import Cadre
from cadres.requetes import presents
from collectivites.communs.typographie import accorder, compter
from collectivites.models import Passage

NOM = "purge"
#: Between two nights, with a long week-end and a machine under repair.
SAUT = timedelta(days=10)
#: Of the files of the installation, above `TOUJOURS` of them: no ordinary night forgets so many.
PART = 0.1
TOUJOURS = 10


def purger_prudemment() -> Counter[str]:
    """The purge of a night: whole, or what the persons asked for while the rest waits for somebody."""
    motif = raison_d_attendre(timezone.localdate())
    if motif:
        Passage.objects.update_or_create(nom=NOM, defaults={"attente": motif})
        return purger(demandes_seules=True)
    return purger_et_le_noter()


def purger_et_le_noter() -> Counter[str]:
    """The whole purge, and the day it was done: the next one starts from there."""
    total = purger()
    Passage.objects.update_or_create(nom=NOM, defaults={"quand": timezone.now(), "attente": ""})
    return total


def raison_d_attendre(jour: date) -> str:
    """Why somebody must confirm first, in French; empty when nothing is strange, or nothing is due."""
    with transaction.atomic():
        dues = len(echus(jour, demandes=False))
        total = Cadre.objects.filter(presents()).count()
    if dues > max(TOUJOURS, PART * total):
        return (
            f"{compter(dues, 'fiche,fiches')} sur {total} {accorder(dues, 'serait,seraient')} "
            f"{accorder(dues, 'anonymisée,anonymisées')} d’un coup"
        )
    return _saut(jour)


def _saut(jour: date) -> str:
    passage = Passage.objects.filter(nom=NOM, quand__isnull=False).first()
    if passage is None:
        return ""
    dernier = timezone.localdate(passage.quand)
    if dernier <= jour <= dernier + SAUT:
        return ""
    sens = "en avant" if jour > dernier else "en arrière"
    return f"l’horloge a sauté {sens} : du {dernier:%d/%m/%Y} au {jour:%d/%m/%Y}"
