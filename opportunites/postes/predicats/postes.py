"""Postes opened to the démarche, and pledges: may this acteur?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from collectivites.mots import Role
from opportunites.models import (
    Opportunite,
)
from opportunites.models.proposition import Proposition as P

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

from collectivites.refus import RESERVE_A_L_ACCUEIL, RESERVE_AU_DRH


def est_l_accueil(acteur: Acteur, opportunite: Opportunite) -> bool:
    return acteur.est_employeur and (opportunite.poste.collectivite_id == acteur.collectivite.pk)


def _refus_rh_de_l_accueil(acteur: Acteur, opportunite: Opportunite) -> str | None:
    if not acteur.est_rh or not est_l_accueil(acteur, opportunite):
        return RESERVE_A_L_ACCUEIL
    return None


def refus_valider_besoin(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The DRH or the DGS of the host, once the need is described."""
    if not est_l_accueil(acteur, opportunite):
        return RESERVE_A_L_ACCUEIL
    if not acteur.est(Role.DGS, Role.DRH):
        return RESERVE_AU_DRH
    if opportunite.etat != Opportunite.Etat.BESOIN:
        return "Ce besoin est déjà validé, ou le poste n’est plus ouvert."
    return None


def refus_publier(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host; a need that is not validated yet, its DRH alone."""
    if refus := _refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat not in Opportunite.ETATS_INTERNES:
        return "Ce poste est déjà publié, ou n’est plus ouvert."
    if opportunite.etat == Opportunite.Etat.BESOIN and not acteur.est(Role.DRH):
        return "Le DRH ou le DGS valide d’abord ce besoin."
    return None


def refus_suivre_publicite(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, from the validation of the need to the end."""
    if refus := _refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat == Opportunite.Etat.BESOIN:
        return "Validez d’abord le besoin."
    if opportunite.etat not in Opportunite.ETATS_VIVANTS:
        return "Ce poste n’est plus ouvert : il ne se modifie plus."
    return None


URGENCE_LUE = "Une personne a accepté ce poste\u00a0: l’urgence déclarée reste écrite."


def refus_declarer_urgence(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The DRH or the DGS of the host, once the notice is published and until its month is over; not
    otherwise than it was said, once somebody has accepted. One query if it was."""
    if refus := _refus_urgence(acteur, opportunite):
        return refus
    if opportunite.fin_du_mois is None:
        return "Publiez d’abord l’avis de vacance\u00a0: l’urgence abrège sa publicité."
    if opportunite.fin_du_mois <= timezone.localdate():
        return "Le mois de publicité est accompli\u00a0: l’urgence n’a plus d’objet."
    if opportunite.est_urgente and est_acceptee(opportunite):
        return URGENCE_LUE
    return None


def refus_lever_urgence(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """Who may declare it, as long as it shortens something; not once somebody has accepted: what
    they were told of the publicity stands. One query."""
    if refus := _refus_urgence(acteur, opportunite):
        return refus
    if not opportunite.est_urgente:
        return "Aucune urgence n’est déclarée pour ce poste."
    if est_acceptee(opportunite):
        return URGENCE_LUE
    return None


def _refus_urgence(acteur: Acteur, opportunite: Opportunite) -> str | None:
    if not est_l_accueil(acteur, opportunite):
        return RESERVE_A_L_ACCUEIL
    if not acteur.est(Role.DGS, Role.DRH):
        return RESERVE_AU_DRH
    if opportunite.etat not in Opportunite.ETATS_VIVANTS:
        return "Ce poste n’est plus ouvert : il ne se modifie plus."
    return None


def refus_clore_aux_voeux(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, while it is published."""
    if refus := _refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat != Opportunite.Etat.PUBLIEE:
        return "Ce poste n’est pas ouvert aux vœux."
    return None


def refus_rouvrir_aux_voeux(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, while nobody has accepted the poste. One query."""
    if refus := _refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat != Opportunite.Etat.CLOSE:
        return "Ce poste n’est pas clos aux vœux."
    if est_acceptee(opportunite):
        return "Une personne a déjà accepté ce poste."
    return None


def refus_modifier_opportunite(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, as long as the poste is open."""
    if refus := _refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat not in Opportunite.ETATS_VIVANTS:
        return "Ce poste n’est plus ouvert : il ne se modifie plus."
    return None


def refus_retirer_opportunite(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, unless somebody has accepted the poste. One query."""
    if refus := _refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat not in Opportunite.ETATS_VIVANTS:
        return "Ce poste n’est plus ouvert."
    if est_acceptee(opportunite):
        return (
            "Une personne a accepté ce poste : il ne peut plus être retiré. Pour revenir en "
            "arrière, abandonnez d’abord sa mobilité, avec un motif."
        )
    return None


def est_acceptee(opportunite: Opportunite) -> bool:
    return opportunite.propositions.filter(etat=P.Etat.ACCEPTEE).exists()


def refus_s_engager(acteur: Acteur) -> str | None:
    """The DGS or the DRH, for their own collectivité."""
    return None if acteur.est(Role.DGS, Role.DRH) else RESERVE_AU_DRH
