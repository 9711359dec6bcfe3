"""Réserves and moves: may this acteur?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from collectivites.mots import Acte, Role
from opportunites.dossier.occupation import motif_d_attente, occupation
from opportunites.models import (
    Mobilite,
    Proposition,
    Reserve,
)
from opportunites.models.proposition import Proposition as P

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

from collectivites.refus import RESERVE_A_L_ACCUEIL, RESERVE_AU_DGS, RESERVE_AUX_PARTIES, Interdit


def est_partie(acteur: Acteur, proposition: Proposition) -> bool:
    """An employer of one of the two sides."""
    return acteur.est_employeur and acteur.collectivite.pk in {
        proposition.collectivite_origine_id,
        proposition.opportunite.poste.collectivite_id,
    }


def refus_deposer_reserve(acteur: Acteur, proposition: Proposition) -> str | None:
    """The DRH of either side, from the sending until the move is effective."""
    if not acteur.est(Role.DRH) or not est_partie(acteur, proposition):
        return Interdit("Une réserve se dépose par la DRH de l’un des deux employeurs.")
    if proposition.etat not in {P.Etat.ENVOYEE, P.Etat.ACCEPTEE}:
        return "Une réserve se dépose sur une proposition envoyée ou acceptée, avant la mobilité."
    return None


def refus_deposer_reserve_sur(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The same, from the move's file."""
    parties = {mobilite.collectivite_origine_id, mobilite.collectivite_accueil_id}
    if not acteur.est(Role.DRH) or acteur.collectivite.pk not in parties:
        return Interdit("Une réserve se dépose par la DRH de l’un des deux employeurs.")
    if mobilite.etat != Mobilite.Etat.OUVERTE:
        return "Ce dossier est clos."
    return None


def refus_arbitrer(acteur: Acteur, reserve: Reserve) -> str | None:
    """The DGS of either side (or under delegation), never whoever filed it, by the due date."""
    if not est_partie(acteur, reserve.proposition):
        return RESERVE_AUX_PARTIES
    if not acteur.peut(Acte.ARBITRER_RESERVE):
        return RESERVE_AU_DGS
    # The person, not the mandat: some serve two employers.
    if reserve.deposee_par.utilisateur_id == acteur.utilisateur.pk:
        return Interdit("Vous avez déposé cette réserve : une autre personne doit l’arbitrer.")
    if reserve.etat not in Reserve.ETATS_OUVERTS:
        return "Cette réserve n’attend plus d’arbitrage."
    if reserve.echeance < timezone.localdate():
        return "Le délai d’arbitrage est passé : la réserve est caduque."
    return None


def refus_completer(acteur: Acteur, reserve: Reserve) -> str | None:
    """The DRH of the collectivité that filed it, once a DGS has asked for more."""
    if not acteur.est(Role.DRH) or acteur.collectivite.pk != reserve.collectivite_id:
        return Interdit("Le complément revient au DRH qui a déposé la réserve.")
    if reserve.etat != Reserve.Etat.COMPLEMENT:
        return "Aucun complément n’est demandé sur cette réserve."
    if reserve.echeance < timezone.localdate():
        return "Le délai d’arbitrage est passé : la réserve est caduque."
    return None


def _refus_rh_d_une_partie(acteur: Acteur, mobilite: Mobilite) -> str | None:
    parties = {mobilite.collectivite_origine_id, mobilite.collectivite_accueil_id}
    if not acteur.est_rh or acteur.collectivite.pk not in parties:
        return RESERVE_AUX_PARTIES
    if mobilite.etat != Mobilite.Etat.OUVERTE:
        return "Ce dossier est clos."
    return None


def refus_preparer(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of either side, while the file is open."""
    return _refus_rh_d_une_partie(acteur, mobilite)


def refus_abandonner(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of either side, while the file is open."""
    return _refus_rh_d_une_partie(acteur, mobilite)


def est_a_l_accueil_de(acteur: Acteur, mobilite: Mobilite) -> bool:
    """The HR direction of the employer that the person joins."""
    return acteur.est_rh and acteur.collectivite.pk == mobilite.collectivite_accueil_id


def refus_rendre_effective(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of the host, from the date of effect on, once the poste is free."""
    if not est_a_l_accueil_de(acteur, mobilite):
        return RESERVE_A_L_ACCUEIL
    if mobilite.etat != Mobilite.Etat.OUVERTE:
        return "Ce dossier est clos."
    return motif_d_attente(mobilite) or occupation(mobilite).refus
