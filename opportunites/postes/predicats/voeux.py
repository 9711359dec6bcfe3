"""Vœux, opinions of the host, requests to meet: may this acteur?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cadres.models import Cadre, Candidature
from collectivites.mots import Role
from opportunites.models import (
    VOEUX_MAX,
    Demande,
    Opportunite,
)

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

from collectivites.refus import RESERVE_A_L_ACCUEIL, RESERVE_AU_DRH, Interdit
from opportunites.postes.predicats.postes import _refus_rh_de_l_accueil, est_l_accueil

D_UNE_AUTRE_DEMARCHE = Interdit("Ce poste est celui d’une autre démarche.")


def refus_exprimer_voeu(
    acteur: Acteur, opportunite: Opportunite, cadre: Cadre, deja: int
) -> str | None:
    """A retained cadre who has not taken a poste yet. `deja`: how many wishes they have."""
    if not acteur.est(Role.CADRE) or cadre.pk != acteur.cadre_id:
        return Interdit("Les vœux n’appartiennent qu’à la personne.")
    if opportunite.poste.collectivite.demarche_id != acteur.demarche.pk:
        return D_UNE_AUTRE_DEMARCHE
    if opportunite.etat != Opportunite.Etat.PUBLIEE:
        return "Ce poste n’est plus ouvert : il ne peut plus être classé."
    if opportunite.poste.collectivite_id == cadre.collectivite_id:
        return "Ce poste est chez votre employeur : il se demande à votre DRH, hors de la démarche."
    if refus := refus_disponible(cadre):
        return refus
    if deja >= VOEUX_MAX:
        return f"Vous pouvez classer {VOEUX_MAX} postes au plus : retirez-en un d’abord."
    return None


def refus_disponible(cadre: Cadre) -> str | None:
    """Retained, and no move engaged. Reads `cadre.candidature`: select it."""
    if cadre.candidature.etat != Candidature.Etat.RETENU:
        return "Les vœux et les propositions sont ouverts aux cadres retenus."
    if cadre.candidature.avancee == Candidature.Avancee.ENGAGEE:
        return "Une proposition est déjà acceptée : une mobilité est en préparation."
    if cadre.candidature.avancee == Candidature.Avancee.EFFECTIVE:
        return "La mobilité est déjà effective."
    return None


def refus_donner_avis(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The DRH or the DGS of the host, while the poste is open."""
    if not est_l_accueil(acteur, opportunite):
        return RESERVE_A_L_ACCUEIL
    if not acteur.est(Role.DGS, Role.DRH):
        return RESERVE_AU_DRH
    if not opportunite.est_ouverte:
        return "Ce poste n’est plus ouvert : les avis ne changent plus."
    return None


def refus_demander(acteur: Acteur, opportunite: Opportunite, cadre: Cadre) -> str | None:
    """A retained cadre without a move engaged, about a poste of another employer."""
    if not acteur.est(Role.CADRE) or cadre.pk != acteur.cadre_id:
        return Interdit("Une demande de rencontre n’appartient qu’à la personne.")
    if opportunite.poste.collectivite.demarche_id != acteur.demarche.pk:
        return D_UNE_AUTRE_DEMARCHE
    if not opportunite.est_ouverte:
        return "Ce poste n’est plus ouvert."
    if opportunite.poste.collectivite_id == cadre.collectivite_id:
        return "Ce poste est chez votre employeur : parlez-en à votre DRH, hors de la démarche."
    return refus_disponible(cadre)


def refus_repondre_demande(acteur: Acteur, demande: Demande) -> str | None:
    """The HR direction of the host, once."""
    if refus := _refus_rh_de_l_accueil(acteur, demande.opportunite):
        return refus
    if demande.etat != Demande.Etat.DEPOSEE:
        return "Cette demande a déjà sa réponse, ou n’a plus d’objet."
    return None
