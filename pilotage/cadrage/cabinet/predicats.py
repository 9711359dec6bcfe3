"""What may be done with the seat of a consulting firm."""

from __future__ import annotations

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Mandat
from collectivites.mots import Role
from collectivites.refus import Interdit
from pilotage.models import DocumentCabinet

RESERVE_AUX_DGS = Interdit("Le cabinet conseil est invité par un DGS de la démarche.")
RESERVE_AU_CABINET = Interdit("Les documents du cabinet sont déposés par lui.")


def refus_inviter(acteur: Acteur) -> str | None:
    """A DGS, of whichever employer."""
    return None if acteur.est(Role.DGS) else RESERVE_AUX_DGS


def refus_finir(acteur: Acteur, mandat: Mandat) -> str | None:
    """Any DGS of the démarche: the firm sits among all of them, and each may say that it ends."""
    if (
        not acteur.est(Role.DGS)
        or mandat.role != Role.CABINET
        or mandat.collectivite.demarche_id != acteur.demarche.pk
    ):
        return RESERVE_AUX_DGS
    if mandat.fin is not None and mandat.fin <= timezone.localdate():
        return "Cet accès est déjà fini."
    return None


def refus_deposer(acteur: Acteur) -> str | None:
    return None if acteur.est(Role.CABINET) else RESERVE_AU_CABINET


def refus_retirer(acteur: Acteur, document: DocumentCabinet) -> str | None:
    """The firm, until it is withdrawn."""
    if not acteur.est(Role.CABINET) or document.demarche_id != acteur.demarche.pk:
        return RESERVE_AU_CABINET
    return None if document.retire_le is None else "Ce document est déjà retiré."
