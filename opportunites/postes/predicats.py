"""Postes opened to the démarche, pledges, vœux, opinions and first meetings: may this acteur?"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.ecart import lecteurs_chez
from collectivites.communs.typographie import date_texte
from collectivites.models import Poste
from collectivites.mots import Role
from collectivites.refus import Interdit
from opportunites.communs.parties import RESERVE_A_L_ACCUEIL, RESERVE_AU_DRH, est_l_accueil
from opportunites.models import VOEUX_MAX, Demande, Opportunite, Sollicitation
from opportunites.propositions.predicats import (
    DEJA_ACCEPTE,
    POSTE_FERME,
    est_acceptee,
    refus_disponible,
)

#: What makes a declared urgency stand.
URGENCE_LUE = "Une personne a accepté ce poste : l’urgence déclarée reste écrite."
A_VENIR = "Cette date est à venir : notez ce qui est fait."
D_UNE_AUTRE_DEMARCHE = Interdit("Ce poste est celui d’une autre démarche.")

# --- The poste, from the need to its end ------------------------------------------------------------


def refus_rh_de_l_accueil(acteur: Acteur, opportunite: Opportunite) -> str | None:
    if not acteur.est_rh or not est_l_accueil(acteur, opportunite):
        return RESERVE_A_L_ACCUEIL
    return None


def _refus_dgs_ou_drh_de_l_accueil(acteur: Acteur, opportunite: Opportunite) -> str | None:
    if not est_l_accueil(acteur, opportunite):
        return RESERVE_A_L_ACCUEIL
    return None if acteur.est(Role.DGS, Role.DRH) else RESERVE_AU_DRH


def _refus_s_il_est_fini(opportunite: Opportunite) -> str | None:
    if opportunite.etat not in Opportunite.ETATS_VIVANTS:
        return "Ce poste n’est plus ouvert : il ne se modifie plus."
    return None


def refus_ouvrir(acteur: Acteur, poste: Poste | None) -> str | None:
    """The HR direction, a poste of its own, or a new one (None)."""
    sien = poste is None or poste.collectivite_id == acteur.collectivite.pk
    return None if acteur.est_rh and sien else RESERVE_A_L_ACCUEIL


def refus_valider_besoin(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The DRH or the DGS of the host, once the need is described."""
    if refus := _refus_dgs_ou_drh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat != Opportunite.Etat.BESOIN:
        return "Ce besoin est déjà validé, ou le poste n’est plus ouvert."
    return None


def refus_publier(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host; a need that is not validated yet, its DRH alone."""
    if refus := refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat not in Opportunite.ETATS_INTERNES:
        return "Ce poste est déjà publié, ou n’est plus ouvert."
    if opportunite.etat == Opportunite.Etat.BESOIN and not acteur.est(Role.DRH):
        return "Le DRH ou le DGS valide d’abord ce besoin."
    return None


def refus_suivre_publicite(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, from the validation of the need to the end."""
    if refus := refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat == Opportunite.Etat.BESOIN:
        return "Validez d’abord le besoin."
    return _refus_s_il_est_fini(opportunite)


def transmission_impossible(jour: date) -> str | None:
    """Why the declaration cannot have been sent on that day. The form says it beside the date."""
    if jour > timezone.localdate():
        return A_VENIR
    return None


def parution_impossible(
    opportunite: Opportunite, transmise: date | None, jour: date | None
) -> str | None:
    """Why the notice cannot have been published on that day (None: not yet)."""
    fin = opportunite.urgence_fin
    if jour is None:
        if fin is None:
            return None
        return "Une urgence abrège la publicité de cet avis : levez-la d’abord."
    if jour > timezone.localdate():
        return A_VENIR
    if transmise and jour < transmise:
        return "L’avis se publie une fois la déclaration transmise."
    if fin and jour >= fin:
        return "L’urgence déclarée achève la publicité avant ce jour : levez-la d’abord."
    return None


def refus_declarer_urgence(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The DRH or the DGS of the host, once the notice is published and until its month is over; not
    otherwise than it was said, once somebody has accepted. One query if it was."""
    if refus := _refus_urgence(acteur, opportunite):
        return refus
    if opportunite.fin_du_mois is None:
        return "Publiez d’abord l’avis de vacance : l’urgence abrège sa publicité."
    if opportunite.fin_du_mois <= timezone.localdate():
        return "Le mois de publicité est accompli : l’urgence n’a plus d’objet."
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
    if refus := _refus_dgs_ou_drh_de_l_accueil(acteur, opportunite):
        return refus
    return _refus_s_il_est_fini(opportunite)


def fin_impossible(opportunite: Opportunite, fin: date) -> str | None:
    """Why the publicity, abridged, cannot end on that day. The form says it beside the date."""
    avis, mois = opportunite.avis_publie_le, opportunite.fin_du_mois
    assert avis is not None
    assert mois is not None
    if fin <= avis:
        return "Même en urgence, la publicité dure au moins un jour après l’avis."
    if fin < timezone.localdate():
        return "Cette date est passée : une publicité ne s’abrège pas après coup."
    if fin >= mois:
        return "Cette date ne précède pas la fin du mois de publicité : rien n’est abrégé."
    return None


def refus_clore_aux_voeux(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, while it is published."""
    if refus := refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat != Opportunite.Etat.PUBLIEE:
        return "Ce poste n’est pas ouvert aux vœux."
    return None


def refus_rouvrir_aux_voeux(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, while nobody has accepted the poste. One query."""
    if refus := refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat != Opportunite.Etat.CLOSE:
        return "Ce poste n’est pas clos aux vœux."
    if est_acceptee(opportunite):
        return DEJA_ACCEPTE
    return None


def refus_modifier_opportunite(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, as long as the poste is open."""
    if refus := refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    return _refus_s_il_est_fini(opportunite)


def refus_retirer_opportunite(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, unless somebody has accepted the poste. One query."""
    if refus := refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat not in Opportunite.ETATS_VIVANTS:
        return POSTE_FERME
    if est_acceptee(opportunite):
        return (
            "Une personne a accepté ce poste : il ne peut plus être retiré. Pour revenir en "
            "arrière, abandonnez d’abord sa mobilité, avec un motif."
        )
    return None


def refus_s_engager(acteur: Acteur) -> str | None:
    """The DGS or the DRH, for their own collectivité."""
    return None if acteur.est(Role.DGS, Role.DRH) else RESERVE_AU_DRH


# --- Between a cadre and the host ------------------------------------------------------------------


def refus_exprimer_voeu(
    acteur: Acteur, opportunite: Opportunite, cadre: Cadre, deja: int
) -> str | None:
    """A retained cadre who has not taken a poste yet. `deja`: how many wishes they have."""
    if not acteur.est(Role.CADRE) or cadre.pk != acteur.cadre_id:
        return Interdit("Les vœux n’appartiennent qu’à la personne.")
    if opportunite.poste.collectivite.demarche_id != acteur.demarche.pk:
        return D_UNE_AUTRE_DEMARCHE
    if opportunite.etat != Opportunite.Etat.PUBLIEE:
        return "Ce poste n’est plus ouvert : il ne peut plus être classé."
    if opportunite.voeux_avant is not None and opportunite.voeux_passes:
        return f"Ce poste se classait jusqu’au {date_texte(opportunite.voeux_avant)}."
    if opportunite.poste.collectivite_id == cadre.collectivite_id:
        return "Ce poste est chez votre employeur : il se demande à votre DRH, hors de la démarche."
    if refus := refus_disponible(cadre):
        return refus
    if deja >= VOEUX_MAX:
        return f"Vous pouvez classer {VOEUX_MAX} postes au plus : retirez-en un d’abord."
    return None


def refus_donner_avis(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The DRH or the DGS of the host, while the poste is open."""
    if refus := _refus_dgs_ou_drh_de_l_accueil(acteur, opportunite):
        return refus
    if not opportunite.est_ouverte:
        return "Ce poste n’est plus ouvert : les avis ne changent plus."
    return None


def refus_demander(acteur: Acteur, opportunite: Opportunite, cadre: Cadre) -> str | None:
    """A retained cadre without a move engaged, about a poste of another employer."""
    if not acteur.est(Role.CADRE) or cadre.pk != acteur.cadre_id:
        return Interdit("Une demande de rencontre n’appartient qu’à la personne.")
    if opportunite.poste.collectivite.demarche_id != acteur.demarche.pk:
        return D_UNE_AUTRE_DEMARCHE
    if not opportunite.est_ouverte:
        return POSTE_FERME
    if opportunite.poste.collectivite_id == cadre.collectivite_id:
        return "Ce poste est chez votre employeur : parlez-en à votre DRH, hors de la démarche."
    if refus := refus_disponible(cadre):
        return refus
    if not lecteurs_chez(opportunite.poste.collectivite_id, cadre.collectivite).exists():
        return (
            "Aujourd’hui, personne chez cet employeur ne pourrait lire votre demande sans servir aussi "
            "le vôtre : elle ne part pas."
        )
    return None


def refus_repondre_demande(acteur: Acteur, demande: Demande) -> str | None:
    """The HR direction of the host, once."""
    if refus := refus_rh_de_l_accueil(acteur, demande.opportunite):
        return refus
    if demande.etat != Demande.Etat.DEPOSEE:
        return "Cette demande a déjà sa réponse, ou n’a plus d’objet."
    return None


def rendez_vous_impossible(quand: datetime) -> str | None:
    """Why people cannot meet then. The form says it beside the date."""
    if quand <= timezone.now():
        return "Choisissez une date à venir."
    return None


def refus_retirer_demande(acteur: Acteur, demande: Demande) -> str | None:
    """The person, as long as it awaits something: an answer, or the conversation agreed on."""
    if not acteur.est(Role.CADRE) or acteur.cadre_id != demande.cadre_id:
        return Interdit("Une demande de rencontre n’appartient qu’à la personne.")
    if demande.etat == Demande.Etat.DEPOSEE:
        return None
    passe = demande.rendez_vous_le is not None and demande.rendez_vous_le <= timezone.now()
    if demande.etat != Demande.Etat.ACCEPTEE or passe:
        return "Cette demande n’attend plus rien : elle ne se retire plus."
    return None


def refus_interroger(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, while the poste may be ranked."""
    if refus := refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat != Opportunite.Etat.PUBLIEE or opportunite.voeux_passes:
        return "Ce poste n’est pas ouvert aux vœux."
    return None


def refus_repondre_sollicitation(acteur: Acteur, sollicitation: Sollicitation) -> str | None:
    """The person, once."""
    if not acteur.est(Role.CADRE) or acteur.cadre_id != sollicitation.cadre_id:
        return Interdit("Cette question n’est posée qu’à la personne.")
    if sollicitation.etat != Sollicitation.Etat.POSEE:
        return "Vous avez déjà répondu à cette question."
    return None
