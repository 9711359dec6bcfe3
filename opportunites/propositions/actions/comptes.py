"""The reasons of refusals, counted apart from the people: sealed quarters, then published batches.

A batch holds whole quarters that are over for a day at least (an answer is taken back within 24 hours)
and enough new refusals, of two reasons at least: otherwise it waits for the next quarter.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from collectivites.models import Demarche
from opportunites.models import CompteDesRefus, LotDeRefus
from opportunites.models.proposition import REPENTIR
from opportunites.models.refus import LOT_MINIMUM

TRIMESTRE = relativedelta(months=3)


def trimestre_de(quand: datetime) -> date:
    """The first day of its quarter, Paris time."""
    jour = timezone.localtime(quand).date()
    return date(jour.year, 3 * ((jour.month - 1) // 3) + 1, 1)


def compter(demarche: Demarche, quand: datetime, motif: str, combien: int = 1) -> None:
    """Add a refusal answered at `quand`, or take it away (-1) when the person goes back on it."""
    trimestre = trimestre_de(quand)
    compte, _ = CompteDesRefus.objects.get_or_create(demarche=demarche, trimestre=trimestre)
    compte = CompteDesRefus.objects.select_for_update(of=("self",)).get(pk=compte.pk)
    effectifs = compte.lire()
    effectifs[motif] = max(0, effectifs.get(motif, 0) + combien)
    compte.ecrire(effectifs)
    compte.save(update_fields=["scelle"])


def publier_les_lots(maintenant: datetime | None = None) -> int:
    """Publish, in each démarche, what has become large enough. Returns how many batches."""
    maintenant = maintenant or timezone.now()
    lots = 0
    for demarche in Demarche.objects.filter(comptes_des_refus__isnull=False).distinct():
        with transaction.atomic():
            lots += _publier(demarche, maintenant)
    return lots


def _publier(demarche: Demarche, maintenant: datetime) -> bool:
    attente = CompteDesRefus.objects.select_for_update(of=("self",)).filter(demarche=demarche)
    finis = [c for c in attente.order_by("trimestre") if _est_fini(c.trimestre, maintenant)]
    effectifs: Counter[str] = Counter()
    for compte in finis:
        effectifs.update(compte.lire())
    total = sum(effectifs.values())
    raisons = sum(n > 0 for n in effectifs.values())
    if total < max(LOT_MINIMUM, demarche.seuil_secret) or raisons < 2:
        return False
    LotDeRefus.objects.create(
        demarche=demarche,
        du=finis[0].trimestre,
        au=finis[-1].trimestre + TRIMESTRE - relativedelta(days=1),
        effectifs=dict(effectifs),
        total=total,
        publie_le=maintenant,
    )
    CompteDesRefus.objects.filter(pk__in=[c.pk for c in finis]).delete()
    return True


def _est_fini(trimestre: date, maintenant: datetime) -> bool:
    suivant = timezone.make_aware(datetime.combine(trimestre + TRIMESTRE, time()))
    return maintenant >= suivant + REPENTIR
