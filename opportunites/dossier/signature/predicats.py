"""Folders to sign: may this acteur?"""

from __future__ import annotations

from collectivites.acteurs.acteur import Acteur
from collectivites.refus import RESERVE_AUX_PARTIES
from opportunites.communs.parties import est_partie_au_dossier
from opportunites.models import DossierASigner, Mobilite


def refus_faire_signer(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of either side, once the route and the date are chosen."""
    if not acteur.est_rh or not est_partie_au_dossier(acteur, mobilite):
        return RESERVE_AUX_PARTIES
    if mobilite.etat == Mobilite.Etat.ABANDONNEE:
        return "Ce dossier est abandonné : il n’y a plus rien à signer."
    if not mobilite.voie or mobilite.date_effet is None:
        return "Choisissez d’abord la voie et la date d’effet."
    return None


def refus_remettre(acteur: Acteur, dossier: DossierASigner) -> str | None:
    """The HR direction of either side; also once the move is effective. Reads `mobilite`."""
    if not acteur.est_rh or not est_partie_au_dossier(acteur, dossier.mobilite):
        return RESERVE_AUX_PARTIES
    return None
