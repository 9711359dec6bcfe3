"""What is recorded of the élus: who may, and on which days."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite, Demarche
from collectivites.mots import Acte
from collectivites.refus import RESERVE_AU_DGS, Interdit
from pilotage.models import AccordElus, InformationElus

A_CHACUN_LES_SIENS = Interdit(
    "Ce qui est dit aux élus d’une collectivité est écrit par ses services."
)
#: Élus may hear of the démarche before its first day; longer before, the year is wrong.
AVANT_LE_DEBUT = relativedelta(years=2)


def refus_informer(acteur: Acteur) -> str | None:
    """The services of the employer, for its own élus."""
    return None if acteur.est_employeur else A_CHACUN_LES_SIENS


def refus_retirer_information(acteur: Acteur, information: InformationElus) -> str | None:
    """Whoever could have written it."""
    if not acteur.est_employeur or information.collectivite_id != acteur.collectivite.pk:
        return A_CHACUN_LES_SIENS
    return None


def refus_enregistrer(acteur: Acteur, accord: AccordElus | None) -> str | None:
    """The DGS of the employer, or a DRH to whom they delegated the steps. Once."""
    if not acteur.peut(Acte.FRANCHIR_ETAPE):
        return RESERVE_AU_DGS
    if accord is not None:
        return "L’accord de vos élus est déjà enregistré."
    return None


def refus_retirer_accord(acteur: Acteur, accord: AccordElus) -> str | None:
    """The DGS of the employer: what stands behind the gates closes at once."""
    if accord.collectivite_id != acteur.collectivite.pk:
        return A_CHACUN_LES_SIENS
    if not acteur.peut(Acte.FRANCHIR_ETAPE):
        return RESERVE_AU_DGS
    return "Cet accord est déjà retiré." if accord.retire_le else None


def refus_du_jour(demarche: Demarche, jour: date) -> str | None:
    """A day that has come; before the first day of the démarche, but not by years."""
    if jour > timezone.localdate():
        return "Choisissez aujourd’hui ou un jour passé."
    if jour < demarche.date_debut - AVANT_LE_DEBUT:
        return "Cette date est très antérieure à la démarche : vérifiez l’année."
    return None


def accord_de(collectivite: Collectivite) -> AccordElus | None:
    """The standing agreement. One query."""
    return AccordElus.objects.en_vigueur().filter(collectivite=collectivite).first()
