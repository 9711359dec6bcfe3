"""What a collectivité deliberated is recorded, by its DRH."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter, date_texte
from collectivites.journal import journaliser
from collectivites.refus import exiger
from opportunites.models import GroupeIndemnitaire, Regime
from opportunites.mots import Actes
from opportunites.paie.predicats import refus_enregistrer_un_regime


def enregistrer_un_regime(
    *,
    acteur: Acteur,
    deliberee_le: date,
    reference: str,
    groupes: Iterable[GroupeIndemnitaire],
    avantages: Mapping[str, Decimal] | None = None,
) -> Regime:
    """The groups of a date replace those that were recorded for it. Without `avantages`, those of
    the last délibération stay."""
    exiger(refus_enregistrer_un_regime(acteur))
    siens = Regime.objects.select_for_update().filter(collectivite=acteur.collectivite)
    dernier = siens.order_by("-deliberee_le").first()
    if avantages is None:
        gardes = dernier.avantages if dernier else {}
    else:
        gardes = {code: str(montant) for code, montant in avantages.items()}
    regime, _ = Regime.objects.update_or_create(
        collectivite=acteur.collectivite,
        deliberee_le=deliberee_le,
        defaults={
            "reference": reference,
            "avantages": gardes,
            "enregistre_le": timezone.now(),
            "enregistre_par": acteur.mandat,
        },
    )
    regime.groupes.all().delete()
    poses = list(groupes)
    for groupe in poses:
        groupe.regime = regime
    GroupeIndemnitaire.objects.bulk_create(poses)
    journaliser(
        acteur=acteur,
        acte=Actes.REGIME_ENREGISTRE,
        libelle=f"Régime indemnitaire du {date_texte(deliberee_le)} : "
        f"{compter(len(poses), 'groupe')}",
        objet=regime,
        collectivite=acteur.collectivite,
    )
    return regime
